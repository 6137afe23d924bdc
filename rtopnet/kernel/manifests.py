"""Manifests: the files of a package with size and SHA-256, so that one signature speaks for all of them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

SCHEMA = "rtopnet-manifest-1"
NAME = "manifest.json"
MOST_FILES = 10_000


class BrokenManifestError(Exception):
    """It is no manifest, or names files that are not as it says; the message says which."""


@dataclass(frozen=True)
class Digest:
    """A file's size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def manifest_of(files: Mapping[str, Digest]) -> bytes:
    """The manifest of ``files``, by their names inside the package."""
    listed = {name: {"size": one.size, "sha256": one.sha256} for name, one in files.items()}
    return json.dumps({"schema": SCHEMA, "files": listed}, indent=2, sort_keys=True).encode() + b"\n"


def is_manifest(data: bytes) -> bool:
    """Whether the data say of themselves that they are a manifest."""
    said = _read(data)
    return isinstance(said, dict) and said.get("schema") == SCHEMA


def expect_whole(data: bytes, digest_of: Callable[[str], Digest | None]) -> int:
    """Hold each file against the manifest; how many there are.

    Args:
        data: the manifest.
        digest_of: the digest of the file of a name, None where it is missing.

    Raises:
        BrokenManifestError: it is no manifest, or a file is missing or not as it says.
    """
    count = 0
    for name, said in _files(data):
        count += 1
        found = digest_of(name)
        if found is None:
            raise BrokenManifestError(f"the file {name} is missing")
        if found != said:
            raise BrokenManifestError(f"the file {name} is not the one that was signed")
    return count


def _files(data: bytes) -> Iterator[tuple[str, Digest]]:
    said = _read(data)
    files = said.get("files") if isinstance(said, dict) and said.get("schema") == SCHEMA else None
    if not isinstance(files, dict) or len(files) > MOST_FILES:
        raise BrokenManifestError("it is no manifest of a package")
    for name, one in files.items():
        place = PurePosixPath(name)
        if not name or place.is_absolute() or ".." in place.parts or "\\" in name or "\0" in name:
            raise BrokenManifestError("it names a file outside the package")
        try:
            yield name, Digest(int(one["size"]), str(one["sha256"]))
        except (TypeError, KeyError, ValueError) as error:
            raise BrokenManifestError("it is no manifest of a package") from error


def _read(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None

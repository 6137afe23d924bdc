"""``rtopnet verify FILE``: whether an export is as it was signed; needs neither platform nor database.

A package brings its own seal: a zip with a signed manifest is checked file by file, and so is a manifest in a
folder into which the zip was unpacked.
"""

import argparse
import os
import sys
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from rtopnet.kernel.manifests import (
    NAME,
    BrokenManifestError,
    Digest,
    expect_whole,
    is_manifest,
)
from rtopnet.kernel.seals import SUFFIX, BrokenSealError, Seal, opened
from rtopnet.kernel.signing import public_keys_in
from rtopnet.kernel.zipped import UNREADABLE

INTACT, BROKEN, UNUSABLE = 0, 1, 2
LARGEST_MANIFEST = 4 * 1024 * 1024
Found = tuple[Seal, int]
"""A seal that holds, and how many files it speaks for through a manifest."""


def verify(arguments: list[str]) -> int:
    """Check a file against its seal and say what was found; 0 intact, 1 not, 2 it could not be checked."""
    options = _options(arguments)
    try:
        seal, files = _checked(options.file, options.signature)
        known = _known_keys(options.key)
    except OSError as error:
        return _refuse(UNUSABLE, f"{error.filename} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        return _refuse(UNUSABLE, "a file of keys is not text: it should hold public keys in PEM")
    except (BrokenSealError, BrokenManifestError) as error:
        return _refuse(BROKEN, f"{options.file.name}: {error}")
    if options.key and not known:
        return _refuse(UNUSABLE, "the file of keys holds no Ed25519 public key in PEM")
    if options.key and seal.key_id not in known:
        return _refuse(
            BROKEN, f"{options.file.name} was signed by key {seal.key_id}, which is none of those given"
        )
    _tell(options.file, seal, files, is_known=seal.key_id in known)
    return INTACT


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="rtopnet verify", description="Check an exported file against its detached signature."
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("signature", type=Path, nargs="?", help=f"by default the file's name with {SUFFIX}")
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="PUBLIC.pem",
        help="public keys to trust, as those who run the platform gave them to you; may be given again",
    )
    return parser.parse_args(arguments)


def _checked(file: Path, signature: Path | None) -> Found:
    """The seal of a file, with the files of a package behind it.

    Raises:
        BrokenSealError, BrokenManifestError: something is not as it was signed.
    """
    seal_file = signature or file.with_name(file.name + SUFFIX)
    if signature is None and not seal_file.exists():
        try:
            with ZipFile(file) as zipped:
                if NAME in zipped.namelist():
                    return _package(zipped)
        except BadZipFile:
            pass  # no package: the missing signature is what is told
    seal = _opened(file, seal_file)
    if file.stat().st_size > LARGEST_MANIFEST or not is_manifest(data := file.read_bytes()):
        return seal, 0
    return seal, expect_whole(data, lambda name: _digest(file.parent / name))


def _package(zipped: ZipFile) -> Found:
    sizes = {entry.filename: entry.file_size for entry in zipped.infolist()}
    if len(sizes) < len(zipped.infolist()):
        raise BrokenManifestError("two files of the package have one name")
    if NAME + SUFFIX not in sizes:
        raise BrokenManifestError(f"it holds no signature of its {NAME}")
    if max(sizes[NAME], sizes[NAME + SUFFIX]) > LARGEST_MANIFEST:
        raise BrokenManifestError("its manifest is too large")
    try:
        data, seal = zipped.read(NAME), zipped.read(NAME + SUFFIX)
        found = opened(seal, digest=sha256(data).hexdigest(), size=len(data))
        whole = expect_whole(data, lambda name: _in_package(zipped, sizes, name))
    except UNREADABLE as error:
        raise BrokenManifestError("a file of the package cannot be unpacked") from error
    if whole + 2 < len(sizes):
        raise BrokenManifestError("it holds files that its manifest does not name")
    return found, whole


def _in_package(zipped: ZipFile, sizes: dict[str, int], name: str) -> Digest | None:
    if name not in sizes:
        return None
    with zipped.open(name) as content:
        return Digest(sizes[name], _sha256(content))


def _digest(file: Path) -> Digest | None:
    try:
        with file.open("rb") as content:
            return Digest(file.stat().st_size, _sha256(content))
    except OSError:
        return None


def _sha256(content: IO[bytes]) -> str:
    seen = sha256()
    while chunk := content.read(1 << 20):
        seen.update(chunk)
    return seen.hexdigest()


def _opened(file: Path, seal_file: Path) -> Seal:
    seal = seal_file.read_bytes()
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return opened(seal, digest=digest, size=file.stat().st_size)


def _known_keys(given: list[Path]) -> set[str]:
    return {key_id for file in given or _own_list() for key_id in public_keys_in(file.read_text())}


def _own_list() -> list[Path]:
    """Where the installation runs on this machine, its own list of keys."""
    key = os.environ.get("RTOPNET_SIGNING_KEY")
    data = Path(os.environ.get("RTOPNET_DATA", Path(__file__).resolve().parents[2] / "data"))
    listed = Path(f"{key}s.pem") if key else data / "signing_keys.pem"
    return [listed] if listed.is_file() else []


def _tell(file: Path, seal: Seal, files: int, *, is_known: bool) -> None:
    trust = (
        "known" if is_known else "not known here: compare it with what those who run the platform tell you"
    )
    lines = [
        f"{file.name}: intact, signed {seal.signed_at}",
        f"  key: {seal.key_id} ({trust})",
        f"  sha256: {seal.sha256}",
        *([f"  files: {files}, each as it was signed"] if files else []),
        *(f"  {name}: {value}" for name, value in sorted(seal.claims.items())),
    ]
    sys.stdout.write("\n".join(_one_line(line) for line in lines) + "\n")


def _one_line(text: str) -> str:
    # A claim is signed, but by whom is open: it must not write to the terminal what it likes.
    return "".join(character if character.isprintable() else " " for character in text)


def _refuse(status: int, reason: str) -> int:
    sys.stderr.write(f"rtopnet: {_one_line(reason)}\n")
    return status

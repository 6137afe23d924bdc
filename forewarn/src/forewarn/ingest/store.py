"""The store: folders of Parquet, one for each file read in, that are added whole or not at all."""

import fcntl
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.store import Holding

_STAGING = ".staging-"
_LOCK = ".lock"
_HOLDING = "holding.json"
_HASH_SHOWN = 12
_FOLDERS = {"events": "events", "table": "tables"}


@contextmanager
def writing(store: Path) -> Iterator[Path]:
    """Hold the store for writing and give an empty folder beside its data, on the same disk.

    What an earlier writer left unfinished is removed: the lock falls with its process, so nobody is at it.

    Raises:
        UnusableInputError: the store cannot be made or written to.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        with (store / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for leftover in store.glob(f"{_STAGING}*"):
                shutil.rmtree(leftover)
            with tempfile.TemporaryDirectory(prefix=_STAGING, dir=store) as staging:
                yield Path(staging)
    except OSError as error:
        raise UnusableInputError(f"{store}: cannot be written to ({error.strerror or error})") from error


def holdings(store: Path) -> list[Holding]:
    """Everything the store holds, the oldest reading first.

    Raises:
        UnusableInputError: there is no store in this folder, or a holding is damaged.
    """
    if not store.is_dir():
        raise UnusableInputError(f"{store}: no such store; fill one with forewarn ingest")
    files = [file for folder in _FOLDERS.values() for file in store.glob(f"{folder}/**/{_HOLDING}")]
    found = [_holding(file) for file in files]
    return sorted(
        found, key=lambda holding: (holding.fetched_at, holding.source, holding.version, holding.sha256)
    )


def _holding(file: Path) -> Holding:
    try:
        return Holding.from_json(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableInputError(
            f"{file}: damaged ({error}); remove its folder and read the file in again"
        ) from error


def folder_of(store: Path, holding: Holding) -> Path:
    """Where the store keeps a holding's Parquet files."""
    parts = [_FOLDERS[holding.kind], f"source={_slug(holding.source)}", f"version={_slug(holding.version)}"]
    if holding.outcome:
        parts.append(f"outcome={_slug(holding.outcome)}")
    return store.joinpath(*parts, f"file={holding.sha256[:_HASH_SHOWN]}")


def parquet_files(store: Path, holding: Holding) -> list[Path]:
    """A holding's Parquet files."""
    return sorted(folder_of(store, holding).rglob("*.parquet"))


def publish(store: Path, staged: Path, holding: Holding) -> None:
    """Move a finished folder into the store; readers see all of it or nothing."""
    text = json.dumps(holding.to_json(), indent=2, ensure_ascii=False, sort_keys=True)
    (staged / _HOLDING).write_text(text + "\n", encoding="utf-8")
    target = folder_of(store, holding)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.rename(target)


def rejects_file(store: Path, holding: Holding) -> Path:
    """Where the refused rows of a holding are listed."""
    parts = (holding.source, holding.version, holding.outcome or "", holding.sha256[:_HASH_SHOWN])
    return store / "rejects" / ("_".join(_slug(part) for part in parts if part) + ".csv")


def _slug(text: str) -> str:
    """Text as part of a path: letters, digits, dot and hyphen are kept."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.") or "unnamed"

"""Looks a file over once before anything reads it: is it whole, is it text, is it a bomb?"""

import csv
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.store import Arrival
from forewarn.engines import get_ready

_CHUNK = 1 << 20
_THREADS = 2
_LINE_END, _QUOTE = ord("\n"), ord('"')
_HEAD = 1 << 16
_ZIP_MAGIC = b"PK\x03\x04"
# A GED release unzips to some ten times its size; text that grows a hundredfold is made to hurt.
_MOST_GROWTH = 100
_LARGEST_TEXT = 50 * 1024**3


@dataclass(frozen=True)
class Scan:
    """What one reading of the text shows."""

    lines: int
    ends_cleanly: bool


@contextmanager
def arrived(
    path: Path, settings: Mapping[str, str] | None = None, *, folder: Path | None = None
) -> Iterator[Arrival]:
    """Hash a file, unpack it if it is zipped, and look its text over; what was unpacked goes in the end.

    Args:
        path: the file as named.
        settings: the source's options; ``fetched-at`` (ISO 8601) stands for now where it is given.
        folder: where to unpack; the machine's temporary folder by default.

    Raises:
        UnusableInputError: see ``unpacked`` and ``scan_text``.
    """
    with tempfile.TemporaryDirectory(dir=folder) as room, ThreadPoolExecutor(_THREADS) as beside:
        text = unpacked(path, Path(room))
        sha256, scanned = beside.submit(file_hash, path), beside.submit(scan_text, text, shown_as=path)
        get_ready()
        scan = scanned.result()
        yield Arrival(
            path=path,
            text=text,
            sha256=sha256.result(),
            fetched_at=_fetched_at(settings or {}),
            lines=scan.lines,
            ends_cleanly=scan.ends_cleanly,
            settings=settings or {},
        )


def _fetched_at(settings: Mapping[str, str]) -> str:
    stated = settings.get("fetched-at")
    try:
        instant = datetime.fromisoformat(stated) if stated else datetime.now(UTC)
    except ValueError as error:
        raise UnusableInputError(f"--fetched-at {stated}: not a date or time (such as 2026-06-08)") from error
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def first_record(text: Path, delimiter: str) -> list[str]:
    """The fields of a file's first record; none where it has no record."""
    with text.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8-sig", errors="replace")
    return next(csv.reader(head.splitlines(keepends=True), delimiter=delimiter), [])


def refuse_broken(arrival: Arrival, malformed: pl.DataFrame, *, read: int, has_header: bool) -> None:
    """Raise UnusableInputError where most records have the wrong shape, or the last one breaks off.

    Args:
        arrival: the file.
        malformed: records that could not be split into the header's fields (``row, …``), ascending.
        read: how many records could be.
        has_header: whether the file's first record names the columns.
    """
    total = read + malformed["row"].n_unique()
    misshapen = malformed.filter(pl.col("field") == "")["row"]
    if 2 * misshapen.len() > total:
        raise UnusableInputError(
            f"{arrival.path}: {misshapen.len()} of {total} rows have the wrong number of fields"
        )
    last = total + (1 if has_header else 0)
    if not arrival.ends_cleanly and misshapen.len() and misshapen.max() == last:
        raise UnusableInputError(f"{arrival.path}: the last row ({last}) is incomplete; the file is cut off")


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpacked(path: Path, folder: Path) -> Path:
    """The text of a file: itself, or the one CSV that a zip archive holds, unpacked into ``folder``.

    Raises:
        UnusableInputError: the archive is cut off or broken, encrypted, holds no or several CSV files, or
            grows out of proportion.
    """
    if not _is_zip(path):
        return path
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack(archive, path, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnusableInputError(f"{path}: the zip archive is broken or cut off ({error})") from error


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    except OSError as error:
        raise UnusableInputError(f"{path}: {error.strerror or error}") from error


def _unpack(archive: zipfile.ZipFile, path: Path, folder: Path) -> Path:
    member = _only_table(archive, path)
    bound = min(_LARGEST_TEXT, _MOST_GROWTH * max(path.stat().st_size, _CHUNK))
    if member.file_size > bound:
        raise UnusableInputError(
            f"{path}: {member.filename} would unpack to {member.file_size} bytes; refused"
        )
    target = folder / "unpacked.csv"
    with archive.open(member) as packed, target.open("wb") as text:
        _copy(packed, text, bound, path)
    return target


def _only_table(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    tables = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(".csv") and not member.filename.startswith("__MACOSX/")
    ]
    if len(tables) != 1:
        raise UnusableInputError(
            f"{path}: the archive must hold exactly one .csv file, it holds {len(tables)}"
        )
    if tables[0].flag_bits & 1:
        raise UnusableInputError(f"{path}: the archive is encrypted")
    return tables[0]


def _copy(packed: IO[bytes], text: IO[bytes], bound: int, path: Path) -> None:
    copied = 0
    while chunk := packed.read(_CHUNK):
        copied += len(chunk)
        if copied > bound:  # the archive's own word on its size need not be true
            raise UnusableInputError(f"{path}: the archive unpacks to more than {bound} bytes; refused")
        text.write(chunk)


def scan_text(path: Path, *, shown_as: Path) -> Scan:
    """Read the text once and refuse what no row-by-row reading could make sense of.

    Raises:
        UnusableInputError: empty, binary, UTF-16, or with a quotation mark that is opened and never closed.
    """
    lines = quotes = 0
    last = b""
    for chunk in _chunks(path):
        codes = np.frombuffer(chunk, dtype=np.uint8)  # counted by numpy, which lets other threads run
        if not codes.all():
            raise UnusableInputError(f"{shown_as}: not a text file (it holds zero bytes)")
        lines += int(np.count_nonzero(codes == _LINE_END))
        quotes += int(np.count_nonzero(codes == _QUOTE))
        last = chunk[-1:]
    if not last:
        raise UnusableInputError(f"{shown_as}: the file is empty")
    if quotes % 2:
        raise UnusableInputError(
            f"{shown_as}: a quotation mark is opened and never closed; the file may be cut off"
        )
    return Scan(lines=lines, ends_cleanly=last in {b"\n", b"\r"})


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk

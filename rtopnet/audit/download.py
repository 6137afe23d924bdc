"""A body's book as a file that checks itself, anywhere and without us."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from rtopnet.audit.keys import known_keys_pem
from rtopnet.audit.queries import end_of, own_checkpoints, own_entries
from rtopnet.audit.rules import BookEntry, Checkpoint, instant_text
from rtopnet.audit.services import checkpoint_book, record_deed
from rtopnet.kernel.errors import RuleBrokenError

AT_ONCE = 5000
"""How many entries are read at a time."""

SCRIPT = Path(__file__).with_name("verify_ledger.py")
READ_ME = """\
This is the ledger of one state or institution: what its people did, and what others did that concerns it,
by id and kind, never by content.

entries.jsonl       one entry a line, numbered from 1, each holding the hash of the one before it
checkpoints.jsonl   signed ends: where the book stood at those times
public_keys.pem     the keys that the installation has signed with
verify_ledger.py    checks all of this with Python 3.9 or later and nothing else

    python3 verify_ledger.py THIS.zip
    python3 verify_ledger.py THIS.zip --since EARLIER.zip

Keep every download where those who run the installation cannot change it. A later one must begin with all
that an earlier one holds: otherwise history was rewritten. Compare the key ids with an earlier download,
or ask for them by another way. Take verify_ledger.py from a source you trust: it is part of the software.
"""


class BookNotInSightError(RuleBrokenError):
    """The book is not one of the acting account's own."""


def book_download(book: UUID) -> IO[bytes]:
    """A zip of a book of one's own up to now, with its checkpoints, keys and the script that checks it.

    Raises:
        BookNotInSightError: the acting account does not decide for that state or institution.
    """
    file = TemporaryFile()  # noqa: SIM115 -- handed to the caller, who closes it
    with ExitStack() as unless_done:
        unless_done.callback(file.close)
        _write_zip(file, book)
        unless_done.pop_all()
    file.seek(0)
    return file


def _write_zip(file: IO[bytes], book: UUID) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open("entries.jsonl", "w") as lines:
            _write_book(lines, book)
        points = (_line(point_facts(point)) for point in own_checkpoints(book))
        archive.writestr("checkpoints.jsonl", b"".join(points))
        archive.writestr("public_keys.pem", known_keys_pem())
        archive.writestr("README.txt", READ_ME)
        archive.write(SCRIPT, "verify_ledger.py")


def _write_book(lines: IO[bytes], book: UUID) -> None:
    before = end_of(book)
    written = before.seq if before else 0
    _write(lines, book, oldest=1, newest=written)
    # Recording holds the ledger until this transaction ends, so what is long comes before it.
    record_deed(verb="downloaded", kind="audit.book", subject=book, books=[book])
    point = checkpoint_book(book)
    if point is None:
        raise BookNotInSightError("There is no such ledger that you may read.")
    _write(lines, book, oldest=written + 1, newest=point.number)


def _write(lines: IO[bytes], book: UUID, *, oldest: int, newest: int) -> None:
    for first in range(oldest, newest + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, newest)
        lines.writelines(_in_order(own_entries(book, oldest=first, newest=last)))


def _in_order(newest_first: list[BookEntry]) -> Iterable[bytes]:
    return (_line(entry_facts(entry)) for entry in reversed(newest_first))


def entry_facts(entry: BookEntry) -> dict[str, str | int]:
    """An entry as it stands in a download."""
    return {
        "book": entry.book,
        "number": entry.number,
        "at": instant_text(entry.at),
        "account": entry.account,
        "capacity": entry.capacity,
        "region": entry.region,
        "verb": entry.verb,
        "kind": entry.kind,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": entry.previous.hex(),
        "hash": entry.hash.hex(),
    }


def point_facts(point: Checkpoint) -> dict[str, str | int]:
    """A checkpoint as it stands in a download."""
    return {
        "book": point.book,
        "number": point.number,
        "hash": point.hash.hex(),
        "at": instant_text(point.at),
        "key_id": point.key_id,
        "signature": point.signature.hex(),
    }


def _line(facts: dict[str, str | int]) -> bytes:
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n"

"""How ledger entries are chained, and what breaks a chain; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = bytes(32)
"""What the first entry names as the hash before it."""


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: who did what to which thing, by id and kind, never by content."""

    seq: int
    at: datetime
    account: str
    capacity: str
    region: str
    verb: str
    kind: str
    subject: str
    detail: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Head:
    """How long the chain is, and the hash it ends with, kept apart from the entries."""

    seq: int
    hash: bytes


@dataclass(frozen=True)
class ChainFault:
    """The first entry that is not as it was written, and what is wrong with it."""

    seq: int
    reason: str


@dataclass(frozen=True)
class BookEntry:
    """An entry as it stands in one body's book: by the book's own number, not by the ledger's."""

    book: str
    number: int
    at: datetime
    account: str
    capacity: str
    region: str
    verb: str
    kind: str
    subject: str
    detail: str
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class BookFault:
    """The first entry of a book that is not as it was written."""

    book: str
    number: int
    reason: str


@dataclass(frozen=True)
class Checkpoint:
    """A signed end: of a book, or with an empty ``book`` of the whole chain."""

    book: str
    number: int
    hash: bytes
    at: datetime
    key_id: str
    signature: bytes


def instant_text(at: datetime) -> str:
    """An instant as it enters the hash: UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(entry: Entry) -> bytes:
    """SHA-256 over the entry's fields, one a line, ending with the hash before it in hex."""
    fields = (
        str(entry.seq),
        instant_text(entry.at),
        entry.account,
        entry.capacity,
        entry.region,
        entry.verb,
        entry.kind,
        entry.subject,
        entry.detail,
        entry.previous.hex(),
    )
    return sha256("\n".join(fields).encode()).digest()


def book_hash_of(entry: BookEntry) -> bytes:
    """SHA-256 over book, number and the entry's fields, one a line, ending with the book's hash before it."""
    fields = (
        entry.book,
        str(entry.number),
        instant_text(entry.at),
        entry.account,
        entry.capacity,
        entry.region,
        entry.verb,
        entry.kind,
        entry.subject,
        entry.detail,
        entry.previous.hex(),
    )
    return sha256("\n".join(fields).encode()).digest()


def checkpoint_text(point: Checkpoint) -> bytes:
    """What a checkpoint's signature signs."""
    fields = (
        "rtopnet ledger checkpoint 1",
        point.book or "whole",
        str(point.number),
        point.hash.hex(),
        instant_text(point.at),
        point.key_id,
    )
    return "\n".join(fields).encode()


def first_book_fault(entries: Iterable[BookEntry], ends: Mapping[str, Head]) -> BookFault | None:
    """The first fault of all books, their entries given in order of book and number; None where whole.

    Args:
        entries: what the books hold.
        ends: where each book says it ends.
    """
    last: dict[str, Head] = {}
    for entry in entries:
        before = last.get(entry.book, Head(0, GENESIS))
        reason = _book_entry_fault(before, entry, ends.get(entry.book))
        if reason:
            return BookFault(
                entry.book, before.seq + 1 if entry.number > before.seq else entry.number, reason
            )
        last[entry.book] = Head(entry.number, entry.hash)
    for book, end in sorted(ends.items()):
        found = last.get(book, Head(0, GENESIS))
        if found.seq < end.seq:
            return BookFault(book, found.seq + 1, f"{end.seq - found.seq} dropped at the end")
        if found.hash != end.hash:
            return BookFault(book, end.seq, "replaced: the book ended with another entry")
    return None


def _book_entry_fault(before: Head, entry: BookEntry, end: Head | None) -> str:
    if end is None or entry.number > end.seq:
        return "inserted after the book's end"
    if entry.number != before.seq + 1:
        gap = entry.number - before.seq - 1
        return f"{gap} dropped" if gap > 0 else "inserted twice"
    if entry.hash != book_hash_of(entry):
        return "changed or moved: its hash is not that of what it says"
    if entry.previous != before.hash:
        return "moved, or the one before it replaced: it was written after another one"
    return ""


def first_fault(entries: Iterable[Entry], head: Head, noted: Head | None = None) -> ChainFault | None:
    """The first fault of a chain given in order of ``seq``, or None where it is whole.

    Args:
        entries: the chain.
        head: where it says it ends.
        noted: an end that somebody noted earlier; a chain rewritten since does not pass through it.
    """
    last = Entry(0, datetime.min.replace(tzinfo=UTC), "", "", "", "", "", "", "", b"", GENESIS)
    for entry in entries:
        fault = _fault_after(last, entry, head) or _fault_against(entry, noted)
        if fault:
            return fault
        last = entry
    if noted and noted.seq > last.seq:
        return ChainFault(last.seq + 1, f"{noted.seq - last.seq} dropped since entry {noted.seq} was noted")
    return _fault_at_end(last, head)


def _fault_against(entry: Entry, noted: Head | None) -> ChainFault | None:
    if noted and entry.seq == noted.seq and entry.hash != noted.hash:
        return ChainFault(entry.seq, "rewritten, it or one before it, since its hash was noted")
    return None


def _fault_after(last: Entry, entry: Entry, head: Head) -> ChainFault | None:
    if entry.seq != last.seq + 1:
        gap = entry.seq - last.seq - 1
        return ChainFault(last.seq + 1, f"{gap} dropped" if gap > 0 else "inserted twice")
    if entry.seq > head.seq:
        return ChainFault(entry.seq, f"inserted after the chain's end at {head.seq}")
    if entry.hash != hash_of(entry):
        return ChainFault(entry.seq, "changed or moved: its hash is not that of what it says")
    if entry.previous != last.hash:
        seq = max(last.seq, 1)
        return ChainFault(seq, f"replaced or moved: entry {entry.seq} was written after another one")
    return None


def _fault_at_end(last: Entry, head: Head) -> ChainFault | None:
    if last.seq < head.seq:
        return ChainFault(last.seq + 1, f"{head.seq - last.seq} dropped at the end")
    if last.hash != head.hash:
        return ChainFault(last.seq, "replaced: the chain ended with another entry")
    return None


def counted(entries: Iterable[Entry], on_entry: "Counter") -> Iterator[Entry]:
    """The same entries, telling ``on_entry`` of each, so that long checks can show progress."""
    for entry in entries:
        on_entry.count += 1
        yield entry


@dataclass
class Counter:
    """How many entries have gone by."""

    count: int = 0

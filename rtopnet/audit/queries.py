"""Reading the ledger: the whole as the database's owner, a book as the desk whose it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, connections
from django.db.models import Model

from rtopnet.audit.models import Ledgered, LedgerEntry
from rtopnet.audit.rules import BookEntry, Checkpoint, Entry, Head
from rtopnet.kernel.rowsecurity import RowPolicy

NEVER = datetime.min.replace(tzinfo=UTC)


def ledger_entries(*, using: str) -> Iterator[Entry]:
    """Every entry in order, streamed."""
    for row in LedgerEntry.objects.using(using).order_by("seq").iterator(chunk_size=5000):
        yield Entry(
            seq=row.seq,
            at=row.at,
            account=str(row.account or ""),
            capacity=row.capacity,
            region=str(row.region or ""),
            verb=row.verb,
            kind=row.kind,
            subject=row.subject,
            detail=row.detail,
            previous=bytes(row.previous),
            hash=bytes(row.hash),
        )


_TEXTS = ("account", "capacity", "region", "verb", "kind", "subject", "detail")
_BOOKS = """
SELECT b.book::text, b.number, e.at, coalesce(e.account::text, ''), coalesce(e.capacity, ''),
       coalesce(e.region::text, ''), coalesce(e.verb, ''), coalesce(e.kind, ''), coalesce(e.subject, ''),
       coalesce(e.detail, ''), b.previous, b.hash
FROM audit_book_entry b LEFT JOIN audit_ledger e ON e.seq = b.entry
ORDER BY b.book::text, b.number
"""


def book_entries(*, using: str) -> Iterator[BookEntry]:
    """What every book holds, in order of book and number, streamed; an entry that is gone reads as empty."""
    raw = connections[using].cursor().connection
    with raw.cursor(name="audit_books") as cursor:
        cursor.itersize = 5000
        cursor.execute(_BOOKS)
        for row in cursor:
            yield _book_entry(row)


def _book_entry(row: tuple[Any, ...]) -> BookEntry:
    book, number, at, *texts, previous, digest = row
    return BookEntry(
        book,
        number,
        at or NEVER,
        **dict(zip(_TEXTS, texts, strict=True)),
        previous=bytes(previous),
        hash=bytes(digest),
    )


def book_ends(*, using: str) -> dict[str, Head]:
    """Where each book says it ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT book::text, number, hash FROM audit_book")
        return {book: Head(number, bytes(digest)) for book, number, digest in cursor.fetchall()}


def checkpoints(*, using: str) -> list[tuple[Checkpoint, bytes | None]]:
    """Every checkpoint, with the hash that stands at its number now."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(c.book::text, ''), c.number, c.hash, c.at, c.key_id, c.signature, "
            "coalesce(b.hash, e.hash) FROM audit_checkpoint c "
            "LEFT JOIN audit_book_entry b ON b.book = c.book AND b.number = c.number "
            "LEFT JOIN audit_ledger e ON c.book IS NULL AND e.seq = c.number ORDER BY c.at"
        )
        return [
            (_checkpoint(book, *row), bytes(now) if now is not None else None)
            for book, *row, now in cursor.fetchall()
        ]


def _checkpoint(
    book: str, number: int, digest: bytes, at: datetime, key_id: str, signature: bytes
) -> Checkpoint:
    return Checkpoint(book, number, bytes(digest), at, key_id, bytes(signature))


def end_of(book: UUID | None) -> Head | None:
    """Where a book ends, for its desk and the installation; None for all others and where it is empty.

    Args:
        book: the body whose book it is; None means the whole chain, for the installation alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM audit_end_of(%s)", [book])
        row = cursor.fetchone()
    return Head(row[0], bytes(row[1])) if row else None


def unsigned_books() -> list[UUID | None]:
    """Books that went on since their last checkpoint, None among them for the whole; for the installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_unsigned_books()")
        return [book for (book,) in cursor.fetchall()]


def own_entries(
    book: UUID, *, newest: int, oldest: int = 1, verb: str | None = None, limit: int | None = None
) -> list[BookEntry]:
    """Entries of a book of one's own by their numbers, newest first; nothing of anybody else's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::text, number, at, coalesce(account::text, ''), capacity, coalesce(region::text, ''), "
            "verb, kind, subject, detail, previous, hash FROM audit_own_entries(%s, %s, %s, %s, %s)",
            [book, book, oldest, newest, verb, limit],
        )
        return [_book_entry(row) for row in cursor.fetchall()]


def own_checkpoints(book: UUID) -> list[Checkpoint]:
    """Checkpoints of a book of one's own, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash, at, key_id, signature FROM audit_own_checkpoints(%s)", [book])
        return [_checkpoint(str(book), *row) for row in cursor.fetchall()]


def books_of(account: UUID) -> list[UUID]:
    """The bodies in whose books the account's deeds stand at present."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_books_of(%s)", [account])
        found: list[UUID] = cursor.fetchone()[0]
    return found


_GUARDS_OFF = """
SELECT c.relname, 'row security is off' FROM pg_class c
WHERE NOT c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
UNION ALL
SELECT c.relname, 'trigger ' || t.tgname || ' is off' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled <> 'O' AND (t.tgname LIKE '%_ledgered' OR t.tgname LIKE 'audit_%')
ORDER BY 1, 2
"""


def guards_off(*, using: str) -> list[str]:
    """Tables whose row policies or ledger triggers somebody has switched off or taken away."""
    with connections[using].cursor() as cursor:
        cursor.execute(_GUARDS_OFF.replace("%", "%%"), [])
        off = [f"{table}: {what}" for table, what in cursor.fetchall()]
        cursor.execute(_GUARDS_THERE)
        there = {tuple(row) for row in cursor.fetchall()}
    wanted = {guard for model in apps.get_models() for guard in _guards_of(model)}
    return off + [f"{table}: {kind} {name} is gone" for table, kind, name in sorted(wanted - there)]


_GUARDS_THERE = """
SELECT c.relname, 'policy', p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
UNION ALL
SELECT c.relname, 'trigger', t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
"""


def _guards_of(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    table = model._meta.db_table  # noqa: SLF001 -- Django's documented Meta API
    for rule in model._meta.constraints:  # noqa: SLF001
        if isinstance(rule, RowPolicy):
            yield table, "policy", rule.name
        elif isinstance(rule, Ledgered):
            yield table, "trigger", rule.name


def ledger_head(*, using: str) -> Head:
    """Where the chain says it ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_head")
        seq, digest = cursor.fetchone()
    return Head(seq, bytes(digest))

"""Reading the ledger; only the database's owner can."""

from collections.abc import Iterator

from django.db import connections

from rtopnet.audit.models import LedgerEntry
from rtopnet.audit.rules import Entry, Head


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


_GUARDS_OFF = """
SELECT c.relname, 'row security is off' FROM pg_class c
WHERE NOT c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
UNION ALL
SELECT c.relname, 'trigger ' || t.tgname || ' is off' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled <> 'O' AND (t.tgname LIKE '%_ledgered' OR t.tgname LIKE 'audit_%')
ORDER BY 1, 2
"""


def guards_off(*, using: str) -> list[str]:
    """Tables whose row policies or ledger triggers somebody has switched off."""
    with connections[using].cursor() as cursor:
        cursor.execute(_GUARDS_OFF.replace("%", "%%"), [])
        return [f"{table}: {what}" for table, what in cursor.fetchall()]


def ledger_head(*, using: str) -> Head:
    """Where the chain says it ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_head")
        seq, digest = cursor.fetchone()
    return Head(seq, bytes(digest))

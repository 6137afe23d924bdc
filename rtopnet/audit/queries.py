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


def ledger_head(*, using: str) -> Head:
    """Where the chain says it ends."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_head")
        seq, digest = cursor.fetchone()
    return Head(seq, bytes(digest))

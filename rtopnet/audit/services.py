"""Writing to the ledger, and checking it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction

from rtopnet.audit.queries import guards_off, ledger_entries, ledger_head
from rtopnet.audit.rules import ChainFault, Counter, Head, counted, first_fault


def record_deed(
    *,
    verb: str,
    kind: str,
    subject: UUID | str,
    region: UUID | None = None,
    detail: Mapping[str, str | int | None] | None = None,
    using: str = "default",
) -> int:
    """Write down that the acting account (or capacity) did ``verb`` to ``subject``, in this transaction.

    Args:
        verb: past tense in snake case, such as ``signed_in``.
        kind: what ``subject`` is, such as ``network.account``.
        subject: its id.
        region: the region it belongs to, if any.
        detail: ids, kinds and numbers that a later reader needs; never content.
        using: the database alias.

    Returns:
        The entry's number in the chain.
    """
    text = json.dumps(dict(detail or {}), sort_keys=True, separators=(",", ":"))
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT audit_append(%s, %s, %s, %s, %s)", [verb, kind, str(subject), region, text])
        seq: int = cursor.fetchone()[0]
    return seq


@dataclass(frozen=True)
class LedgerCheck:
    """What checking the ledger found."""

    entries: int
    fault: ChainFault | None
    head: Head
    guards_off: list[str]


def check_ledger(*, using: str, noted: Head | None = None) -> LedgerCheck:
    """Recompute the whole chain and name the first entry that was changed, dropped, inserted or moved.

    Whoever owns the database can rewrite the whole chain; ``noted``, an end written down earlier and kept
    elsewhere, shows that.
    """
    passed = Counter()
    with transaction.atomic(using=using):
        # One snapshot, or an entry written meanwhile would look inserted.
        connections[using].cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        head = ledger_head(using=using)
        fault = first_fault(counted(ledger_entries(using=using), passed), head, noted)
        return LedgerCheck(passed.count, fault, head, guards_off(using=using))

"""Writing to the ledger, signing where it stands, and checking it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, connections, transaction

from rtopnet.audit.keys import is_ours, present_key_id, replace_signing_key, sign
from rtopnet.audit.queries import (
    book_ends,
    book_entries,
    checkpoints,
    end_of,
    guards_off,
    ledger_entries,
    ledger_head,
    unsigned_books,
)
from rtopnet.audit.rules import (
    BookFault,
    ChainFault,
    Checkpoint,
    Counter,
    Head,
    checkpoint_text,
    counted,
    first_book_fault,
    first_fault,
)
from rtopnet.kernel.clock import now
from rtopnet.kernel.signing import Signature

OneDetail = str | int | None


def record_deed(
    *,
    verb: str,
    kind: str,
    subject: UUID | str,
    region: UUID | None = None,
    detail: Mapping[str, OneDetail] | None = None,
    books: Iterable[UUID] = (),
    in_own_books: bool = True,
    using: str = "default",
) -> int:
    """Write down that the acting account (or capacity) did ``verb`` to ``subject``, in this transaction.

    The entry stands in the books that ``books`` names and, unless told otherwise, in that of each state and
    institution whose post the acting account holds. Whoever decides for a body reads its book.

    Args:
        verb: past tense in snake case, such as ``signed_in``.
        kind: what ``subject`` is, such as ``network.account``.
        subject: its id.
        region: the region it belongs to, if any.
        detail: ids, kinds and numbers that a later reader needs; never content, nor what a reader of one of
            the books may not know.
        books: states and institutions whom the deed concerns, such as the owner of the record.
        in_own_books: False where those who decide for the actor's bodies may not know of the subject.
        using: the database alias.

    Returns:
        The entry's number in the chain; it tells how busy all are, so nobody but the owner is to see it.
    """
    text = json.dumps(dict(detail or {}), sort_keys=True, separators=(",", ":"))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s::uuid[], %s)",
            [verb, kind, str(subject), region, text, list(books), in_own_books],
        )
        seq: int = cursor.fetchone()[0]
    return seq


def checkpoint_book(book: UUID | None) -> Checkpoint | None:
    """Sign where a book (None: the whole chain) ends now, and keep that; None where it is empty or another's.

    The caller's transaction must have recorded a deed, which holds the ledger still.
    """
    end = end_of(book)
    if end is None or end.seq == 0:
        return None
    unsigned = Checkpoint(str(book or ""), end.seq, end.hash, now(), present_key_id(), b"")
    point = replace(unsigned, signature=sign(checkpoint_text(unsigned)).signature)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_keep_checkpoint(%s, %s, %s, %s, %s, %s)",
            [book, point.number, point.hash, point.at, point.key_id, point.signature],
        )
    return point


def checkpoint_ledger() -> list[Checkpoint]:
    """Sign every book that went on since its last checkpoint, and the whole; as the installation."""
    record_deed(verb="checkpointed", kind="audit.ledger", subject="whole")
    points = [checkpoint_book(book) for book in unsigned_books()]
    return [point for point in points if point is not None]


def rotate_signing_key() -> str:
    """Make a new signing key, keep that in the ledger, and sign with it from now on; its id."""
    earlier = present_key_id()
    key_id = replace_signing_key()
    record_deed(verb="replaced", kind="audit.signing_key", subject=key_id, detail={"earlier": earlier})
    return key_id


@dataclass(frozen=True)
class LedgerCheck:
    """What checking the ledger found."""

    entries: int
    fault: ChainFault | None
    head: Head
    guards_off: list[str]
    books: int = 0
    book_fault: BookFault | None = None
    checkpoint_fault: str = ""


def ledger_fault(check: LedgerCheck) -> str:
    """What a check found wrong, in one line; empty where it found nothing."""
    if check.fault:
        return f"ledger broken at entry {check.fault.seq}: {check.fault.reason}"
    if check.book_fault:
        book, number = check.book_fault.book, check.book_fault.number
        return f"ledger broken in book {book} at entry {number}: {check.book_fault.reason}"
    if check.checkpoint_fault:
        return f"ledger broken: {check.checkpoint_fault}"
    if check.guards_off:
        return f"ledger intact, but not guarded: {'; '.join(check.guards_off)}"
    return ""


def check_ledger(*, using: str, noted: Head | None = None) -> LedgerCheck:
    """Recompute the whole chain and every book, and name the first entry that was changed, dropped or moved.

    Whoever owns the database can rewrite the whole chain; ``noted``, an end written down earlier and kept
    elsewhere, shows that, and so does a checkpoint that a state has downloaded.
    """
    passed = Counter()
    with transaction.atomic(using=using):
        # One snapshot, or an entry written meanwhile would look inserted.
        connections[using].cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        head, ends = ledger_head(using=using), book_ends(using=using)
        return LedgerCheck(
            fault=first_fault(counted(ledger_entries(using=using), passed), head, noted),
            entries=passed.count,
            head=head,
            guards_off=guards_off(using=using),
            books=len(ends),
            book_fault=first_book_fault(book_entries(using=using), ends),
            checkpoint_fault=_checkpoint_fault(using),
        )


def _checkpoint_fault(using: str) -> str:
    for point, stands in checkpoints(using=using):
        whose = f"book {point.book}" if point.book else "the ledger"
        if not is_ours(checkpoint_text(point), Signature(point.key_id, point.signature)):
            return f"the checkpoint of {whose} at {point.number} is not signed by a key of ours"
        if stands != point.hash:
            return f"{whose} was rewritten at or before {point.number}, which a checkpoint had signed"
    return ""

"""Sharing a record and taking it back."""

from uuid import UUID

from rtopnet.sharing.events import RecordRecalled, RecordReleased, RecordWithdrawn
from rtopnet.sharing.models import Addressee, Record, RecordText
from rtopnet.sharing.queries import audience_of, consulted_states, database_now
from rtopnet.sharing.rules import (
    Audience,
    ConsultationOpenError,
    Marking,
    NobodyAddressedError,
    RecordClosedError,
    audience_fits,
    is_consulted,
    needs_consultation,
)
from rtopnet.sharing.services.audiences import lines_of
from rtopnet.sharing.services.parts import delete_parts
from rtopnet.sharing.services.receipts import ask_for_receipts
from rtopnet.sharing.services.search import forget_texts
from rtopnet.sharing.services.sight import at_the_desk, expect_free, expect_open, keep_deed, tell
from rtopnet.sharing.services.telling import plan_telling


def address_record(*, by: UUID, record: UUID, audience: Audience) -> None:
    """Set to whom the record is addressed; after release that takes effect at once.

    Raises:
        MarkingTooNarrowError: the marking does not let it go so far.
        OwnerDecidesError: ``by`` is not the owner's desk.
        ConsultationOpenError: it would go to the network, and a state concerned has not been heard.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        audience_fits(Marking(row.marking), audience)
        if row.released_at is not None and not needs_consultation(audience_of(row.pk)):
            _expect_heard(row, audience)
        Addressee.objects.filter(record=row).delete()
        for line in lines_of(audience):
            Addressee.objects.create(record=row, **line)
        keep_deed("addressed", row, {"addressees": len(lines_of(audience))})
        if row.released_at is not None:
            plan_telling(row, "released")


def release_record(*, by: UUID, record: UUID) -> None:
    """Let its addressees read the record, from its embargo on.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        MarkingTooNarrowError: the audience goes further than the marking.
        NobodyAddressedError: it has no addressee, nor is its existence to be shown.
        ConsultationOpenError: it goes to the network, and a state concerned has not been heard.
        RecordClosedError: it was released before, recalled or withdrawn.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        if row.released_at is not None:
            raise RecordClosedError("The record is released already.")
        audience = audience_of(row.pk)
        audience_fits(Marking(row.marking), audience)
        if audience.reach() is None and not row.existence_only:
            raise NobodyAddressedError("The record has no addressee: name one, or show that it exists.")
        _expect_heard(row, audience)
        Record.objects.filter(pk=row.pk).update(released_at=database_now())
        tell("released", row, RecordReleased(row.pk, by), {"marking": Marking(row.marking).name})
        plan_telling(row, "released")


def recall_record(*, by: UUID, record: UUID) -> None:
    """Take the record back: its content is gone for every addressee at once.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordClosedError: it is not released, or was recalled or withdrawn before.
        RecordHeldError: a room above holds it as it is.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        if row.released_at is None:
            raise RecordClosedError("The record is not released, so there is nothing to recall.")
        Record.objects.filter(pk=row.pk).update(recalled_at=database_now())
        ask_for_receipts(row)
        tell("recalled", row, RecordRecalled(row.pk, by))
        plan_telling(row, "recalled")


def withdraw_record(*, by: UUID, record: UUID) -> None:
    """Delete the record's content; who knew of the record sees that its owner withdrew it.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordClosedError: it was withdrawn before.
        RecordHeldError: a room above holds it as it is.
    """
    with at_the_desk(by, record) as row:
        if row.withdrawn_at is not None:
            raise RecordClosedError("The record was withdrawn before.")
        expect_free(row.pk)
        Record.objects.filter(pk=row.pk).update(withdrawn_at=database_now())
        RecordText.objects.filter(record=row).delete()
        delete_parts(row)
        forget_texts(record=row.pk)
        tell("withdrawn", row, RecordWithdrawn(row.pk, by))
        plan_telling(row, "withdrawn")


def _expect_heard(row: Record, audience: Audience) -> None:
    if not needs_consultation(audience):
        return
    now = database_now()
    waiting = [about for _, about in consulted_states(row.pk) if not is_consulted(about, now)]
    if waiting:
        raise ConsultationOpenError(
            f"{len(waiting)} of the states concerned have not been heard: consult them first."
        )

"""Reading what others share: the release ledger, and asking for what one may not read yet."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.network.public import Account, give_notice, places_held
from rtopnet.sharing.events import ReleaseAnswered, ReleaseRequested
from rtopnet.sharing.models import Addressee, Existence, Reading, Record, RecordPart, ReleaseRequest
from rtopnet.sharing.queries import acting_principals, audience_of, database_now
from rtopnet.sharing.rules import (
    Marking,
    Reach,
    RecordClosedError,
    RecordNotInSightError,
    RequestAnsweredError,
    is_reading_noted,
    strictest_marking,
)
from rtopnet.sharing.services.sight import NOT_IN_SIGHT, expect_desk, expect_open, in_sight, keep_deed
from rtopnet.sharing.services.telling import tell_desks

ANSWER_WITHIN = timedelta(days=7)
"""How long an owner has to answer a request for release before it shows as overdue."""


def note_reading(*, by: UUID, record: UUID, how: Literal["opened", "exported"] = "opened") -> bool:
    """Enter an addressee's reading of AMBER or stricter in the owner's release ledger; whether it was.

    A part that the reader sees counts with its own marking.

    Raises:
        RecordNotInSightError: ``by`` does not read the record.
    """
    with acting_as(by):
        row = in_sight(record)
        parts = RecordPart.objects.filter(record=row).values_list("marking", flat=True)
        strictest = strictest_marking(map(Marking, [row.marking, *parts]))
        if not is_reading_noted(strictest) or row.owner in acting_principals():
            return False
        Reading.objects.create(record=row, account_id=by, at=database_now(), how=how)
        keep_deed(how, row)
        return True


def request_release(*, by: UUID, record: UUID, reason: str) -> UUID:
    """Ask the owner of a record that one knows of to be let read it.

    Raises:
        RecordNotInSightError: there is none, or ``by`` may not know of it.
        RecordClosedError: it was recalled or withdrawn.
    """
    with acting_as(by):
        known = Existence.objects.filter(pk=record).first()
        if known is None:
            raise RecordNotInSightError(NOT_IN_SIGHT)
        if known.recalled_at or known.withdrawn_at:
            raise RecordClosedError("The record was recalled or withdrawn by its owner.")
        now = database_now()
        request = ReleaseRequest.objects.create(
            record_id=record, asked_by_id=by, asked_at=now, due_at=now + ANSWER_WITHIN, reason=reason
        )
        owner = known.owner_state_id or known.owner_institution_id
        record_deed(
            verb="requested",
            kind="sharing.release_request",
            subject=request.pk,
            books=[owner] if owner else [],
        )
        if owner:
            tell_desks(
                kind="sharing.requested",
                bodies=[owner],
                region=Account.objects.get(pk=by).region_id,
                subject=request.pk,
                subject_kind="sharing.request",
                who=next(iter(_places_of(by)), None),
                due_at=request.due_at,
            )
        publish(ReleaseRequested(record, by))
        return request.pk


def answer_request(*, by: UUID, request: UUID, granted: bool, answer: str) -> None:
    """Answer a request for release; granting names the asker among the record's addressees.

    Raises:
        RecordNotInSightError: there is no such request for ``by`` to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RequestAnsweredError: it has its answer already.
        RecordClosedError: granted, but the record was recalled or withdrawn.
    """
    with acting_as(by):
        asked = ReleaseRequest.objects.filter(pk=request).first()
        if asked is None:
            raise RecordNotInSightError("There is no such request that you may know of.")
        expect_desk(asked)
        open_requests = ReleaseRequest.objects.filter(pk=request, granted__isnull=True)
        if not open_requests.update(
            granted=granted, answer=answer, answered_by_id=by, answered_at=database_now()
        ):
            raise RequestAnsweredError("The request has its answer already.")
        if granted:
            _name(asked.asked_by_id, in_sight(asked.record_id))
        record_deed(
            verb="granted" if granted else "refused",
            kind="sharing.release_request",
            subject=request,
            books=[asked.desk] if asked.desk else [],
        )
        give_notice(
            kind="sharing.answered",
            accounts=[asked.asked_by_id],
            region=Account.objects.get(pk=by).region_id,
            subject_kind="sharing.request",
            subject=request,
            who=asked.desk,
        )
        publish(ReleaseAnswered(asked.record_id, by))


def _name(account: UUID, row: Record) -> None:
    expect_open(row)
    if account not in audience_of(row.pk).persons:
        Addressee.objects.create(record=row, reach=Reach.PERSONS, account_id=account)


def _places_of(account: UUID) -> list[UUID]:
    return [body.id for body in places_held(account)]

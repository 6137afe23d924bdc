"""What the office does with what it received, and what its owner does with the answer."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from rtopnet.advice.events import AdviceAcknowledged, AdviceAnswered, AdviceClosed
from rtopnet.advice.models import SentFollowUp, SentStep, Transmission, What
from rtopnet.advice.queries.courses import courses_of_sent
from rtopnet.advice.rules.course import Deed, expect, stage_of
from rtopnet.advice.services.sight import keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.meetings.public import Promise, promise_action
from rtopnet.network.public import acting_desks, states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    Record,
    acting_principals,
    audience_of,
    database_now,
    release_record,
)


class AnswerEmptyError(RuleBrokenError):
    """An answer says something."""


def acknowledge_advice(*, by: UUID, record: UUID, words: str = "") -> None:
    """Say for the office that it received what was transmitted.

    Raises:
        RecordNotInSightError: there is no such transmission to know of.
        OwnerDecidesError: ``by`` does not decide for the office.
        StageRefusedError: it was acknowledged before, or is closed.
    """
    with acting_as(by):
        row = _at_the_office(record, Deed.ACKNOWLEDGE)
        _keep(row, What.ACKNOWLEDGED, row.office_id, words, by)
        keep_deed("acknowledged", row, also={row.office_id})
        tell("acknowledged", _owner(row), row, who=row.office_id)
        publish(AdviceAcknowledged(record, by))


def answer_advice(*, by: UUID, record: UUID, words: str) -> None:
    """Answer for the office; whoever reads the transmission reads the answer. It can answer again.

    Raises:
        RecordNotInSightError: there is no such transmission to know of.
        OwnerDecidesError: ``by`` does not decide for the office.
        StageRefusedError: it is not acknowledged, or closed.
        AnswerEmptyError: it says nothing.
    """
    with acting_as(by):
        row = _at_the_office(record, Deed.ANSWER)
        if not words.strip():
            raise AnswerEmptyError("answer: write what the office has to say.")
        _keep(row, What.ANSWERED, row.office_id, words, by)
        keep_deed("answered", row, also={row.office_id})
        tell("answered", _owner(row), row, who=row.office_id)
        publish(AdviceAnswered(record, by))


def follow_up(*, by: UUID, record: UUID, promise: Promise) -> UUID:
    """Promise an action that follows; those read it who read the transmission, but for the office.

    Raises:
        RecordNotInSightError: there is no such transmission to know of.
        OwnerDecidesError: ``by`` does not decide for its owner.
        StageRefusedError: it is not acknowledged, or closed.
        MeetingNotInSightError: there is no such post.
    """
    with acting_as(by):
        row = _at_the_desk(record, Deed.FOLLOW_UP)
        envelope = Record.objects.get(pk=record)
        is_state = row.desk in {state.id for state in states_of(envelope.region_id)}
        action = promise_action(
            by=by,
            promise=promise,
            marking=Marking(envelope.marking),
            audience=_without_office(audience_of(record), row.office_id),
            state=row.desk if is_state else None,
            institution=None if is_state else row.desk,
        )
        release_record(by=by, record=action)
        SentFollowUp.objects.create(record_id=record, action_id=action, at=database_now())
        keep_deed("followed_up", row)
        return action


def close_advice(*, by: UUID, record: UUID, words: str = "") -> None:
    """Say for its owner that nothing more follows.

    Raises:
        RecordNotInSightError: there is no such transmission to know of.
        OwnerDecidesError: ``by`` does not decide for its owner.
        StageRefusedError: it is closed already.
    """
    with acting_as(by):
        row = _at_the_desk(record, Deed.CLOSE)
        _keep(row, What.CLOSED, row.desk or row.office_id, words, by)
        keep_deed("closed", row, also={row.office_id})
        tell("closed", [row.office_id], row)
        publish(AdviceClosed(record, by))


def _keep(row: Transmission, what: What, body: UUID, words: str, by: UUID) -> None:
    with transaction.atomic():
        SentStep.objects.create(
            record_id=row.record_id, what=what, body=body, words=words.strip(), by_id=by, at=database_now()
        )


def _without_office(audience: Audience, office: UUID) -> Audience:
    return replace(audience, institutions=audience.institutions - {office})


def _at_the_office(record: UUID, deed: Deed) -> Transmission:
    row = _standing(record)
    if row.office_id not in acting_desks():
        raise OwnerDecidesError("Only the office that it went to may do this.")
    return _where(row, deed)


def _at_the_desk(record: UUID, deed: Deed) -> Transmission:
    row = _standing(record)
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")
    return _where(row, deed)


def _standing(record: UUID) -> Transmission:
    row = Transmission.objects.filter(record=record).first()
    if row is None:
        raise not_in_sight()
    return row


def _where(row: Transmission, deed: Deed) -> Transmission:
    expect(stage_of(courses_of_sent([row])[row.record_id]), deed)
    return row


def _owner(row: Transmission) -> list[UUID]:
    return [row.desk] if row.desk else []

"""Answers to a warning, and the records that warnings rest on or lead to."""

from datetime import datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.sharing.public import acting_principals, database_now, expect_body, titles_in_sight
from rtopnet.warning.alerts.events import AlertAnswered
from rtopnet.warning.alerts.models import AlertAnswer, AlertLink, AskedBody, Milestone
from rtopnet.warning.alerts.rules.course import AnswerKind, Deed, LinkKind, Stage, due_at
from rtopnet.warning.alerts.services.sight import (
    alert_in_sight,
    expect_deed,
    keep_deed,
    not_in_sight,
    own_alert,
    tell,
    terms_of,
)


class AnswerRefusedError(RuleBrokenError):
    """An answer says nothing."""


def answer_alert(
    *,
    by: UUID,
    record: UUID,
    body: UUID,
    kind: AnswerKind,
    words: str,
    openly: bool = False,
    linked: UUID | None = None,
) -> UUID:
    """Answer a warning for a body that was warned; the first answer is the one that is timed.

    Raises:
        AlertStageError: it is not issued, or closed.
        AnswerRefusedError: nothing is said.
        OwnerDecidesError: ``by`` is not the body's desk.
        RecordNotInSightError: there is no such warning for it, or no such record to link.
    """
    with acting_as(by):
        expect_body(body)
        row = alert_in_sight(record)
        if row.desk == body:
            raise not_in_sight()
        expect_deed(row, Deed.ANSWER)
        if not words.strip():
            raise AnswerRefusedError("words: say what you do about it, or why nothing.")
        at = database_now()
        answer = AlertAnswer.objects.create(
            record_id=record, body=body, kind=kind.value, words=words, openly=openly, at=at, by_id=by
        )
        AskedBody.objects.filter(record_id=record, body=body, answered_at__isnull=True).update(answered_at=at)
        _begin_response(record, body, due_at(Stage.RESPONSE, at, terms_of(row).hours))
        if linked is not None:
            _link(record, linked, LinkKind.ANSWER, body)
        keep_deed("answered", row, also={body}, detail={"how": kind.value})
        tell("answered", [row.desk] if row.desk else [], row, who=body)
        publish(AlertAnswered(record, by))
        return answer.pk


def link_to_alert(*, by: UUID, record: UUID, linked: UUID, kind: LinkKind, body: UUID | None = None) -> None:
    """Tie a record that ``by`` reads to the warning: as what it rests on, or as what answers it.

    Raises:
        AlertStageError: an answer before it is issued, or after it is closed.
        OwnerDecidesError: ``by`` is not the desk of whom the link is of.
        RecordNotInSightError: one of the two is not in sight.
    """
    with acting_as(by):
        row = alert_in_sight(record)
        mine = acting_principals()
        if row.owner in mine and (body is None or body == row.desk):
            row = own_alert(record, decides=row.open_from is not None)
            body = row.desk
        elif kind is not LinkKind.ANSWER or body is None:
            raise not_in_sight()
        else:
            expect_body(body)
            expect_deed(row, Deed.ANSWER)
        if body is not None:
            _link(record, linked, kind, body)
        keep_deed("linked", row, also={body} if body else ())


def unlink_from_alert(*, by: UUID, record: UUID, linked: UUID) -> None:
    """Take a link of one's own away again.

    Raises:
        RecordNotInSightError: there is none.
    """
    with acting_as(by):
        row = alert_in_sight(record)
        mine = acting_principals()
        gone, _ = AlertLink.objects.filter(record_id=record, linked=linked, body__in=mine).delete()
        if not gone:
            raise not_in_sight()
        keep_deed("unlinked", row)


def _begin_response(record: UUID, body: UUID, due: datetime | None) -> None:
    # Of two who answer at once, one brings the warning on; neither learns of the other.
    step = Milestone(record_id=record, kind=Stage.RESPONSE.value, at=database_now(), due_at=due, body=body)
    Milestone.objects.bulk_create([step], ignore_conflicts=True)


def _link(record: UUID, linked: UUID, kind: LinkKind, body: UUID) -> None:
    if linked == record or linked not in titles_in_sight([linked]):
        raise not_in_sight()
    link = AlertLink(record_id=record, linked=linked, kind=kind.value, body=body)
    AlertLink.objects.bulk_create([link], ignore_conflicts=True)

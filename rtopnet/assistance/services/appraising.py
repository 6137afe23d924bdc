"""Judging what was done, by both sides, and lessons that both would have others learn."""

from dataclasses import dataclass, replace
from uuid import UUID

from rtopnet.assistance.events import LessonAgreed
from rtopnet.assistance.models import Agreement, Appraisal, Deployment, Lesson, Participant, Progress
from rtopnet.assistance.queries.courses import course_of
from rtopnet.assistance.rules.fit import BEST_MARK
from rtopnet.assistance.services.sight import expect_desk, keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.network.public import states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    acting_principals,
    address_record,
    audience_of,
    database_now,
    draft_record,
    expect_body,
    release_record,
    titles_in_sight,
)

APPRAISAL, LESSON = "appraisal", "lesson"


class AppraisalRefusedError(RuleBrokenError):
    """The work is not over, it was appraised before, or a mark is none."""


class LessonRefusedError(RuleBrokenError):
    """The lesson says nothing, or the other side has not agreed to it."""


@dataclass(frozen=True)
class Marks:
    """How the other side did, from 1 (badly) to 5 (very well)."""

    as_agreed: int
    fit_to_need: int
    conduct: int


def appraise(*, by: UUID, deployment: UUID, body: UUID, about: UUID, marks: Marks, words: str) -> UUID:
    """Judge for ``body`` how ``about`` did its part; that one reads it, and nobody else.

    Raises:
        AppraisalRefusedError: the work is not over, it was appraised before, or a mark is none.
        OwnerDecidesError: ``by`` is not the body's desk.
        RecordNotInSightError: there is no such work of these two.
    """
    with acting_as(by):
        work = _ended(deployment)
        expect_body(body)
        _expect_both_sides(work, body, about)
        if any(
            mark not in range(1, BEST_MARK + 1)
            for mark in (marks.as_agreed, marks.fit_to_need, marks.conduct)
        ):
            raise AppraisalRefusedError("A mark is from 1 to 5.")
        if Appraisal.objects.filter(deployment_id=deployment, desk=body, about=about).exists():
            raise AppraisalRefusedError("You have appraised this before.")
        title = titles_in_sight([deployment]).get(deployment, "")
        record = _record(by, body, work, APPRAISAL, Marking.AMBER_STRICT, Words(title, words))
        row = Appraisal.objects.create(
            record_id=record,
            deployment_id=deployment,
            about=about,
            as_agreed=marks.as_agreed,
            fit_to_need=marks.fit_to_need,
            conduct=marks.conduct,
        )
        _address(by, record, work, {about})
        release_record(by=by, record=record)
        row.refresh_from_db()
        keep_deed("appraised", "appraisal", row)
        if body == work.desk:
            _end_where_all_is_said(work)
        return record


def propose_lesson(*, by: UUID, deployment: UUID, body: UUID, other: UUID, title: str, words: str) -> UUID:
    """Write a lesson and ask the other side whether the network may read it.

    Raises:
        AppraisalRefusedError: the work is not over.
        LessonRefusedError: it says nothing.
        OwnerDecidesError: ``by`` is not the body's desk.
    """
    with acting_as(by):
        work = _ended(deployment)
        expect_body(body)
        _expect_both_sides(work, body, other)
        if not title.strip() or not words.strip():
            raise LessonRefusedError("Say in a title and in a few sentences what others can learn.")
        record = _record(by, body, work, LESSON, Marking.GREEN, Words(title, words))
        row = Lesson.objects.create(record_id=record, deployment_id=deployment, other=other)
        _address(by, record, work, {other})
        release_record(by=by, record=record)
        row.refresh_from_db()
        keep_deed("proposed", "lesson", row)
        return record


def answer_lesson(*, by: UUID, lesson: UUID, agreed: bool, words: str = "") -> None:
    """Agree for the other side that the network reads a lesson, or not.

    Raises:
        LessonRefusedError: it was answered before.
        OwnerDecidesError: ``by`` is not the other side's desk.
    """
    with acting_as(by):
        row = Lesson.objects.filter(record_id=lesson).select_related("record").first()
        if row is None:
            raise not_in_sight()
        expect_body(row.other)
        if Agreement.objects.filter(record_id=lesson).exists():
            raise LessonRefusedError("You have answered this before.")
        Agreement.objects.create(record_id=lesson, body=row.other, agreed=agreed, words=words, by_id=by)
        keep_deed("agreed" if agreed else "disagreed", "lesson", row, also={row.other})
        tell("lesson_answered", [row.desk] if row.desk else [], row, subject_kind="lesson", who=row.other)


def share_lesson(*, by: UUID, lesson: UUID) -> None:
    """Let the network read a lesson to which both sides agree; the library learns of it.

    Raises:
        ConsultationOpenError: it concerns a state that has not been heard.
        LessonRefusedError: the other side has not agreed.
        OwnerDecidesError: ``by`` is not the desk that wrote it.
    """
    with acting_as(by):
        row = Lesson.objects.filter(record_id=lesson).select_related("record").first()
        if row is None or row.owner not in acting_principals():
            raise not_in_sight()
        expect_desk(row)
        if not Agreement.objects.filter(record_id=lesson, agreed=True).exists():
            raise LessonRefusedError("The other side has to agree first.")
        address_record(by=by, record=lesson, audience=replace(audience_of(lesson), network=True))
        Lesson.objects.filter(pk=row.pk).update(shared_at=database_now())
        keep_deed("shared", "lesson", row, also={row.other})
        publish(LessonAgreed(lesson, by))


def note_all_said(*, by: UUID, record: UUID) -> None:
    """Note, as the asking state, that a request is over once both sides have appraised all of it."""
    with acting_as(by):
        if course_of(record).appraised_at is None:
            return
        progress = (
            Progress.objects.filter(record_id=record, ended_at__isnull=True).select_related("record").first()
        )
        if progress is not None:
            Progress.objects.filter(pk=progress.pk).update(ended_at=database_now())
            keep_deed("ended", "request", progress)


def _end_where_all_is_said(work: Deployment) -> None:
    if course_of(work.request_id).appraised_at is not None:
        Progress.objects.filter(record_id=work.request_id, ended_at__isnull=True).update(
            ended_at=database_now()
        )


def _ended(deployment: UUID) -> Deployment:
    work = Deployment.objects.filter(record_id=deployment).select_related("record").first()
    if work is None:
        raise not_in_sight()
    if work.ended_at is None:
        raise AppraisalRefusedError("The work has to end first.")
    return work


def _expect_both_sides(work: Deployment, body: UUID, other: UUID) -> None:
    senders = set(Participant.objects.filter(record_id=work.record_id).values_list("body", flat=True))
    if not ((body == work.desk and other in senders) or (body in senders and other == work.desk)):
        raise not_in_sight()


def _record(by: UUID, body: UUID, work: Deployment, kind: str, marking: Marking, words: Words) -> UUID:
    is_state = body in {state.id for state in states_of(work.record.region_id)}
    owner = {"state" if is_state else "institution": body}
    return draft_record(by=by, terms=Terms(kind, marking), words=words, **owner)


def _address(by: UUID, record: UUID, work: Deployment, bodies: set[UUID]) -> None:
    states = {state.id for state in states_of(work.record.region_id)} & bodies
    audience = Audience(states=frozenset(states), institutions=frozenset(bodies - states))
    address_record(by=by, record=record, audience=audience)

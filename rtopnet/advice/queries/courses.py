"""Courses of papers and transmissions, put together from what the acting account may know of each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from rtopnet.advice.models import Paper, SentFollowUp, SentStep, Transmission, What
from rtopnet.advice.rules.course import Course
from rtopnet.meetings.public import LastRound, last_rounds
from rtopnet.sharing.public import database_now


def courses_of(papers: Collection[Paper], sent: Mapping[UUID, Transmission]) -> dict[UUID, Course]:
    """The course of each paper by its record, given the transmissions in sight by paper."""
    rounds = last_rounds([row.record_id for row in papers])
    after = courses_of_sent(sent.values())
    now = database_now()
    found = {}
    for row in papers:
        course = _until_cleared(row, rounds.get(row.record_id), now)
        if row.record_id in sent:
            outside = after[sent[row.record_id].record_id]
            course = replace(
                outside, drafted_at=course.drafted_at, circulated_at=course.circulated_at, returned_at=None
            )
        found[row.record_id] = course
    return found


def courses_of_sent(rows: Iterable[Transmission]) -> dict[UUID, Course]:
    """The course of each transmission by its record, from its clearance on."""
    listed = list(rows)
    records = [row.record_id for row in listed]
    steps: dict[tuple[UUID, str], datetime] = {}
    for record, what, at in (
        SentStep.objects.filter(record__in=records).order_by("at").values_list("record_id", "what", "at")
    ):
        steps.setdefault((record, what), at)
    followed: dict[UUID, datetime] = {}
    for record, at in (
        SentFollowUp.objects.filter(record__in=records).order_by("at").values_list("record_id", "at")
    ):
        followed.setdefault(record, at)
    return {
        row.record_id: Course(
            cleared_at=row.cleared_at,
            transmitted_at=row.transmitted_at,
            acknowledged_at=steps.get((row.record_id, What.ACKNOWLEDGED)),
            answered_at=steps.get((row.record_id, What.ANSWERED)),
            followed_up_at=followed.get(row.record_id),
            closed_at=steps.get((row.record_id, What.CLOSED)),
        )
        for row in listed
    }


def _until_cleared(row: Paper, last: LastRound | None, now: datetime) -> Course:
    if last is None:
        return Course(drafted_at=row.begun_at, withdrawn_at=row.withdrawn_at)
    is_cleared = last.returned_at is None and last.deadline <= now
    return Course(
        drafted_at=row.begun_at,
        circulated_at=last.opened_at,
        returned_at=last.returned_at,
        cleared_at=last.deadline if is_cleared else None,
        withdrawn_at=row.withdrawn_at,
    )

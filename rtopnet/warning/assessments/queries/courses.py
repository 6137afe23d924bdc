"""How far assessments have come, asked in as many questions however many there are."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_account
from rtopnet.warning.assessments.models import Conclusion, Reveal, Turn
from rtopnet.warning.assessments.rules.course import FIRST, Course


@dataclass(frozen=True)
class Times:
    """What has happened to an assessment, and until when its turns of scoring are open."""

    course: Course = field(default_factory=Course)
    closes_at: datetime | None = None
    second_closes_at: datetime | None = None


def times_of(records: Collection[UUID]) -> dict[UUID, Times]:
    """The times of those assessments, as far as the acting account reads them."""
    found = dict.fromkeys(records, Times())
    for turn in Turn.objects.filter(record__in=records):
        old, course = found[turn.record_id], found[turn.record_id].course
        if turn.number == FIRST:
            course = replace(course, opened_at=turn.opened_at)
            found[turn.record_id] = replace(old, course=course, closes_at=turn.closes_at)
        else:
            course = replace(course, second_at=turn.opened_at)
            found[turn.record_id] = replace(old, course=course, second_closes_at=turn.closes_at)
    for record, number, at in Reveal.objects.filter(record__in=records).values_list("record", "turn", "at"):
        shown = {"revealed_at": at} if number == FIRST else {"second_revealed_at": at}
        found[record] = replace(found[record], course=replace(found[record].course, **shown))
    for record, at in Conclusion.objects.filter(record__in=records).values_list("record", "at"):
        found[record] = replace(found[record], course=replace(found[record].course, concluded_at=at))
    return found


def me() -> UUID:
    """The acting account; where nobody acts, an id that is nobody's."""
    return acting_account() or UUID(int=0)


def course_of(record: UUID) -> Course:
    """How far one assessment has come."""
    return times_of([record])[record].course

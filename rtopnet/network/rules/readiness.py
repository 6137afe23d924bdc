"""When contacts are to be confirmed, when to remind, and what a drill showed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

CONFIRMED_FOR = timedelta(days=365)
FIRST_CONFIRMATION_WITHIN = timedelta(days=14)
REMIND_DAYS_BEFORE = (30, 7, 0)
QUICK = timedelta(minutes=15)


def confirmation_due_at(*, held_since: datetime, confirmed_at: datetime | None) -> datetime:
    """When the contact must next be confirmed; what a former holder confirmed does not count."""
    if confirmed_at is None or confirmed_at < held_since:
        return held_since + FIRST_CONFIRMATION_WITHIN
    return confirmed_at + CONFIRMED_FOR


def reminder_stage(*, due_on: date, today: date) -> int | None:
    """Which reminder it is time for, by days before the due date; None while it is too early.

    Afterwards one each week: -7, -14 and so on.

    >>> reminder_stage(due_on=date(2026, 3, 31), today=date(2026, 3, 25))
    7
    >>> reminder_stage(due_on=date(2026, 3, 31), today=date(2026, 4, 16))
    -14
    """
    left = (due_on - today).days
    if left <= 0:
        return left + -left % 7
    return min((days for days in REMIND_DAYS_BEFORE if days >= left), default=None)


@dataclass(frozen=True)
class Call:
    """One post asked in a drill, and when it answered."""

    state: UUID
    answered_at: datetime | None


@dataclass(frozen=True)
class DrillScore:
    """How many states answered within how long; a state answers with the first of its posts."""

    called: int
    answered: int
    median_seconds: int | None
    quick: int
    """States that answered within fifteen minutes."""


def first_answers(calls: Iterable[Call], *, sent_at: datetime) -> dict[UUID, timedelta | None]:
    """How long each state took to its first answer, or None where none came."""
    took: dict[UUID, timedelta | None] = {}
    for call in calls:
        now = call.answered_at - sent_at if call.answered_at else None
        before = took.get(call.state)
        took[call.state] = min((each for each in (before, now) if each is not None), default=None)
    return took


def drill_score(calls: Iterable[Call], *, sent_at: datetime) -> DrillScore:
    """The drill's result for the network: no state is named, none is ranked."""
    took = first_answers(calls, sent_at=sent_at)
    times = [each for each in took.values() if each is not None]
    middle = median(each.total_seconds() for each in times) if times else None
    return DrillScore(
        called=len(took),
        answered=len(times),
        median_seconds=None if middle is None else round(middle),
        quick=sum(each <= QUICK for each in times),
    )

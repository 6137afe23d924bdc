"""How long warnings take: every gap on the line of time, and medians over many of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from rtopnet.warning.alerts.rules.course import Outcome, Stage


@dataclass(frozen=True)
class Moment:
    """That a warning came to a stage, and by when that stage should be over."""

    stage: Stage
    at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True)
class Gap:
    """The time that a warning stood at a stage; ``ended_at`` None: it stands there now."""

    stage: Stage
    began_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    measured_at: datetime

    @property
    def lasted(self) -> timedelta:
        """How long, until it ended or until it is measured."""
        return (self.ended_at or self.measured_at) - self.began_at

    @property
    def over_by(self) -> timedelta:
        """By how much it went beyond its due time; negative: what was or is left."""
        if self.due_at is None:
            return timedelta(0)
        return (self.ended_at or self.measured_at) - self.due_at

    @property
    def is_over(self) -> bool:
        """Whether it took longer than agreed."""
        return self.over_by > timedelta(0)

    @property
    def is_running(self) -> bool:
        """Whether the warning stands there now."""
        return self.ended_at is None


@dataclass(frozen=True)
class Median:
    """The median time at a stage, over so many warnings that have left it."""

    stage: Stage
    time: timedelta
    number: int


@dataclass(frozen=True)
class Tally:
    """How those who were asked answered: counts, no names."""

    asked: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    """Without an answer, and the time is over."""

    @property
    def waiting(self) -> int:
        """Without an answer, and still in time."""
        return self.asked - self.in_time - self.late - self.overdue


def gaps(moments: Sequence[Moment], measured_at: datetime) -> tuple[Gap, ...]:
    """The time at each stage, in order; ``CLOSED`` ends the last and has no gap of its own."""
    ordered = sorted(moments, key=lambda moment: moment.at)
    found = []
    for place, moment in enumerate(ordered):
        if moment.stage is Stage.CLOSED:
            break
        ended_at = ordered[place + 1].at if place + 1 < len(ordered) else None
        found.append(Gap(moment.stage, moment.at, ended_at, moment.due_at, measured_at))
    return tuple(found)


def medians(many: Iterable[Sequence[Gap]]) -> tuple[Median, ...]:
    """The median time at each stage over all warnings that have left it, in the stages' order."""
    by_stage: dict[Stage, list[timedelta]] = {}
    for one in many:
        for gap in one:
            if not gap.is_running:
                by_stage.setdefault(gap.stage, []).append(gap.lasted)
    return tuple(
        Median(stage, timedelta(seconds=median(time.total_seconds() for time in by_stage[stage])), len(times))
        for stage in Stage
        if (times := by_stage.get(stage))
    )


def tally(asked: Iterable[tuple[datetime, datetime | None]], measured_at: datetime) -> Tally:
    """How many answered: pairs of a due time and of when the answer came."""
    in_time = late = overdue = number = 0
    for due_at, answered_at in asked:
        number += 1
        if answered_at is None:
            overdue += due_at < measured_at
        elif answered_at <= due_at:
            in_time += 1
        else:
            late += 1
    return Tally(number, in_time, late, overdue)


def outcomes(many: Iterable[Outcome]) -> Mapping[Outcome, int]:
    """How often each outcome was, with noughts where it never was: false and missed ones are not left out."""
    listed = list(many)
    return {outcome: listed.count(outcome) for outcome in Outcome}

"""When a watch rule fires: a limit, or a place's own history; and what it would have done in past months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rtopnet.kernel.errors import RuleBrokenError

HISTORY_MONTHS = 36
LEAST_HISTORY = 12
"""With fewer earlier months nothing is called unusual for the place."""
TRIAL_MONTHS = 24


class Test(StrEnum):
    """How a month's figure is held against the past."""

    __test__ = False

    LIMIT = "limit"
    """It reaches a number."""
    UNUSUAL = "unusual"
    """It lies above a quantile of the place's own trailing 36 months."""
    RISE = "rise"
    """It exceeds the month before by a number at least."""


class RuleRefusedError(RuleBrokenError):
    """A watch rule cannot be so: the message names the field."""


@dataclass(frozen=True)
class MonthFigure:
    """A measure's figure for a month (its first day); None where nobody looked."""

    month: date
    value: float | None


@dataclass(frozen=True)
class Condition:
    """What a rule asks of a figure."""

    test: Test
    limit: float
    least: float = 1.0


@dataclass(frozen=True)
class Hit:
    """A month in which a rule fires: the figure, and the number that it went beyond."""

    month: date
    value: float
    limit: float


@dataclass(frozen=True)
class Trial:
    """What a rule would have done in past months."""

    first: date
    last: date
    months: int
    hits: tuple[Hit, ...]
    a_year: float
    budget: int

    @property
    def keeps_budget(self) -> bool:
        """Whether it would have fired no more often than its owner bears false alarms."""
        return self.a_year <= self.budget


def expect_sound(condition: Condition, budget: int) -> None:
    """Refuse a condition that makes no sense.

    Raises:
        RuleRefusedError: the message names the field.
    """
    if condition.test is Test.UNUSUAL and not 0.5 <= condition.limit < 1:  # noqa: PLR2004 -- above the middle
        raise RuleRefusedError("limit: a share of past months between 0.5 and 0.99.")
    if condition.test is not Test.UNUSUAL and condition.limit <= 0:
        raise RuleRefusedError("limit: a number above nought.")
    if budget < 1:
        raise RuleRefusedError("budget: bear one false alarm a year at least.")


def hit_at(series: Sequence[MonthFigure], place: int, condition: Condition) -> Hit | None:
    """Whether the rule fires on the figure at ``place``, seeing nothing later than that month."""
    figure = series[place]
    if figure.value is None or figure.value < condition.least:
        return None
    limit = _limit_at(series, place, condition)
    if limit is None or not _is_beyond(figure.value, limit, condition.test):
        return None
    return Hit(figure.month, figure.value, limit)


def tried(
    series: Sequence[MonthFigure], condition: Condition, *, budget: int, months: int = TRIAL_MONTHS
) -> Trial | None:
    """What the rule would have done in the last ``months``; None where there are no figures."""
    if not series:
        return None
    begin = max(0, len(series) - months)
    places = range(begin, len(series))
    hits = tuple(hit for place in places if (hit := hit_at(series, place, condition)))
    return Trial(
        first=series[begin].month,
        last=series[-1].month,
        months=len(places),
        hits=hits,
        a_year=round(12 * len(hits) / len(places), 2),
        budget=budget,
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The empirical quantile: the least value that at least ``share`` of the values do not exceed.

    >>> quantile([0, 0, 0, 4], 0.75)
    0
    """
    ordered = sorted(values)
    # Rounded first: 0.9 * 10 is a hair above 9 in binary.
    place = -int(-round(share * len(ordered), 9) // 1)
    return ordered[max(place - 1, 0)]


def _limit_at(series: Sequence[MonthFigure], place: int, condition: Condition) -> float | None:
    if condition.test is Test.LIMIT:
        return condition.limit
    if condition.test is Test.RISE:
        before = series[place - 1].value if place else None
        return before + condition.limit if before is not None else None
    past = [one.value for one in series[max(0, place - HISTORY_MONTHS) : place] if one.value is not None]
    return quantile(past, condition.limit) if len(past) >= LEAST_HISTORY else None


def _is_beyond(value: float, limit: float, test: Test) -> bool:
    return value > limit if test is Test.UNUSUAL else value >= limit

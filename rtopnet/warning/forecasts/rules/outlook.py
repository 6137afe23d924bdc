"""What an outlook says, and how figures become words; pure, no Django, no clock."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.warning.forecasts.rules.explained import (
    ExplainedFigures,
    ForecastExplained,
    RegionExplained,
    Told,
)

LEVEL_FLOORS = {"low": 1.0, "moderate": 25.0, "high": 100.0, "very_high": 1000.0}
"""Least expected deaths in three months for each level; 25 is UCDP's yearly threshold for an active
conflict, 1,000 its threshold for war, both reached here within a quarter."""

WIDE_INTERVAL = 3.0
"""An interval counts as wide when it spans more than this many times its median (plus one)."""


class Level(StrEnum):
    """How much deadly violence is expected over the next three months; a description, never a rank."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Direction(StrEnum):
    """How the expectation compares with the one made a month earlier."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    NEW = "new"


class Verdict(StrEnum):
    """How a model did against the plain benchmark in past years."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"


class Outcome(StrEnum):
    """Deaths by type of violence, as UCDP defines the types."""

    ALL = "all"
    STATE_BASED = "state_based"
    NON_STATE = "non_state"
    ONE_SIDED = "one_sided"


@dataclass(frozen=True)
class Interval:
    """A median with the range that should hold the truth in ``coverage`` of cases; unit: deaths."""

    median: float
    low: float
    high: float
    coverage: float = 0.9

    @property
    def is_wide(self) -> bool:
        """Whether the range is so wide that the median alone would mislead."""
        return self.high - self.low > WIDE_INTERVAL * (self.median + 1)


@dataclass(frozen=True)
class MonthCount:
    """Deaths in one month; ``deaths`` is None where nobody looked. ``month`` is its first day."""

    month: date
    deaths: int | None


@dataclass(frozen=True)
class FanPoint:
    """The forecast of one month: median with its 50 % and 90 % ranges, in deaths."""

    month: date
    median: float
    low50: float
    high50: float
    low90: float
    high90: float


@dataclass(frozen=True, kw_only=True)
class Vintage:
    """Where figures come from; it travels with them."""

    source: str
    version: str
    publisher: str
    licence: str
    citation: str
    newest_month: date
    outcome: Outcome
    invented: bool = False


@dataclass(frozen=True)
class SkillSummary:
    """How forecasts made in the same way did in past years, against a plain benchmark.

    ``crps`` is the mean continuous ranked probability score (deaths, lower is better);
    ``ratio`` = crps / benchmark_crps with a 90 % bootstrap interval; ``coverage_90`` the share of
    outcomes that fell inside the 90 % ranges.
    """

    model: str
    benchmark: str
    crps: float
    benchmark_crps: float
    ratio: float
    ratio_low: float
    ratio_high: float
    coverage_90: float
    forecasts: int
    first_year: int
    last_year: int

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where the whole bootstrap interval says so."""
        if self.ratio_high < 1:
            return Verdict.BETTER
        if self.ratio_low > 1:
            return Verdict.WORSE
        return Verdict.SIMILAR

    @property
    def inside_of_100(self) -> int:
        """In how many of 100 cases the outcome lay inside the 90 % range."""
        return round(100 * self.coverage_90)

    @property
    def percent_better(self) -> int:
        """By how many per cent the score is smaller than the benchmark's; negative when larger."""
        return round(100 * (1 - self.ratio))


@dataclass(frozen=True)
class StateOutlook:
    """One state's line on the home page: the next three months as a whole."""

    iso3: str
    name: str
    level: Level
    previous_level: Level | None
    direction: Direction
    expected: Interval
    previous_expected: Interval | None
    history: tuple[MonthCount, ...]
    ever_recorded: bool
    observed_since: date


@dataclass(frozen=True)
class RegionOutlook:
    """The region's outlook: states in alphabetical order, never ranked."""

    region_slug: str
    region_name: str
    is_exercise: bool
    origin: date
    first_month: date
    last_month: date
    computed_at: datetime
    model: str
    code_version: str
    vintages: tuple[Vintage, ...]
    missing_month: date | None
    skill: SkillSummary | None
    states: tuple[StateOutlook, ...]

    @property
    def risen(self) -> tuple[StateOutlook, ...]:
        """States whose expectation is clearly higher than a month ago."""
        return tuple(s for s in self.states if s.direction is Direction.UP)

    @property
    def fallen(self) -> tuple[StateOutlook, ...]:
        """States whose expectation is clearly lower than a month ago."""
        return tuple(s for s in self.states if s.direction is Direction.DOWN)


@dataclass(frozen=True)
class OutcomeOutlook:
    """History and forecast of one type of violence in one state.

    ``fan`` is empty where the newest data is too old to forecast from. ``benchmark`` is the plain
    benchmark's own three-month expectation.
    """

    outcome: Outcome
    history: tuple[MonthCount, ...]
    fan: tuple[FanPoint, ...]
    expected: Interval | None
    benchmark_name: str
    benchmark: Interval | None
    benchmark_fan: tuple[FanPoint, ...]
    newest_month: date


@dataclass(frozen=True)
class FirstLevelRow:
    """One first-level region: what was recorded in the last twelve months, and what may come.

    ``attack_months_12`` counts the months of the last twelve with a recorded one-sided attack;
    ``attack_probability`` is the probability of any within the next three months.
    """

    name: str
    deaths_12_months: int
    attack_months_12: int
    attack_probability: float | None


@dataclass(frozen=True)
class RecentEvent:
    """A recorded event as its source published it; precisions are UCDP's codes."""

    event_id: str
    starts_on: date
    ends_on: date
    date_precision: int
    place: str
    region: str
    place_precision: int
    outcome: Outcome
    best: int
    low: int
    high: int
    side_a: str
    side_b: str
    source: str
    version: str


@dataclass(frozen=True)
class StatePage:
    """Everything on a state's page."""

    region_slug: str
    region_name: str
    is_exercise: bool
    state: StateOutlook
    origin: date
    computed_at: datetime
    model: str
    outcomes: tuple[OutcomeOutlook, ...]
    regions: tuple[FirstLevelRow, ...]
    regions_until: date | None
    events: tuple[RecentEvent, ...]
    vintages: tuple[Vintage, ...]
    skill: SkillSummary | None
    missing_month: date | None
    other_states: tuple[tuple[str, str], ...] = field(default=())
    why: ForecastExplained | None = None
    why_regions: tuple[RegionExplained, ...] = ()
    card_tasks: tuple[str, ...] = ()


Fan = list[list[float]]
"""For each step: median, low50, high50, low90, high90, in deaths."""


class NothingToForecastError(RuleBrokenError):
    """The region has no figures from which an outlook could be made."""


@dataclass(frozen=True)
class Provenance:
    """Where a file of figures comes from, before it is known what months it holds."""

    source: str
    version: str
    publisher: str
    licence: str
    citation: str
    invented: bool = False


@dataclass(frozen=True)
class StarterFile:
    """A data file of a region pack, to be read into the region's store."""

    path: Path
    holds: str
    outcome: str
    provenance: Provenance


@dataclass(frozen=True)
class StateFigures:
    """What was computed for one state and outcome; expectations are None where nothing is forecast."""

    iso3: str
    outcome: Outcome
    first_month: date
    history: list[int | None]
    fan: Fan
    benchmark_fan: Fan
    expected: Interval | None
    previous_expected: Interval | None
    benchmark_expected: Interval | None


@dataclass(frozen=True)
class FirstLevelFigures:
    """A first-level region of a state: its last twelve months and what may come."""

    iso3: str
    row: FirstLevelRow


@dataclass(frozen=True)
class ComputedOutlook:
    """Everything one computation found; ``origin`` is the last month whose figures it used."""

    origin: date
    model: str
    benchmark: str
    steps: int
    draws: int
    seed: int
    code_version: str
    states: list[StateFigures]
    first_level: list[FirstLevelFigures]
    first_level_until: date | None
    events: list[tuple[str, RecentEvent]]
    vintages: list[Vintage]
    skill: SkillSummary | None
    explained: list[ExplainedFigures]
    cards: list[Told]
    data_as_of: str


def level_of(expected: Interval) -> Level:
    """The level whose floor the median reaches."""
    reached = [Level(name) for name, floor in LEVEL_FLOORS.items() if expected.median >= floor]
    return reached[-1] if reached else Level.NONE


def direction_of(now: Interval, before: Interval | None) -> Direction:
    """Up or down when the median moves by more than a tenth and at least one death."""
    if before is None:
        return Direction.NEW
    moved = now.median - before.median
    if abs(moved) < max(1.0, 0.1 * before.median):
        return Direction.STEADY
    return Direction.UP if moved > 0 else Direction.DOWN


def months_after(month: date, count: int) -> date:
    """The first day of the month ``count`` months after ``month``.

    >>> months_after(date(2026, 11, 1), 2)
    datetime.date(2027, 1, 1)
    """
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def first_missing_month(newest: date, today: date, *, publication_days: int = 20) -> date | None:
    """The first month that should be published by ``today`` but is not in the data, if any.

    UCDP's monthly candidate files appear around the twentieth of the following month.
    """
    following = months_after(newest, 1)
    published_on = months_after(newest, 2) + timedelta(days=publication_days)
    return following if today >= published_on else None

"""Why a forecast says what it says, and what its model is worth; pure, as pages show it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scale(StrEnum):
    """On what drivers add up: deaths are added; odds, and one plus the deaths, are multiplied."""

    DEATHS = "deaths"
    LOG_DEATHS = "log_deaths"
    LOG_ODDS = "log_odds"


@dataclass(frozen=True)
class DriverLine:
    """One thing the model saw; ``contribution`` is on the scale of the forecast it belongs to."""

    name: str
    contribution: float
    value: float | None
    usual: float | None
    first_month: date | None
    last_month: date | None


@dataclass(frozen=True)
class DrawnMonth:
    """A past month that the forecast draws from, and its share of all draws."""

    month: date
    deaths: float
    share: float


@dataclass(frozen=True)
class AlikeSituation:
    """A past situation like the present: where, up to which month, how far, what came before and after it."""

    where: str
    month: date
    distance: float
    before: float
    followed: float


@dataclass(frozen=True)
class AlternativeLine:
    """What the model would say if one driver were as usual and all else as it is."""

    name: str
    output: float


@dataclass(frozen=True)
class EventBehind:
    """An event that stands behind a driver, with its source and licence."""

    event_id: str
    starts_on: date
    ends_on: date
    place: str
    deaths: int
    source: str
    version: str
    licence: str


@dataclass(frozen=True)
class ChangeSplit:
    """Two forecasts, and how much each of three causes makes of the difference; they add up to it."""

    before: float
    revised_data: float
    new_data: float
    model: float
    after: float
    before_origin: date


@dataclass(frozen=True)
class ForecastExplained:
    """Everything that explains one forecast.

    ``output`` is the mean number of deaths of the months ahead together, or the probability of an attack;
    ``base`` plus all contributions is ``total``, on ``scale``.
    """

    model: str
    origin: date
    scale: Scale
    base: float
    total: float
    output: float
    drivers: tuple[DriverLine, ...]
    months: tuple[DrawnMonth, ...]
    alike: tuple[AlikeSituation, ...]
    alternatives: tuple[AlternativeLine, ...]
    events: tuple[tuple[str, tuple[EventBehind, ...]], ...]
    change: ChangeSplit | None

    @property
    def raising(self) -> tuple[DriverLine, ...]:
        """Drivers that make the forecast higher, the largest first."""
        return tuple(driver for driver in self.drivers if driver.contribution > 0)

    @property
    def lowering(self) -> tuple[DriverLine, ...]:
        """Drivers that make it lower, the largest first."""
        return tuple(driver for driver in self.drivers if driver.contribution < 0)


@dataclass(frozen=True)
class RegionExplained:
    """A first-level region's forecast explained."""

    name: str
    why: ForecastExplained


@dataclass(frozen=True)
class SkillRatio:
    """A model's mean error over a plain rule's, on some of the forecasts: under 1 the model is better."""

    benchmark: str
    part: str
    ratio: float
    low: float
    high: float
    forecasts: int

    @property
    def is_better(self) -> bool:
        """Better by more than chance."""
        return self.high < 1

    @property
    def is_worse(self) -> bool:
        """Worse by more than chance."""
        return self.low > 1


@dataclass(frozen=True)
class MissLine:
    """A forecast far from what came: ``said`` is a median of deaths or a probability."""

    where: str
    origin: date
    month: date | None
    said: float
    low: float | None
    high: float | None
    came: float


@dataclass(frozen=True)
class ModelCard:
    """A model's card, made from its evaluation on the region's own figures."""

    task: str
    model: str
    first_month: date
    last_month: date
    learned_to: date
    places: int
    tested_from: date
    tested_to: date
    forecasts: int
    scores: dict[str, float]
    overall: tuple[SkillRatio, ...]
    by_period: tuple[SkillRatio, ...]
    by_place: tuple[SkillRatio, ...]
    misses: tuple[MissLine, ...]


@dataclass(frozen=True)
class StateCard:
    """A card as a state's page leads to it; ``markdown`` is the whole of it as a file."""

    iso3: str
    state: str
    card: ModelCard
    markdown: str


Told = dict[str, object]
"""An explanation, a change or a card as plain values, to be kept with a run."""


@dataclass(frozen=True)
class ExplainedFigures:
    """A forecast's explanation to be kept; ``place`` is a first-level region, or empty for the state."""

    iso3: str
    outcome: str
    place: str
    told: Told


@dataclass(frozen=True)
class EarlierRun:
    """An earlier computation to compare with: its last month, and up to when its data had come in."""

    origin: date
    data_as_of: str

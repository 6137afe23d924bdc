"""Why a forecast says what it says: drivers that add up, similar situations, what else it would have said."""

from dataclasses import asdict, dataclass
from typing import Literal

from forewarn.contracts.months import Month, format_month
from forewarn.contracts.plain import Json

Scale = Literal["deaths", "log_deaths", "log_odds"]


@dataclass(frozen=True)
class Driver:
    """One thing the model saw, and how far it moved the forecast.

    Attributes:
        name: a code; ``forewarn.explain.wording`` has it in words.
        contribution: on the scale of the drivers it is one of; above 0 it raises the forecast.
        value: what was seen, in the driver's own units; None where no single number says it.
        usual: what it is compared with.
        months: the first and last month it looks at; None where it looks at no span of months.
        counts: the outcome of the events it looks at; None where it looks at no events of the unit itself.
    """

    name: str
    contribution: float
    value: float | None = None
    usual: float | None = None
    months: tuple[Month, Month] | None = None
    counts: str | None = None

    def to_json(self) -> Json:
        """Plain values; months as YYYY-MM."""
        shown = [format_month(month) for month in self.months] if self.months else None
        return {**asdict(self), "months": shown}


@dataclass(frozen=True)
class Drivers:
    """A forecast taken apart: ``base`` plus all contributions is ``output``.

    Attributes:
        scale: ``deaths``; ``log_deaths``: the logarithm of 1 + deaths; ``log_odds``: of a probability.
        base: what the model would say if all were as usual.
        output: what it says.
        drivers: the largest first.
    """

    scale: Scale
    base: float
    output: float
    drivers: tuple[Driver, ...]

    def to_json(self) -> Json:
        """The fields by name."""
        return {
            "scale": self.scale,
            "base": self.base,
            "output": self.output,
            "drivers": [driver.to_json() for driver in self.drivers],
        }


@dataclass(frozen=True)
class DrawnMonth:
    """A past month that the forecast draws from, and its share of all draws."""

    month: Month
    deaths: float
    weight: float

    def to_json(self) -> Json:
        """The fields by name; the month as YYYY-MM."""
        return {**asdict(self), "month": format_month(self.month)}


@dataclass(frozen=True)
class PastSituation:
    """A situation like the present one, and what followed it.

    Attributes:
        unit: where.
        month: the last month it looks at.
        distance: from the present, in standard deviations of the features (root mean square).
        before: deaths (or attacks) in the months up to it, the earliest first; None where not observed.
        followed: in the months after it, the nearest first.
    """

    unit: str
    month: Month
    distance: float
    before: tuple[float | None, ...]
    followed: tuple[float | None, ...]

    def to_json(self) -> Json:
        """The fields by name; the month as YYYY-MM."""
        return {**asdict(self), "month": format_month(self.month)}


@dataclass(frozen=True)
class Alternative:
    """What the same model would say if one thing were as usual and all else as it is; no cause is claimed.

    Attributes:
        name: the driver's code.
        value: what was seen.
        usual: what it was set to.
        output: the forecast then, in deaths or as a probability.
    """

    name: str
    value: float | None
    usual: float | None
    output: float

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class BehindEvent:
    """An event that stands behind a driver, with where it comes from."""

    event_id: str
    date_start: str
    date_end: str
    place: str
    outcome: str
    best: int
    source: str
    version: str
    licence: str

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Change:
    """Two forecasts a month apart, and what makes the difference; the three parts add up to it.

    Attributes:
        before: what was said from the old data by the old model.
        revised_data: what past figures that were corrected since make of it.
        new_data: what the months that came since make of it.
        model: what learning anew makes of it.
        after: what is said now.
    """

    before: float
    revised_data: float
    new_data: float
    model: float
    after: float

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Explanation:
    """Everything that explains one unit's forecast.

    Attributes:
        unit: of whom.
        outcome: what is forecast.
        model: by name.
        origin: the last month used.
        steps: the months ahead, taken together.
        output: expected deaths of all the steps, or the probability of an attack in any of them.
        drivers: what moved it.
        months: the past months it draws from, the newest first; empty for models that draw from none.
        nearest: past situations most like the present one, the nearest first.
        alternatives: for the top drivers.
        events: by driver, the events behind it, the newest first.
    """

    unit: str
    outcome: str
    model: str
    origin: Month
    steps: tuple[int, ...]
    output: float
    drivers: Drivers
    months: tuple[DrawnMonth, ...]
    nearest: tuple[PastSituation, ...]
    alternatives: tuple[Alternative, ...]
    events: dict[str, tuple[BehindEvent, ...]]

    def to_json(self) -> Json:
        """Plain values in a fixed order."""
        return {
            "unit": self.unit,
            "outcome": self.outcome,
            "model": self.model,
            "origin": format_month(self.origin),
            "steps": list(self.steps),
            "output": self.output,
            "drivers": self.drivers.to_json(),
            "months": [month.to_json() for month in self.months],
            "nearest": [situation.to_json() for situation in self.nearest],
            "alternatives": [each.to_json() for each in self.alternatives],
            "events": {name: [event.to_json() for event in events] for name, events in self.events.items()},
        }

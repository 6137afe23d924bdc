"""The list of measures, and what one is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from rtopnet.network.public import RegionSummary
from rtopnet.warning.alerts.rules.watching import MonthFigure, RuleRefusedError


@dataclass(frozen=True)
class Watcher:
    """For whom a measure is taken: figures are read as the acting account, in its region and language."""

    region: RegionSummary
    language: str


@dataclass(frozen=True)
class Place:
    """Somewhere that a measure is taken: its key for good, and its name in the reader's language."""

    key: str
    name: str


@dataclass(frozen=True)
class Measure:
    """Something that is counted by month.

    Attributes:
        key: as it stands in rules, for good.
        name: in the reader's words.
        unit: what is counted.
        details: what of it can be counted, by code; empty where there is one thing only.
        places: where it can be watched.
        series: figures month by month without a gap, the last complete month last.
        note: what has to be known of the figures.
    """

    key: str
    name: Promise
    unit: Promise
    places: Callable[[Watcher], Sequence[Place]]
    series: Callable[[Watcher, str, str], Sequence[MonthFigure]]
    details: Mapping[str, Promise] = field(default_factory=dict)
    note: Promise | str = ""


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    """Make it known; each file of a measure does so once."""
    _measures[measure.key] = measure


def measures() -> list[Measure]:
    """Every measure, in the order of registration."""
    return list(_measures.values())


def measure_of(key: str) -> Measure:
    """The measure of that key.

    Raises:
        RuleRefusedError: there is none.
    """
    if key not in _measures:
        raise RuleRefusedError("measure: there is no such measure.")
    return _measures[key]

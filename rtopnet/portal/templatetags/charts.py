"""Geometry of the charts that the server draws, and what it hands to those drawn in the browser."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.portal.locales import month_name
from rtopnet.portal.templatetags.words import state_in_words
from rtopnet.warning.forecasts.public import FanPoint, MonthCount, OutcomeOutlook, RegionOutlook, StateOutlook

register = template.Library()

Point = tuple[float, float]
Known = tuple[int, int]

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 120.0, 32.0, 3.0
FAN_WIDTH, FAN_HEIGHT = 640.0, 300.0
FAN_TOP, FAN_BOTTOM, FAN_LEFT, FAN_RIGHT = 28.0, 34.0, 4.0, 6.0
YEARS_SHOWN = 5
MONTHS = 12
GRID_LINES = 4


@dataclass(frozen=True)
class Sparkline:
    """A small line in a box of ``width`` by ``height``; ``line``, ``area`` and ``base`` are SVG paths."""

    width: float
    height: float
    line: str
    area: str
    base: str
    first_month: date
    last_month: date
    highest: int
    highest_month: date | None


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands, what it stands for, how its text is anchored."""

    at: float
    value: float | date
    anchor: str = "middle"


@dataclass(frozen=True)
class Fan:
    """A fan chart in a box of ``width`` by ``height``: SVG paths and the ticks to write beside them."""

    width: float
    height: float
    baseline: float
    top: float
    left: float
    right: float
    history: str
    median: str
    band50: str
    band90: str
    origin: float
    years: tuple[Tick, ...]
    deaths: tuple[Tick, ...]


@dataclass(frozen=True)
class Year:
    """A calendar year's recorded deaths, month by month where observed."""

    year: int
    monthly: list[int]

    @property
    def months(self) -> int:
        """How many months were observed."""
        return len(self.monthly)

    @property
    def deaths(self) -> int:
        """All of the year's recorded deaths."""
        return sum(self.monthly)

    @property
    def is_whole(self) -> bool:
        """Whether all twelve months were observed."""
        return self.months == MONTHS


def sparkline(history: Sequence[MonthCount], months: int = 36) -> Sparkline | None:
    """The last ``months`` of a history as a small line; gaps stay where nobody looked.

    Each line has its own scale, from no death to its own highest month: it shows a course, and is not to
    be compared with its neighbours.
    """
    shown = list(history)[-months:]
    known = _known(shown)
    if not known:
        return None
    highest = max(deaths for _, deaths in known)
    step = (SPARK_WIDTH - 2 * SPARK_MARGIN) / max(1, len(shown) - 1)
    room = SPARK_HEIGHT - 2 * SPARK_MARGIN
    baseline = SPARK_HEIGHT - SPARK_MARGIN
    runs = [
        [(SPARK_MARGIN + i * step, baseline - room * deaths / max(1, highest)) for i, deaths in run]
        for run in _runs(known)
    ]
    return Sparkline(
        width=SPARK_WIDTH,
        height=SPARK_HEIGHT,
        line=" ".join(_line(run) for run in runs),
        area=" ".join(_area(run, baseline) for run in runs),
        base=_line([(SPARK_MARGIN, baseline), (SPARK_WIDTH - SPARK_MARGIN, baseline)]),
        first_month=shown[0].month,
        last_month=shown[-1].month,
        highest=highest,
        highest_month=next((m.month for m in shown if m.deaths == highest), None) if highest else None,
    )


def fan(outcome: OutcomeOutlook, years: int = YEARS_SHOWN) -> Fan | None:
    """The last ``years`` of recorded deaths, and the forecast's median with its 50 % and 90 % ranges.

    Where nothing is forecast, the recorded deaths stand alone.
    """
    history = recent(outcome.history, years)
    if not history:
        return None
    first, origin = history[0].month, history[-1].month
    end = outcome.fan[-1].month if outcome.fan else origin
    across = _Across(first, end)
    up = _Up(_top_of(history, outcome.fan))
    opening = _opening(history[-1], outcome.fan)
    known = _known(history)
    lines = [[(across(history[i].month), up(deaths)) for i, deaths in run] for run in _runs(known)]
    return Fan(
        width=FAN_WIDTH,
        height=FAN_HEIGHT,
        baseline=FAN_HEIGHT - FAN_BOTTOM,
        top=FAN_TOP,
        left=FAN_LEFT,
        right=FAN_WIDTH - FAN_RIGHT,
        history=" ".join(_line(line) for line in lines),
        median=_line([(across(p.month), up(p.median)) for p in opening]),
        band50=_band([(across(p.month), up(p.low50), up(p.high50)) for p in opening]),
        band90=_band([(across(p.month), up(p.low90), up(p.high90)) for p in opening]),
        origin=round(across(origin), 1),
        years=tuple(_year_ticks(first, end, across)),
        deaths=tuple(Tick(round(up(value), 1), value) for value in nice_steps(up.highest)),
    )


def recent(history: Sequence[MonthCount], years: int = YEARS_SHOWN) -> list[MonthCount]:
    """The last ``years`` of a history, month by month."""
    return list(history)[-12 * years :]


def nice_steps(highest: float, lines: int = GRID_LINES) -> list[float]:
    """Round figures from 0 to at least ``highest``, at most ``lines`` steps.

    A step is 1, 2, 2.5 or 5 times a power of ten, and whole.

    >>> nice_steps(87)
    [0, 25, 50, 75, 100]
    """
    step = 1.0
    while True:
        for factor in (1, 2, 2.5, 5):
            if factor * step * lines >= highest and (factor * step).is_integer():
                size = int(factor * step)
                return [size * i for i in range(lines + 1) if size * (i - 1) < highest]
        step *= 10


def map_data(outlook: RegionOutlook) -> dict[str, Any]:
    """What the map in the browser needs of each state, in the table's order, and its words."""
    words = {
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "two_fingers": _("Use two fingers to move the map"),
        "hold_ctrl": _("Hold Ctrl and scroll to zoom the map"),
        "hold_cmd": _("Hold ⌘ and scroll to zoom the map"),
    }
    label = _("Map: deaths expected in %(region)s") % {"region": outlook.region_name}
    return {"label": label, "words": words, "states": [_on_map(state) for state in outlook.states]}


def fan_data(outcome: OutcomeOutlook, label: str) -> dict[str, Any]:
    """The figures behind a fan chart, for the one drawn in the browser; deaths to one decimal."""
    history = recent(outcome.history)
    words = {
        "recorded": _("deaths recorded: {deaths}"),
        "not_observed": _("not observed"),
        "forecast": _("deaths expected: {median}, 9 times in 10 between {low} and {high}"),
        "help": _("Use the arrow keys to read it month by month."),
    }
    return {
        "label": label,
        "words": words,
        "history": [[m.month.isoformat(), m.deaths, month_name(m.month)] for m in history],
        "fan": [_figures(point) for point in outcome.fan],
        "origin": (history[-1].month if history else outcome.newest_month).isoformat(),
    }


def yearly(history: Sequence[MonthCount]) -> list[Year]:
    """Recorded deaths by calendar year, the newest first; a year counts the months that were observed."""
    by_year = groupby((m for m in history if m.deaths is not None), key=lambda m: m.month.year)
    years = [Year(year, [m.deaths or 0 for m in months]) for year, months in by_year]
    return years[::-1]


def hatched(state: StateOutlook) -> bool:
    """Whether a state's range is so wide that the map says so."""
    return state.ever_recorded and state.expected.is_wide


def fill_of(state: StateOutlook) -> str:
    """Which of the map's fills a state has."""
    return state.level.value if state.ever_recorded else "unrecorded"


class _Across:
    """Months to horizontal positions."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._step = (FAN_WIDTH - FAN_LEFT - FAN_RIGHT) / max(1, _months_between(first, last))

    def __call__(self, month: date) -> float:
        return FAN_LEFT + _months_between(self._first, month) * self._step


class _Up:
    """Deaths to vertical positions; ``highest`` is the axis' top."""

    def __init__(self, most: float) -> None:
        self.highest = nice_steps(most)[-1]

    def __call__(self, deaths: float) -> float:
        room = FAN_HEIGHT - FAN_TOP - FAN_BOTTOM
        return FAN_HEIGHT - FAN_BOTTOM - room * deaths / self.highest


def _top_of(history: Iterable[MonthCount], points: Iterable[FanPoint]) -> float:
    return max([1.0, *(m.deaths or 0 for m in history), *(p.high90 for p in points)])


def _opening(last: MonthCount, points: Sequence[FanPoint]) -> list[FanPoint]:
    if last.deaths is None or not points:
        return list(points)
    here = float(last.deaths)
    return [FanPoint(last.month, here, here, here, here, here), *points]


def _year_ticks(first: date, last: date, across: _Across) -> Iterator[Tick]:
    begins = date(first.year + (first.month > 1), 1, 1)
    for year in range(begins.year, last.year + 1):
        at = across(date(year, 1, 1))
        yield Tick(round(at, 1), date(year, 1, 1), "start" if at < FAN_WIDTH * 0.95 else "end")


def _known(history: Sequence[MonthCount]) -> list[Known]:
    return [(i, month.deaths) for i, month in enumerate(history) if month.deaths is not None]


def _runs(known: Sequence[Known]) -> list[list[Known]]:
    runs = [[known[0]]] if known else []
    for before, after in pairwise(known):
        if after[0] == before[0] + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(_pair(point) for point in points) if points else ""


def _area(points: Sequence[Point], baseline: float) -> str:
    (first, _), (last, _) = points[0], points[-1]
    return f"{_line(points)}L{_pair((last, baseline))}L{_pair((first, baseline))}Z"


def _band(edges: Sequence[tuple[float, float, float]]) -> str:
    upper = [(x, high) for x, _, high in edges]
    lower = [(x, low) for x, low, _ in reversed(edges)]
    return f"{_line([*upper, *lower])}Z" if edges else ""


def _pair(point: Point) -> str:
    x, y = _rounded(point)
    return f"{x:g},{y:g}"


def _rounded(point: Point) -> Point:
    return (round(point[0], 1), round(point[1], 1))


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def _on_map(state: StateOutlook) -> dict[str, Any]:
    return {
        "iso3": state.iso3,
        "name": state.name,
        "href": reverse("state", args=[state.iso3]),
        "fill": fill_of(state),
        "uncertain": hatched(state),
        "says": state_in_words(state),
    }


def _figures(point: FanPoint) -> list[str | float]:
    values = (point.median, point.low50, point.high50, point.low90, point.high90)
    return [point.month.isoformat(), *(round(value, 1) for value in values), month_name(point.month)]


for chart in (sparkline, fan, fan_data, fill_of, hatched, map_data, recent, yearly):
    register.filter(chart.__name__, chart)

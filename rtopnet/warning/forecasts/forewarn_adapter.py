"""The one place that speaks to forewarn: figures in, an outlook's numbers out; no Django, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import forewarn
import numpy as np
import polars as pl
from forewarn.contracts.errors import ForewarnError, NotEnoughHistoryError, UnusableInputError
from forewarn.contracts.forecasts import Forecast
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.ingest import holdings, recent_events
from forewarn.panel import country_month_panel, region_month_panel
from forewarn.pipelines import (
    DEFAULT_MODEL,
    forecast_countries,
    forecast_regions,
    ingest_country_month,
    ingest_ucdp_ged,
    skill_summary,
)

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.warning.forecasts.rules import Interval, Outcome, SkillSummary, Vintage

CODE_VERSION = f"forewarn {forewarn.__version__}"
BENCHMARK = "own-history-12"
STEPS = 36
DRAWS = 1000
NEXT_MONTHS = 3
QUANTILES = (0.5, 0.25, 0.75, 0.05, 0.95)
SKILL_YEARS = 5
SKILL_DRAWS = 500
STALE_MONTHS = 12
"""An outcome whose newest month is older than this, seen from the region's newest, is not forecast."""

Fan = list[list[float]]


class NothingToForecastError(RuleBrokenError):
    """The region has no figures from which an outlook could be made."""


@dataclass(frozen=True)
class StarterFile:
    """A data file of a region pack, to be read into the region's store."""

    path: Path
    holds: str
    outcome: str
    source: str
    vintage: str


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
    """A first-level region's last twelve months and what may come."""

    iso3: str
    name: str
    deaths: int
    events: int
    one_sided_events: int
    attack_probability: float | None


@dataclass(frozen=True)
class Outlook:
    """Everything one run computed."""

    origin: date
    model: str
    states: list[StateFigures]
    first_level: list[FirstLevelFigures]
    first_level_until: date | None
    skill: SkillSummary | None


@dataclass(frozen=True)
class _Expectations:
    fan: dict[str, Fan]
    next_months: dict[str, Interval]


def read_starter_file(file: StarterFile, *, store: Path) -> None:
    """Read one of the pack's data files into the region's store; a second time changes nothing."""
    if file.holds == "country_month":
        ingest_country_month(file.path, outcome=file.outcome, source=file.source, store=store)
    elif file.holds == "events":
        ingest_ucdp_ged([file.path], store=store)


def newest_month(store: Path) -> date:
    """The newest month with figures on all deaths.

    Raises:
        NothingToForecastError: there are none.
    """
    return _date(_panel(store, Outcome.ALL, ()).end)


def compute_outlook(store: Path, *, states: Sequence[str], origin: date | None, seed: int) -> Outlook:
    """Forecast every outcome for ``states`` (ISO3) from data up to ``origin``, by default the newest.

    States without any row are covered by the source and had no recorded death: they count as zeros.

    Raises:
        NothingToForecastError: the store is empty, or ends or begins too near the origin.
    """
    whole = _panel(store, Outcome.ALL, states)
    cut = whole.end if origin is None else _month(origin)
    if cut > whole.end:
        raise NothingToForecastError(
            f"there are no figures yet for {origin:%Y-%m}: the newest are {_date(whole.end):%Y-%m}"
        )
    try:
        figures = [row for outcome in Outcome for row in _outcome(store, outcome, states, cut, seed)]
        skill = _skill(whole.until(cut), seed)
        first_level, until = _first_level(store, states, cut, seed)
    except NotEnoughHistoryError as error:
        raise NothingToForecastError(str(error)) from error
    return Outlook(_date(cut), DEFAULT_MODEL, figures, first_level, until, skill)


def _panel(store: Path, outcome: Outcome, states: Sequence[str]) -> Panel:
    try:
        panel = country_month_panel(store, outcome=outcome.value)
    except UnusableInputError as error:
        raise NothingToForecastError(str(error)) from error
    return _with_all(panel, states) if states else panel


def _with_all(panel: Panel, states: Sequence[str]) -> Panel:
    rows = {unit: row for unit, row in zip(panel.units, panel.values, strict=True)}
    nothing = np.zeros(panel.values.shape[1])
    values = np.stack([rows.get(state, nothing) for state in sorted(states)])
    return Panel(tuple(sorted(states)), panel.start, values, panel.outcome)

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


def _outcome(
    store: Path, outcome: Outcome, states: Sequence[str], origin: Month, seed: int
) -> list[StateFigures]:
    try:
        panel = _panel(store, outcome, states)
    except NothingToForecastError:
        if outcome is Outcome.ALL:
            raise
        return []  # a region may hold figures on all deaths without their types
    known = panel.until(origin)
    if known.end < origin - STALE_MONTHS:
        return [_recorded_only(known, row, outcome) for row in range(len(known.units))]
    now = _expectations(known, known.end, DEFAULT_MODEL, seed)
    before = _expectations(known, Month(known.end - 1), DEFAULT_MODEL, seed)
    plain = _expectations(known, known.end, BENCHMARK, seed)
    return [
        replace(
            _recorded_only(known, row, outcome),
            fan=now.fan[unit],
            benchmark_fan=plain.fan[unit],
            expected=now.next_months[unit],
            previous_expected=before.next_months[unit],
            benchmark_expected=plain.next_months[unit],
        )
        for row, unit in enumerate(known.units)
    ]


def _recorded_only(panel: Panel, row: int, outcome: Outcome) -> StateFigures:
    history = [None if np.isnan(deaths) else round(deaths) for deaths in panel.values[row]]
    return StateFigures(panel.units[row], outcome, _date(panel.start), history, [], [], None, None, None)


def _expectations(panel: Panel, origin: Month, model: str, seed: int) -> _Expectations:
    forecast = forecast_countries(
        panel, origin=origin, steps=range(1, STEPS + 1), model=model, draws=DRAWS, seed=seed
    )
    fan = np.round(quantiles(forecast, QUANTILES), 2)
    # Months of violence come together, so the quarter's range is that of months that move as one:
    # the sum of the months' quantiles. Independent months would make it look narrower than it is.
    quarter = fan[:, :NEXT_MONTHS, :].sum(axis=1)
    return _Expectations(
        fan={unit: fan[row].tolist() for row, unit in enumerate(forecast.units)},
        next_months={
            unit: Interval(median=q[0], low=q[3], high=q[4])
            for unit, q in zip(forecast.units, quarter.tolist(), strict=True)
        },
    )


def _skill(panel: Panel, seed: int) -> SkillSummary | None:
    last = panel.end - SKILL_STEPS
    first = max(last - 12 * SKILL_YEARS + 1, panel.start + LEAST_SKILL_HISTORY)
    if first > last:
        return None
    found = skill_summary(
        panel,
        benchmark=BENCHMARK,
        origins=[Month(month) for month in range(first, last + 1)],
        steps=range(1, SKILL_STEPS + 1),
        draws=SKILL_DRAWS,
        seed=seed,
    )
    if not np.isfinite([found.ratio, found.ratio_low, found.ratio_high]).all():
        return None
    return SkillSummary(
        model=found.model,
        benchmark=found.benchmark,
        crps=found.crps_model,
        benchmark_crps=found.crps_benchmark,
        ratio=found.ratio,
        ratio_low=found.ratio_low,
        ratio_high=found.ratio_high,
        coverage_90=found.coverage_90,
        forecasts=found.n_forecasts,
        first_year=found.first_year,
        last_year=found.last_year,
    )


def _first_level(
    store: Path, states: Sequence[str], origin: Month, seed: int
) -> tuple[list[FirstLevelFigures], date | None]:
    rows: list[FirstLevelFigures] = []
    until: Month | None = None
    for state in states:
        try:
            panels = {o: region_month_panel(store, country=state, outcome=o.value) for o in Outcome}
        except UnusableInputError:
            continue  # no events of this state are loaded
        cut = Month(min(origin, panels[Outcome.ALL].end))
        rows += _regions_of(state, {o: p.until(cut) for o, p in panels.items()}, cut, origin, seed)
        until = max(until or cut, cut)
    return rows, _date(until) if until is not None else None


def _regions_of(
    state: str, panels: dict[Outcome, Panel], cut: Month, origin: Month, seed: int
) -> list[FirstLevelFigures]:
    whole, attacks = panels[Outcome.ALL], panels[Outcome.ONE_SIDED]
    chances = _attack_chances(panels, cut, seed) if cut >= origin - STALE_MONTHS else {}
    return [
        FirstLevelFigures(
            iso3=state,
            name=unit.split(":", 1)[1],
            deaths=int(np.nansum(whole.values[row, -12:])),
            attack_months=int((np.nan_to_num(attacks.values[row, -12:]) > 0).sum()),
            attack_probability=chances.get(unit),
        )
        for row, unit in enumerate(whole.units)
    ]


def _attack_chances(panels: dict[Outcome, Panel], cut: Month, seed: int) -> dict[str, float]:
    try:
        found = forecast_regions(
            panels[Outcome.ONE_SIDED],
            panels[Outcome.STATE_BASED],
            origin=cut,
            steps=range(1, NEXT_MONTHS + 1),
            draws=DRAWS,
            seed=seed,
        )
    except NotEnoughHistoryError:
        return {}
    any_attack = found.draws.max(axis=1).mean(axis=1)
    return dict(zip(found.units, (round(float(p), 3) for p in any_attack), strict=True))


def _date(month: Month) -> date:
    return date(*_year_and_month(month), 1)


def _year_and_month(month: Month) -> tuple[int, int]:
    return month // 12, month % 12 + 1


def _month(day: date) -> Month:
    return Month(12 * day.year + day.month - 1)

"""Figures in, an outlook's numbers out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from forewarn.contracts.errors import ForewarnError, NotEnoughHistoryError, UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.ingest import Holding, holdings, recent_events
from forewarn.ingest.countries import country_unit
from forewarn.ingest.registry import sources
from forewarn.models.registry import DEFAULT_MODEL
from forewarn.panel import region_month_panel
from forewarn.pipelines import forecast_countries, quantiles, skill_summary
from forewarn.pipelines.ingestion import ingest_files

import forewarn
from rtopnet.warning.forecasts.forewarn_adapter.cards import cards
from rtopnet.warning.forecasts.forewarn_adapter.explaining import (
    chances_of,
    explained_regions,
    explained_states,
)
from rtopnet.warning.forecasts.forewarn_adapter.figures import (
    NEXT_MONTHS,
    Figures,
    date_of,
    is_recent,
    month_of,
    panel_of,
)
from rtopnet.warning.forecasts.rules import (
    ComputedOutlook,
    EarlierRun,
    Fan,
    FirstLevelFigures,
    FirstLevelRow,
    Interval,
    NothingToForecastError,
    Outcome,
    Provenance,
    RecentEvent,
    SkillSummary,
    StarterFile,
    StateFigures,
    Vintage,
)

READABLE = {"country_month": "country-month", "events": "ucdp-ged"}
"""What a region pack's file may hold that is read into the store, and by which source of forewarn."""

BENCHMARK = "own-history-12"
STEPS = 36
DRAWS = 1000
QUANTILES = (0.5, 0.25, 0.75, 0.05, 0.95)
EVENTS_SHOWN, EVENTS_SEARCHED = 20, 2000
SKILL_YEARS, SKILL_STEPS, SKILL_DRAWS = 5, 6, 500
LEAST_SKILL_HISTORY = 60
"""Months that must lie before the first origin of the look at past skill."""


@dataclass(frozen=True)
class _Expectations:
    fan: dict[str, Fan]
    next_months: dict[str, Interval]


def read_starter_file(file: StarterFile, *, store: Path) -> None:
    """Read one of a pack's data files into the region's store; a second time changes nothing.

    Raises:
        NothingToForecastError: the file is unusable; the message names the place and the reason.
    """
    source = sources()[READABLE[file.holds]]
    about = file.provenance
    table = {
        "outcome": file.outcome,
        "source": f"{about.source}, {about.version}",
        "licence": about.licence,
        "citation": about.citation,
    }
    # A pack's events speak of all its states: where they name none, nothing happened.
    settings = table if file.holds == "country_month" else {"scope": "world"}
    try:
        ingest_files(source, [file.path], store=store, settings=settings)
    except ForewarnError as error:
        raise NothingToForecastError(str(error)) from error


def compute_outlook(
    store: Path,
    *,
    states: Mapping[str, int],
    origin: date | None,
    seed: int,
    provenance: Mapping[str, Provenance],
    earlier: Sequence[EarlierRun] = (),
) -> ComputedOutlook:
    """Forecast every outcome for ``states`` from data up to ``origin``, by default the newest month.

    States without any row are covered by the source and had no recorded death: they count as zeros.

    Args:
        store: the region's folder of figures.
        states: ISO3 codes with UCDP's (Gleditsch and Ward's) numbers.
        origin: first day of the last month to be used.
        seed: of the random numbers; the same figures and seed give the same outlook.
        provenance: where files come from, by their SHA-256, where more is known than the store holds.
        earlier: runs to compare with, the newest first; the newest from an earlier month is taken.

    Raises:
        NothingToForecastError: the store is empty, or ends or begins too near the origin.
    """
    figures = Figures(store, states, Month(0), seed)
    whole = panel_of(figures, Outcome.ALL)
    cut = whole.end if origin is None else month_of(origin)
    if not whole.start < cut <= whole.end:
        asked, first, last = (f"{date_of(month):%Y-%m}" for month in (cut, whole.start, whole.end))
        raise NothingToForecastError(f"no outlook from {asked}: the figures run from {first} to {last}")
    figures = replace(figures, origin=cut)
    since = next((run for run in earlier if month_of(run.origin) < cut), None)
    try:
        regions = explained_regions(figures, since)
        first_level, until = _first_level(figures, chances_of(regions))
        return ComputedOutlook(
            origin=date_of(cut),
            model=DEFAULT_MODEL,
            benchmark=BENCHMARK,
            steps=STEPS,
            draws=DRAWS,
            seed=seed,
            code_version=f"forewarn {forewarn.__version__}",
            states=[row for outcome in Outcome for row in _outcome(figures, outcome)],
            first_level=first_level,
            first_level_until=until,
            events=_events(figures),
            vintages=[v for held in holdings(store) for v in _vintages(held, provenance.get(held.sha256))],
            skill=_skill(whole.until(cut), seed),
            explained=[*explained_states(figures, since), *regions],
            cards=cards(figures, whole),
            data_as_of=max(held.fetched_at for held in holdings(store)),
        )
    except NotEnoughHistoryError as error:
        raise NothingToForecastError(str(error)) from error


def _outcome(figures: Figures, outcome: Outcome) -> list[StateFigures]:
    try:
        panel = panel_of(figures, outcome)
    except NothingToForecastError:
        if outcome is Outcome.ALL:
            raise
        return []  # a region may hold figures on all deaths without their types
    known = panel.until(figures.origin)
    if not is_recent(known.end, figures):
        return [_recorded_only(known, row, outcome) for row in range(len(known.units))]
    now = _expectations(known, known.end, DEFAULT_MODEL, figures.seed)
    before = _expectations(known, Month(known.end - 1), DEFAULT_MODEL, figures.seed)
    plain = _expectations(known, known.end, BENCHMARK, figures.seed)
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
    return StateFigures(panel.units[row], outcome, date_of(panel.start), history, [], [], None, None, None)


def _expectations(panel: Panel, origin: Month, model: str, seed: int) -> _Expectations:
    forecast = forecast_countries(
        panel, origin=origin, steps=range(1, STEPS + 1), model=model, draws=DRAWS, seed=seed
    )
    fan = np.round(quantiles(forecast, QUANTILES), 2)
    # A draw is a path through the months, so the quarter is summed draw by draw.
    quarter = np.quantile(forecast.draws[:, :NEXT_MONTHS].sum(axis=1), (0.5, 0.05, 0.95), axis=-1).T
    return _Expectations(
        fan={unit: fan[row].tolist() for row, unit in enumerate(forecast.units)},
        next_months={
            unit: Interval(median, low, high)
            for unit, (median, low, high) in zip(forecast.units, quarter.round(1).tolist(), strict=True)
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
    figures: Figures, chances: Mapping[tuple[str, str], float]
) -> tuple[list[FirstLevelFigures], date | None]:
    try:
        everywhere = {
            outcome: region_month_panel(figures.store, country=None, outcome=outcome.value)
            for outcome in Outcome
        }
    except UnusableInputError:
        return [], None  # no events are loaded
    rows: list[FirstLevelFigures] = []
    ends: list[Month] = []
    for state, number in sorted(figures.states.items()):
        prefix = f"{country_unit(number)}:"
        panels = {outcome: _regions_within(panel, prefix) for outcome, panel in everywhere.items()}
        if panels[Outcome.ALL].units:
            known = {outcome: panel.until(figures.origin) for outcome, panel in panels.items()}
            ends.append(known[Outcome.ALL].end)
            rows += _regions_of(state, known, chances)
    return rows, date_of(max(ends)) if ends else None


def _regions_within(panel: Panel, prefix: str) -> Panel:
    """The first-level regions of one country."""
    rows = [row for row, unit in enumerate(panel.units) if unit.startswith(prefix)]
    return replace(panel, units=tuple(panel.units[row] for row in rows), values=panel.values[rows])


def _regions_of(
    state: str, panels: dict[Outcome, Panel], chances: Mapping[tuple[str, str], float]
) -> list[FirstLevelFigures]:
    whole, attacks = panels[Outcome.ALL], panels[Outcome.ONE_SIDED]
    return [
        FirstLevelFigures(
            state,
            FirstLevelRow(
                name=name,
                deaths_12_months=int(np.nansum(whole.values[row, -12:])),
                attack_months_12=int((np.nan_to_num(attacks.values[row, -12:]) > 0).sum()),
                attack_probability=chances.get((state, name)),
            ),
        )
        for row, name in enumerate(unit.split(":", 1)[1] for unit in whole.units)
    ]


def _events(figures: Figures) -> list[tuple[str, RecentEvent]]:
    found: list[tuple[str, RecentEvent]] = []
    ends = date_of(Month(figures.origin + 1))
    for state, number in sorted(figures.states.items()):
        frame = recent_events(figures.store, country=country_unit(number), limit=EVENTS_SEARCHED)
        known = (row for row in frame.iter_rows(named=True) if row["date_end"] < ends)
        found += [(state, _event(row)) for row in islice(known, EVENTS_SHOWN)]
    return found


def _event(row: dict[str, Any]) -> RecentEvent:
    return RecentEvent(
        event_id=str(row["id"]),
        starts_on=row["date_start"],
        ends_on=row["date_end"],
        date_precision=row["date_prec"],
        place=row["place"] or "",
        region=row["adm_1"] or "",
        place_precision=row["where_prec"],
        outcome=Outcome(row["type"]),
        best=row["best"],
        low=row["low"],
        high=row["high"],
        side_a=row["side_a"] or "",
        side_b=row["side_b"] or "",
        source=row["source"],
        version=row["version"],
    )


def _vintages(held: Holding, known: Provenance | None) -> list[Vintage]:
    if held.last_month is None:
        return []
    about = known or Provenance(held.source, held.version, "", held.licence, held.citation)
    outcome = Outcome(held.outcome) if held.outcome else Outcome.ALL
    return [Vintage(**asdict(about), newest_month=date_of(held.last_month), outcome=outcome)]

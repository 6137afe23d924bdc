"""Verbs of the outlook: take in a pack's starter figures, compute an outlook and keep it."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from rtopnet.audit.public import record_deed
from rtopnet.kernel.clock import now
from rtopnet.network.public import (
    PackSource,
    RegionPack,
    RegionSummary,
    StateSummary,
    sources_of_pack,
    states_of,
)
from rtopnet.warning.forecasts.models import (
    FirstLevelFigure,
    ForecastExplanation,
    OutlookRun,
    RecordedEvent,
    StateForecast,
)
from rtopnet.warning.forecasts.queries import earlier_runs
from rtopnet.warning.forecasts.rules import (
    ComputedOutlook,
    ExplainedFigures,
    Interval,
    Provenance,
    RecentEvent,
    StarterFile,
    Vintage,
)

SEED = 20050916
"""Fixed, so that the same figures give the same outlook; the day the World Summit's outcome was agreed."""

Tell = Callable[[str], None]


def store_of(slug: str) -> Path:
    """The folder of a region's figures."""
    folder: Path = settings.STORE_FOLDER / slug
    return folder


def read_starter_figures(pack: RegionPack, *, tell: Tell) -> None:
    """Read the pack's events and monthly figures into its region's store; what is there already stays."""
    from rtopnet.warning.forecasts import forewarn_adapter  # heavy, and pages do without it

    for source in pack.sources:
        if source.holds in forewarn_adapter.READABLE:
            tell(f"  {pack.region.slug}: {source.file}")
            file = StarterFile(pack.path(source), source.holds, source.outcome, _provenance(source))
            forewarn_adapter.read_starter_file(file, store=store_of(pack.region.slug))


def run_outlook(*, region: RegionSummary, origin: date | None = None, tell: Tell = lambda _: None) -> UUID:
    """Compute the region's outlook from data up to ``origin`` (by default the newest) and keep it as newest.

    Raises:
        NothingToForecastError: there are no figures, or none up to ``origin``.
    """
    from rtopnet.warning.forecasts.forewarn_adapter import compute_outlook  # as above

    tell(f"Computing the outlook of {region.slug} …")
    codes = {state.iso3: state.gw_id for state in states_of(region.id)}
    known = {source.sha256: _provenance(source) for source in sources_of_pack(region.slug)}
    outlook = compute_outlook(
        store_of(region.slug),
        states=codes,
        origin=origin,
        seed=SEED,
        provenance=known,
        earlier=earlier_runs(region),
    )
    return keep_outlook(region=region, outlook=outlook)


def _provenance(source: PackSource) -> Provenance:
    return Provenance(
        source=source.name,
        version=source.vintage,
        publisher=source.publisher,
        licence=source.licence,
        citation="; ".join(source.citations),
        invented=source.invented,
    )


def keep_outlook(*, region: RegionSummary, outlook: ComputedOutlook) -> UUID:
    """Keep a computed outlook as the region's newest."""
    states = {state.iso3: state for state in states_of(region.id)}
    run = _keep_run(region, outlook)
    _keep_states(run, states, outlook)
    _keep_first_level(run, states, outlook)
    _keep_events(run, states, outlook.events)
    _keep_explanations(run, states, outlook.explained)
    record_deed(
        verb="computed",
        kind="forecasts.outlook_run",
        subject=run.pk,
        region=region.id,
        detail={"origin": f"{outlook.origin:%Y-%m}", "model": outlook.model, "seed": outlook.seed},
    )
    return run.pk


def _keep_run(region: RegionSummary, outlook: ComputedOutlook) -> OutlookRun:
    return OutlookRun.objects.create(
        region_id=region.id,
        origin=outlook.origin,
        computed_at=now(),
        model=outlook.model,
        benchmark=outlook.benchmark,
        seed=outlook.seed,
        draws=outlook.draws,
        steps=outlook.steps,
        code_version=outlook.code_version,
        vintages=[_vintage_entry(vintage) for vintage in outlook.vintages],
        skill=asdict(outlook.skill) if outlook.skill else None,
        regions_until=outlook.first_level_until,
        data_as_of=outlook.data_as_of,
        cards=outlook.cards,
    )


def _vintage_entry(vintage: Vintage) -> dict[str, Any]:
    return asdict(vintage) | {
        "newest_month": vintage.newest_month.isoformat(),
        "outcome": vintage.outcome.value,
    }


def _keep_states(run: OutlookRun, states: dict[str, StateSummary], outlook: ComputedOutlook) -> None:
    StateForecast.objects.bulk_create(
        StateForecast(
            run=run,
            region_id=run.region_id,
            state_id=states[row.iso3].id,
            outcome=row.outcome.value,
            first_month=row.first_month,
            history=row.history,
            fan=row.fan,
            benchmark_fan=row.benchmark_fan,
            expected=_numbers(row.expected),
            previous_expected=_numbers(row.previous_expected),
            benchmark_expected=_numbers(row.benchmark_expected),
        )
        for row in outlook.states
    )


def _keep_first_level(run: OutlookRun, states: dict[str, StateSummary], outlook: ComputedOutlook) -> None:
    FirstLevelFigure.objects.bulk_create(
        FirstLevelFigure(
            run=run, region_id=run.region_id, state_id=states[figures.iso3].id, **asdict(figures.row)
        )
        for figures in outlook.first_level
    )


def _keep_events(
    run: OutlookRun, states: dict[str, StateSummary], events: Iterable[tuple[str, RecentEvent]]
) -> None:
    RecordedEvent.objects.bulk_create(
        RecordedEvent(
            run=run,
            region_id=run.region_id,
            state_id=states[iso3].id,
            first_level=event.region,
            **{key: value for key, value in asdict(event).items() if key != "region"},
        )
        for iso3, event in events
    )


def _keep_explanations(
    run: OutlookRun, states: dict[str, StateSummary], explained: Iterable[ExplainedFigures]
) -> None:
    ForecastExplanation.objects.bulk_create(
        ForecastExplanation(
            run=run,
            region_id=run.region_id,
            state_id=states[each.iso3].id,
            outcome=each.outcome,
            place=each.place,
            told=each.told,
        )
        for each in explained
    )


def _numbers(interval: Interval | None) -> list[float] | None:
    return [interval.median, interval.low, interval.high] if interval else None

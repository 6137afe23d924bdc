"""Verbs of the outlook: take in a pack's starter figures, compute an outlook and keep it."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from rtopnet.audit.public import record_deed
from rtopnet.kernel.clock import now
from rtopnet.network.public import RegionPack, RegionSummary, StateSummary, states_of
from rtopnet.warning.forecasts import forewarn_adapter as adapter
from rtopnet.warning.forecasts.models import (
    FirstLevelFigure,
    OutlookRun,
    RecordedEvent,
    StateForecast,
)
from rtopnet.warning.forecasts.rules import Interval

SEED = 20050916
"""Fixed, so that the same figures give the same outlook; the day the World Summit's outcome was agreed."""

EVENTS_SHOWN = 20

Tell = Callable[[str], None]


def store_of(slug: str) -> Path:
    """The folder of a region's figures."""
    folder: Path = settings.STORE_FOLDER / slug
    return folder


def read_starter_figures(pack: RegionPack, *, tell: Tell) -> None:
    """Read the pack's events and monthly figures into its region's store; what is there already stays."""
    for source in pack.sources:
        if source.holds in adapter.STARTER_KINDS:
            tell(f"  {pack.region.slug}: {source.file}")
            file = adapter.StarterFile(
                path=pack.path(source),
                holds=source.holds,
                outcome=source.outcome,
                source=source.name,
                publisher=source.publisher,
                licence=source.licence,
                citation="; ".join(source.citations),
                vintage=source.vintage,
                invented=source.invented,
            )
            adapter.read_starter_file(file, store=store_of(pack.region.slug))


def run_outlook(*, region: RegionSummary, origin: date | None = None, tell: Tell = lambda _: None) -> UUID:
    """Compute the region's outlook from data up to ``origin`` (by default the newest) and keep it as newest.

    Raises:
        NothingToForecastError: there are no figures, or none up to ``origin``.
    """
    states = states_of(region.id)
    store = store_of(region.slug)
    tell(f"Computing the outlook of {region.slug} …")
    outlook = adapter.compute_outlook(store, states=[s.iso3 for s in states], origin=origin, seed=SEED)
    run = _keep_run(region, outlook, adapter.vintages(store))
    by_code = {state.iso3: state for state in states}
    _keep_states(run, by_code, outlook)
    _keep_first_level(run, by_code, outlook)
    _keep_events(run, by_code, adapter.events(store, by_code, until=outlook.origin, limit=EVENTS_SHOWN))
    record_deed(
        verb="computed",
        kind="forecasts.outlook_run",
        subject=run.pk,
        region=region.id,
        detail={"origin": f"{outlook.origin:%Y-%m}", "model": outlook.model, "seed": SEED},
    )
    return run.pk


def _keep_run(
    region: RegionSummary, outlook: adapter.Outlook, vintages: Iterable[adapter.Vintage]
) -> OutlookRun:
    return OutlookRun.objects.create(
        region_id=region.id,
        origin=outlook.origin,
        computed_at=now(),
        model=outlook.model,
        benchmark=adapter.BENCHMARK,
        seed=SEED,
        draws=adapter.DRAWS,
        steps=adapter.STEPS,
        code_version=adapter.CODE_VERSION,
        vintages=[
            asdict(v) | {"newest_month": v.newest_month.isoformat(), "outcome": v.outcome.value}
            for v in vintages
        ],
        skill=asdict(outlook.skill) if outlook.skill else None,
        regions_until=outlook.first_level_until,
    )


def _keep_states(run: OutlookRun, states: dict[str, StateSummary], outlook: adapter.Outlook) -> None:
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


def _keep_first_level(run: OutlookRun, states: dict[str, StateSummary], outlook: adapter.Outlook) -> None:
    FirstLevelFigure.objects.bulk_create(
        FirstLevelFigure(
            run=run,
            region_id=run.region_id,
            state_id=states[row.iso3].id,
            name=row.name,
            deaths_12_months=row.deaths,
            events_12_months=row.events,
            one_sided_events_12_months=row.one_sided_events,
            attack_probability=row.attack_probability,
        )
        for row in outlook.first_level
    )


def _keep_events(
    run: OutlookRun, states: dict[str, StateSummary], events: Iterable[tuple[str, adapter.RecentEvent]]
) -> None:
    RecordedEvent.objects.bulk_create(
        RecordedEvent(
            run=run,
            region_id=run.region_id,
            state_id=states[iso3].id,
            first_level=event.region,
            **{k: v for k, v in asdict(event).items() if k != "region"},
        )
        for iso3, event in events
    )


def _numbers(interval: Interval | None) -> list[float] | None:
    return [interval.median, interval.low, interval.high] if interval else None

"""What the outlook's pages show, as frozen values in the reader's language."""

from datetime import date
from typing import Any

from rtopnet.kernel.clock import today
from rtopnet.network.public import RegionSummary, name_in
from rtopnet.warning.forecasts.models import FirstLevelFigure, OutlookRun, RecordedEvent, StateForecast
from rtopnet.warning.forecasts.queries.explained import card_tasks, explanations
from rtopnet.warning.forecasts.rules import (
    EarlierRun,
    FanPoint,
    FirstLevelRow,
    Interval,
    MonthCount,
    Outcome,
    OutcomeOutlook,
    RecentEvent,
    RegionOutlook,
    SkillSummary,
    StateOutlook,
    StatePage,
    Vintage,
    direction_of,
    first_missing_month,
    level_of,
    months_after,
)

MONTHS_IN_SPARKLINE = 36
MONTHS_IN_FAN, MONTHS_IN_FILE = 12, 36
NEXT_MONTHS = 3


def newest_run(region: RegionSummary) -> OutlookRun | None:
    """The region's latest outlook, if one was computed and the reader may see it."""
    return OutlookRun.objects.filter(region_id=region.id).order_by("-computed_at").first()


def earlier_runs(region: RegionSummary) -> list[EarlierRun]:
    """The runs before a new one, the newest first, as far as it is known what they were made from."""
    runs = OutlookRun.objects.filter(region_id=region.id).exclude(data_as_of="").order_by("-computed_at")
    return [EarlierRun(*kept) for kept in runs.values_list("origin", "data_as_of")]


def region_outlook(*, region: RegionSummary, language: str) -> RegionOutlook | None:
    """The region's outlook, states in alphabetical order of their names in ``language``."""
    run = newest_run(region)
    if run is None:
        return None
    whole = StateForecast.objects.filter(run=run, outcome=Outcome.ALL).select_related("state")
    rows = whole.defer("fan", "benchmark_fan")  # long, and not shown here
    states = sorted((_state_outlook(row, language) for row in rows), key=lambda s: s.name)
    vintages = _vintages(run)
    return RegionOutlook(
        region_slug=region.slug,
        region_name=region.name(language),
        is_exercise=region.is_exercise,
        origin=run.origin,
        first_month=months_after(run.origin, 1),
        last_month=months_after(run.origin, NEXT_MONTHS),
        computed_at=run.computed_at,
        model=run.model,
        code_version=run.code_version,
        vintages=vintages,
        missing_month=first_missing_month(run.origin, today()),
        skill=_skill(run),
        states=tuple(states),
    )


def state_page(
    *, region: RegionSummary, iso3: str, language: str, months_ahead: int = MONTHS_IN_FAN
) -> StatePage | None:
    """Everything on one state's page, or None where the region has no such state or no outlook."""
    run = newest_run(region)
    if run is None:
        return None
    others = _other_states(run, iso3, language)
    rows = list(StateForecast.objects.filter(run=run, state__iso3=iso3).select_related("state"))
    whole = next((row for row in rows if row.outcome == Outcome.ALL), None)
    if whole is None:
        return None
    state = _state_outlook(whole, language)
    why, why_regions = explanations(run, iso3, {**dict(others), iso3: state.name})
    return StatePage(
        region_slug=region.slug,
        region_name=region.name(language),
        is_exercise=region.is_exercise,
        state=state,
        origin=run.origin,
        computed_at=run.computed_at,
        model=run.model,
        outcomes=tuple(_outcome(run, row, months_ahead) for row in _in_order(rows)),
        regions=_first_level(run, iso3),
        regions_until=run.regions_until,
        events=_events(run, iso3),
        vintages=_vintages(run),
        skill=_skill(run),
        missing_month=first_missing_month(run.origin, today()),
        other_states=others,
        why=why,
        why_regions=why_regions,
        card_tasks=card_tasks(run, iso3),
    )


def _in_order(rows: list[StateForecast]) -> list[StateForecast]:
    order = list(Outcome)
    return sorted(rows, key=lambda row: order.index(Outcome(row.outcome)))


def _state_outlook(row: StateForecast, language: str) -> StateOutlook:
    expected = _interval(row.expected) or Interval(0, 0, 0)
    previous = _interval(row.previous_expected)
    return StateOutlook(
        iso3=row.state.iso3,
        name=name_in(row.state.names, language),
        level=level_of(expected),
        previous_level=level_of(previous) if previous else None,
        direction=direction_of(expected, previous),
        expected=expected,
        previous_expected=previous,
        history=_history(row, last=MONTHS_IN_SPARKLINE),
        ever_recorded=any(row.history),
        observed_since=row.first_month,
    )


def _outcome(run: OutlookRun, row: StateForecast, months_ahead: int) -> OutcomeOutlook:
    newest = months_after(row.first_month, len(row.history) - 1)
    return OutcomeOutlook(
        outcome=Outcome(row.outcome),
        history=_history(row),
        fan=_fan(newest, row.fan[:months_ahead]),
        expected=_interval(row.expected),
        benchmark_name=run.benchmark,
        benchmark=_interval(row.benchmark_expected),
        benchmark_fan=_fan(newest, row.benchmark_fan[:months_ahead]),
        newest_month=newest,
    )


def _history(row: StateForecast, *, last: int | None = None) -> tuple[MonthCount, ...]:
    begins = max(0, len(row.history) - last) if last else 0
    counts = enumerate(row.history[begins:], start=begins)
    return tuple(MonthCount(months_after(row.first_month, place), deaths) for place, deaths in counts)


def _fan(newest: date, steps: list[list[float]]) -> tuple[FanPoint, ...]:
    numbered = enumerate(steps, start=1)
    return tuple(FanPoint(months_after(newest, step), *numbers) for step, numbers in numbered)


def _interval(numbers: list[float] | None) -> Interval | None:
    return Interval(*numbers) if numbers else None


def _skill(run: OutlookRun) -> SkillSummary | None:
    return SkillSummary(**run.skill) if run.skill else None


def _vintages(run: OutlookRun) -> tuple[Vintage, ...]:
    return tuple(_vintage(entry) for entry in run.vintages)


def _vintage(entry: dict[str, Any]) -> Vintage:
    newest = date.fromisoformat(entry["newest_month"])
    return Vintage(**entry | {"newest_month": newest, "outcome": Outcome(entry["outcome"])})


def _first_level(run: OutlookRun, iso3: str) -> tuple[FirstLevelRow, ...]:
    rows = FirstLevelFigure.objects.filter(run=run, state__iso3=iso3).order_by("name")
    return tuple(
        FirstLevelRow(
            row.name,
            row.deaths_12_months,
            row.attack_months_12,
            row.attack_probability,
        )
        for row in rows
    )


def _events(run: OutlookRun, iso3: str) -> tuple[RecentEvent, ...]:
    rows = RecordedEvent.objects.filter(run=run, state__iso3=iso3).order_by("-ends_on", "event_id")
    return tuple(
        RecentEvent(
            event_id=row.event_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            date_precision=row.date_precision,
            place=row.place,
            region=row.first_level,
            place_precision=row.place_precision,
            outcome=Outcome(row.outcome),
            best=row.best,
            low=row.low,
            high=row.high,
            side_a=row.side_a,
            side_b=row.side_b,
            source=row.source,
            version=row.version,
        )
        for row in rows
    )


def _other_states(run: OutlookRun, iso3: str, language: str) -> tuple[tuple[str, str], ...]:
    rows = StateForecast.objects.filter(run=run, outcome=Outcome.ALL).exclude(state__iso3=iso3)
    found = rows.values_list("state__iso3", "state__names")
    return tuple(sorted(((code, name_in(names, language)) for code, names in found), key=lambda s: s[1]))

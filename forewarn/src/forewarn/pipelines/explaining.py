"""Explanations of forecasts made from panels in memory, as the forecasts themselves are."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from forewarn.contracts.errors import NotEnoughHistoryError, UnknownModelError
from forewarn.contracts.explanations import BehindEvent, Change, Drivers, Explanation
from forewarn.contracts.forecasts import FittedModel
from forewarn.contracts.months import Month
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.panels import Panel
from forewarn.contracts.regions import ATTACK_MONTHS, FittedAttackModel, RegionHistory
from forewarn.explain.attacks import attack_alternatives, attack_drivers, attack_past
from forewarn.explain.changes import what_changed
from forewarn.explain.counts import (
    count_alternatives,
    count_drivers,
    count_past,
    drawn_months,
    expected_deaths,
)
from forewarn.explain.events import events_behind
from forewarn.explain.neighbours import nearest_situations
from forewarn.explain.onsets import nearest_country_years, onset_alternatives, onset_drivers
from forewarn.models.onset_models import LearnedOnset
from forewarn.models.registry import DEFAULT_MODEL, attack_models, make_model, onset_models
from forewarn.panel.regions import region_name
from forewarn.pipelines.checks import checked_steps, history_until

Events = Callable[[str, Drivers], Mapping[str, tuple[BehindEvent, ...]]]
"""The events behind a unit's drivers."""


def no_events(unit: str, drivers: Drivers) -> Mapping[str, tuple[BehindEvent, ...]]:  # noqa: ARG001 -- an Events
    """Where no events are at hand."""
    return {}


def explain_countries(
    panel: Panel,
    *,
    origin: Month,
    steps: Sequence[int],
    model: str = DEFAULT_MODEL,
    units: Sequence[str] | None = None,
    events: Events = no_events,
) -> list[Explanation]:
    """Explain the expected deaths of all the steps together, from the months up to and including ``origin``.

    Args:
        panel: deaths by unit and month.
        origin: the last month used.
        steps: months ahead, taken together.
        model: a registered name.
        units: whom to explain; everybody by default.
        events: finds the events behind drivers.

    Raises:
        NotEnoughHistoryError: the panel ends before the origin, or begins too late for the model.
        UnknownModelError: no model has that name, or it cannot be taken apart.
        UnusableInputError: a step is out of range.
    """
    ahead = checked_steps(steps)
    history = history_until(panel, origin, draws=1)
    fitted = make_model(model).fit(history)
    drivers = count_drivers(fitted, history, ahead)
    months = drawn_months(fitted, history, ahead)
    nearest = nearest_situations(count_past(history), months_ahead=max(ahead))
    outputs = expected_deaths(fitted, history, ahead)
    return [
        Explanation(
            unit=unit,
            outcome=panel.outcome,
            model=model,
            origin=origin,
            steps=ahead,
            output=float(outputs[row]),
            drivers=drivers[row],
            months=months[row],
            nearest=tuple(nearest[row]),
            alternatives=count_alternatives(fitted, history, ahead, row, drivers[row]),
            events=dict(events(unit, drivers[row])),
        )
        for row, unit in enumerate(history.units)
        if units is None or unit in units
    ]


def explain_attacks(
    history: RegionHistory,
    *,
    origin: Month,
    model: str = attack_models.default,
    units: Sequence[str] | None = None,
    events: Events = no_events,
) -> list[Explanation]:
    """Explain the risk of an attack on civilians within three months in a country's first-level regions.

    Arguments and errors as ``explain_countries``; the outcome's span is three months.
    """
    so_far = history.until(origin)
    fitted = attack_models.make(model).fit(so_far)
    risks, drivers = fitted.risk(so_far), attack_drivers(fitted, so_far)
    alternatives = attack_alternatives(fitted, so_far, drivers)
    nearest = nearest_situations(attack_past(so_far), months_ahead=ATTACK_MONTHS)
    return [
        Explanation(
            unit=unit,
            outcome="any_one_sided",
            model=model,
            origin=origin,
            steps=tuple(range(1, ATTACK_MONTHS + 1)),
            output=float(risks[row]),
            drivers=drivers[row],
            months=(),
            nearest=tuple(nearest[row]),
            alternatives=alternatives[row],
            events=dict(events(unit, drivers[row])),
        )
        for row, unit in enumerate(so_far.units)
        if units is None or unit in units
    ]


def explain_onsets(
    table: CountryYears, *, year: int, model: str = onset_models.default, units: Sequence[str] | None = None
) -> list[Explanation]:
    """Explain the risk that a mass killing begins within a year, from what was known at the end of ``year``.

    Raises:
        NotEnoughHistoryError: the table has no row of that year, or there is too little to learn from.
        UnknownModelError: no model has that name.
    """
    known = table.as_known_at_the_end_of(year)
    if not (known.year == year).any():
        raise NotEnoughHistoryError(f"the table has no row of {year} to forecast from")
    fitted = _learned(model).fit(known)
    now = fitted.newest_rows(known)
    countries = known.rows(known.year == year).country
    risks, drivers = fitted.one_year(now), onset_drivers(fitted, now, table.columns)
    return [
        Explanation(
            unit=country,
            outcome="mk_onset",
            model=model,
            origin=Month(12 * year + 11),
            steps=(12,),
            output=float(risks[row]),
            drivers=drivers[row],
            months=(),
            nearest=tuple(nearest_country_years(known, now[row], country=country)),
            alternatives=onset_alternatives(fitted, now[row], table.columns, drivers[row]),
            events={},
        )
        for row, country in enumerate(countries)
        if units is None or country in units
    ]


def _learned(name: str) -> LearnedOnset:
    made = onset_models.make(name)
    if not isinstance(made, LearnedOnset):
        raise UnknownModelError(f"forecasts by {name} cannot be taken apart")
    return made


def events_finder(frame: pl.DataFrame) -> Events:
    """Finds events behind drivers in a country's events, in its regions by their names."""

    def find(unit: str, drivers: Drivers) -> Mapping[str, tuple[BehindEvent, ...]]:
        country, colon, region = unit.partition(":")
        if not colon or frame.is_empty():
            return events_behind(drivers, frame)
        spelt = frame["adm_1"].drop_nulls().unique().to_list()
        names = [name for name in spelt if region_name(country, name) == region]
        return events_behind(drivers, frame, region=names)

    return find


def country_changes(
    *,
    before: Panel,
    now: Panel,
    origins: tuple[Month, Month],
    steps: Sequence[int],
    model: str = DEFAULT_MODEL,
) -> dict[str, Change]:
    """What changed in each country's expected deaths between two origins, split by what changed it.

    Args:
        before: the panel as it was known at the earlier origin.
        now: the panel as it is known now.
        origins: the earlier and the newer one.
        steps: months ahead, taken together.
        model: a registered name.
    """
    ahead = checked_steps(steps)

    def ask(fitted: FittedModel, history: Panel) -> dict[str, float]:
        return dict(zip(history.units, expected_deaths(fitted, history, ahead).tolist(), strict=True))

    earlier, newer = origins
    return what_changed(
        make_model(model).fit,
        ask,
        before=history_until(before, earlier, draws=1),
        revised=history_until(now, earlier, draws=1),
        now=history_until(now, newer, draws=1),
    )


def attack_changes(
    *,
    before: RegionHistory,
    now: RegionHistory,
    origins: tuple[Month, Month],
    model: str = attack_models.default,
) -> dict[str, Change]:
    """What changed in each region's risk between two origins; as ``country_changes``."""

    def ask(fitted: FittedAttackModel, history: RegionHistory) -> dict[str, float]:
        return dict(zip(history.units, fitted.risk(history).tolist(), strict=True))

    earlier, newer = origins
    return what_changed(
        attack_models.make(model).fit,
        ask,
        before=before.until(earlier),
        revised=now.until(earlier),
        now=now.until(newer),
    )

"""What each task of ``forewarn explain`` reads and runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.explanations import Change, Explanation
from forewarn.contracts.months import Month
from forewarn.explain.events import events_of
from forewarn.ingest.country_year import read_country_years
from forewarn.models.registry import DEFAULT_MODEL, attack_models, onset_models
from forewarn.panel import country_month_panel, region_history
from forewarn.pipelines.explaining import (
    attack_changes,
    country_changes,
    events_finder,
    explain_attacks,
    explain_countries,
    explain_onsets,
    no_events,
)

Explained = tuple[list[Explanation], Mapping[str, Change]]


@dataclass(frozen=True)
class Task:
    """How a task is done, the options it cannot do without, and those it also takes."""

    run: Callable[..., Explained]
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()


def fatalities(
    *,
    store: Path,
    outcome: str,
    origin: Month,
    country: str | None = None,
    steps: tuple[int, ...] = (1, 2, 3),
    as_of: str | None = None,
    since: Month | None = None,
    since_as_of: str | None = None,
    model: str = DEFAULT_MODEL,
) -> Explained:
    """Deaths by country."""
    panel = country_month_panel(store, outcome=outcome, as_of=as_of)
    if country is not None and country not in panel.units:
        raise UnusableInputError(f"{store}: holds no figures of {country}")
    events = events_finder(events_of(store, country=country, as_of=as_of)) if country else no_events
    explanations = explain_countries(
        panel, origin=origin, steps=steps, model=model, units=[country] if country else None, events=events
    )
    if since is None:
        return explanations, {}
    before = country_month_panel(store, outcome=outcome, as_of=since_as_of or as_of)
    origins = (since, origin)
    return explanations, country_changes(before=before, now=panel, origins=origins, steps=steps, model=model)


def attacks(
    *,
    store: Path,
    country: str,
    origin: Month,
    region: str | None = None,
    as_of: str | None = None,
    since: Month | None = None,
    since_as_of: str | None = None,
    model: str = attack_models.default,
) -> Explained:
    """Attacks by first-level region."""
    history = region_history(store, country=country, as_of=as_of)
    unit = None if region is None else f"{country}:{region}"
    if unit is not None and unit not in history.units:
        raise UnusableInputError(f"{store}: holds no region {region} of {country}")
    events = events_finder(events_of(store, country=country, as_of=as_of))
    explanations = explain_attacks(
        history, origin=origin, model=model, units=[unit] if unit else None, events=events
    )
    if since is None:
        return explanations, {}
    before = region_history(store, country=country, as_of=since_as_of or as_of)
    return explanations, attack_changes(before=before, now=history, origins=(since, origin), model=model)


def onset(
    *, table: Path, year: int, country: str | None = None, model: str = onset_models.default
) -> Explained:
    """The year in which a mass killing begins."""
    read, _ = read_country_years(table)
    if country is not None and country not in read.country:
        raise UnusableInputError(f"{table}: has no country {country!r}")
    units = [country] if country else None
    return explain_onsets(read, year=year, model=model, units=units), {}


EXPLAINED_TASKS = {
    "fatalities": Task(
        fatalities,
        ("store", "outcome", "origin"),
        ("country", "steps", "as_of", "since", "since_as_of", "model"),
    ),
    "attacks": Task(
        attacks, ("store", "country", "origin"), ("region", "as_of", "since", "since_as_of", "model")
    ),
    "onset": Task(onset, ("table", "year"), ("country", "model")),
}

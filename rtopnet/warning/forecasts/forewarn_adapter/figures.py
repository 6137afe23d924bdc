"""A region's figures as forewarn's panels."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.contracts.regions import RegionHistory
from forewarn.explain.events import events_of
from forewarn.ingest.countries import country_unit
from forewarn.models.attack_echoes import SHORTEST_HISTORY
from forewarn.models.registry import attack_models
from forewarn.panel import country_month_panel, region_history
from forewarn.pipelines.explaining import Events, events_finder

from rtopnet.warning.forecasts.rules import NothingToForecastError, Outcome

NEXT_MONTHS = 3
STALE_MONTHS = 12
"""An outcome whose newest month is older than this, seen from the region's newest, is not forecast."""

MODEL_OF_SHORT_HISTORIES = "region-occurrence"


@dataclass(frozen=True)
class Figures:
    """A region's store, its states (ISO3 to Gleditsch-Ward number), and the last month to be used.

    What was read is kept, since the same figures are asked for again and again.
    """

    store: Path
    states: Mapping[str, int]
    origin: Month
    seed: int
    panels: dict[tuple[Outcome, str | None], Panel] = field(default_factory=dict)
    attacks: dict[tuple[str, str | None], RegionHistory | None] = field(default_factory=dict)
    events: dict[str, Events] = field(default_factory=dict)


def panel_of(figures: Figures, outcome: Outcome, *, as_of: str | None = None) -> Panel:
    """Deaths by state and month, all months there are; states without any row had none.

    Raises:
        NothingToForecastError: the store has no such figures.
    """
    if (outcome, as_of) not in figures.panels:
        figures.panels[outcome, as_of] = _read_panel(figures, outcome, as_of)
    return figures.panels[outcome, as_of]


def _read_panel(figures: Figures, outcome: Outcome, as_of: str | None) -> Panel:
    try:
        panel = country_month_panel(figures.store, outcome=outcome.value, as_of=as_of)
    except UnusableInputError as error:
        raise NothingToForecastError(str(error)) from error
    rows = dict(zip(panel.units, panel.values, strict=True))
    nothing = np.zeros(panel.values.shape[1])
    units = tuple(sorted(figures.states))
    # Events know a state by its number. Where they do, they say all there is to say; of a table's codes that
    # no number stands for, events of the whole world say that nothing happened.
    found = [rows.get(country_unit(figures.states[unit]), rows.get(unit, nothing)) for unit in units]
    return replace(panel, units=units, values=np.stack(found))


def attacks_of(figures: Figures, state: str, *, as_of: str | None = None) -> RegionHistory | None:
    """Violence in a state's first-level regions up to the origin; None where no events are loaded."""
    if (state, as_of) not in figures.attacks:
        country = country_unit(figures.states[state])
        try:
            history = region_history(figures.store, country=country, as_of=as_of)
        except UnusableInputError:
            figures.attacks[state, as_of] = None
        else:
            figures.attacks[state, as_of] = history.until(figures.origin)
    return figures.attacks[state, as_of]


def events_behind(figures: Figures, state: str) -> Events:
    """Finds the events behind the drivers of a state's forecasts, or its regions'."""
    if state not in figures.events:
        frame = events_of(figures.store, country=country_unit(figures.states[state]))
        figures.events[state] = events_finder(frame)
    return figures.events[state]


def attack_model_for(history: RegionHistory) -> str:
    """The chosen model, or one that makes do with two years."""
    months = history.one_sided.shape[1]
    return attack_models.default if months >= SHORTEST_HISTORY else MODEL_OF_SHORT_HISTORIES


def is_recent(end: Month, figures: Figures) -> bool:
    """Whether figures that end then are new enough to forecast from."""
    return end >= figures.origin - STALE_MONTHS


def date_of(month: Month) -> date:
    """A month's first day."""
    return date(month // 12, month % 12 + 1, 1)


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(12 * day.year + day.month - 1)

"""Panels from a store, one outcome each, as the models take them."""

from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.events import OUTCOMES
from forewarn.contracts.panels import Panel
from forewarn.engines import open_engine
from forewarn.panel.grid import panel_from_table
from forewarn.panel.placing import Unit
from forewarn.panel.table import Question, long_panel


def country_month_panel(store: Path, *, outcome: str, as_of: str | None = None) -> Panel:
    """Deaths by country (ISO3) and month as the store holds them, at a vintage if one is named.

    Where a release of events speaks of a country-month, its events are counted; elsewhere tables are taken.

    Args:
        store: a folder that ``forewarn ingest`` wrote.
        outcome: ``state_based``, ``non_state``, ``one_sided`` or ``all``.
        as_of: a version or a date (YYYY-MM-DD) of fetching; the newest by default.

    Raises:
        UnusableInputError: no such store, vintage or outcome, or nothing is known of it.
    """
    return _panel(store, "country", outcome=outcome, as_of=as_of, country=None)


def region_month_panel(store: Path, *, country: str | None, outcome: str, as_of: str | None = None) -> Panel:
    """Deaths by first-level region (``MMR:Kayin``) and month, of one country (ISO3) or of all."""
    return _panel(store, "region", outcome=outcome, as_of=as_of, country=country)


def cell_month_panel(
    store: Path, *, outcome: str, country: str | None = None, as_of: str | None = None
) -> Panel:
    """Deaths by PRIO-GRID cell (its number as text) and month; cells without any event are left out."""
    return _panel(store, "cell", outcome=outcome, as_of=as_of, country=country)


def _panel(store: Path, unit: Unit, *, outcome: str, as_of: str | None, country: str | None) -> Panel:
    if outcome not in OUTCOMES:
        raise UnusableInputError(f"no outcome {outcome!r}; there are {', '.join(OUTCOMES)}")
    with open_engine() as engine:
        question = Question(unit, as_of=as_of, country=country, outcomes=[outcome])
        rows = long_panel(engine, store, question).rows
        frame = engine.fetch(rows.filter(rows.observed).select("unit", "month", "deaths"))
    if not frame.height:
        raise UnusableInputError(f"{store}: holds no figures for outcome {outcome}")
    return panel_from_table(frame, outcome=outcome, unit="unit")

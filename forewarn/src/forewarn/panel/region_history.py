"""A country's regions from a store, as the models of attacks take them."""

from pathlib import Path

import numpy as np
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import RegionHistory
from forewarn.engines import open_engine
from forewarn.ingest.store import holdings
from forewarn.ingest.ucdp_ged.versions import FINAL
from forewarn.ingest.vintage import as_it_stood
from forewarn.panel.centres import event_centres
from forewarn.panel.grid import panel_from_table
from forewarn.panel.regions import regions_of
from forewarn.panel.table import Question, long_panel

_KINDS = ("one_sided", "state_based")
_MONTHS = 12


def region_history(store: Path, *, country: str, as_of: str | None = None) -> RegionHistory:
    """Violence in a country's (ISO3) first-level regions, month by month, with where it lay.

    Where only final releases count, which speak of whole years, the last year ends in December even if its
    last event came earlier.

    Raises:
        UnusableInputError: no such store or vintage, or no events in regions of the country.
    """
    with open_engine() as engine:
        question = Question("region", as_of=as_of, country=country, outcomes=_KINDS)
        rows = long_panel(engine, store, question).rows
        frame = engine.fetch(rows.filter(rows.observed).select("unit", "month", "outcome", "deaths"))
        found = event_centres(engine, store, question)
        centres = None if found is None else engine.fetch(found)
    if not frame.height or centres is None:
        raise UnusableInputError(f"{store}: holds no events in first-level regions of {country}")
    one_sided, battle = (
        panel_from_table(frame.filter(pl.col("outcome") == kind), outcome=kind, unit="unit")
        for kind in _KINDS
    )
    held = as_it_stood(holdings(store), as_of)
    whole_years = all(holding.rank[:1] == (FINAL,) for holding in held)
    to_come = (_MONTHS - 1 - one_sided.end % _MONTHS) if whole_years else 0
    deaths, fought = (
        np.pad(np.nan_to_num(panel.values), ((0, 0), (0, to_come))) for panel in (one_sided, battle)
    )
    return RegionHistory(
        one_sided.units,
        one_sided.start,
        deaths,
        fought,
        _places(centres, one_sided.units, one_sided.start, deaths.shape[1]),
        np.array([unit.partition(":")[2] in regions_of(country) for unit in one_sided.units]),
    )


def _places(centres: pl.DataFrame, units: tuple[str, ...], start: Month, months: int) -> Floats:
    places = np.zeros((len(units), months, 3))
    number = {unit: row for row, unit in enumerate(units)}
    for unit, month, *sums in centres.iter_rows():
        if unit in number and 0 <= month - start < months:
            places[number[unit], month - start] = sums
    return places

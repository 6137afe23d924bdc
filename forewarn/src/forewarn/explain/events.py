"""The events that stand behind a driver, with their source and licence."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from forewarn.contracts.events import REGION_PRECISION
from forewarn.contracts.explanations import BehindEvent, Drivers
from forewarn.contracts.months import Month
from forewarn.ingest import holdings, recent_events

_MOST = 10
_SEARCHED = 20_000


def events_of(store: Path, *, country: str, as_of: str | None = None) -> pl.DataFrame:
    """A country's events, the newest first, each with the licence of the release that tells it."""
    frame = recent_events(store, country=country, limit=_SEARCHED, as_of=as_of)
    if frame.is_empty():
        return frame
    licences = {(held.source, held.version): held.licence for held in holdings(store)}
    stated = [licences.get(key, "") for key in frame.select("source", "version").iter_rows()]
    return frame.with_columns(pl.Series("licence", stated, dtype=pl.String))


def events_behind(
    drivers: Drivers, events: pl.DataFrame, *, region: Sequence[str] | None = None, most: int = _MOST
) -> dict[str, tuple[BehindEvent, ...]]:
    """For each driver that looks at a span of months, the events that ended in them, the newest first.

    Args:
        drivers: of one forecast.
        events: of the unit's country, see ``events_of``; the newest first.
        region: names of the unit's first-level region, where it is one.
        most: how many for each driver.
    """
    if events.is_empty():
        return {}
    here = events
    if region is not None:
        placed = pl.col("adm_1").is_in(list(region)) & (pl.col("where_prec") <= REGION_PRECISION)
        here = events.filter(placed)
    found = {}
    for driver in drivers.drivers:
        if driver.months is None or driver.counts is None:
            continue
        first, last = driver.months
        within = here.filter(
            (pl.col("date_end") >= _first_day(first)) & (pl.col("date_end") < _first_day(Month(last + 1)))
        )
        if driver.counts != "all":
            within = within.filter(pl.col("type") == driver.counts)
        found[driver.name] = tuple(_event(row) for row in within.head(most).to_dicts())
    return {name: listed for name, listed in found.items() if listed}


def _first_day(month: Month) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _event(row: dict[str, object]) -> BehindEvent:
    return BehindEvent(
        event_id=str(row["id"]),
        date_start=str(row["date_start"]),
        date_end=str(row["date_end"]),
        place=", ".join(str(row[part]) for part in ("place", "adm_1") if row[part]),
        outcome=str(row["type"]),
        best=int(str(row["best"])),
        source=str(row["source"]),
        version=str(row["version"]),
        licence=str(row["licence"]),
    )

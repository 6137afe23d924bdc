"""A panel in long form, as one expression: unit, month, outcome, deaths, observed, events."""

from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.events import OUTCOMES, TYPES_OF_VIOLENCE
from forewarn.engines import Engine
from forewarn.ingest.store import holdings
from forewarn.ingest.vintage import as_it_stood, prevailing_events
from forewarn.panel.coverage import Coverage, coverage
from forewarn.panel.placing import PLACE_COLUMNS, Unit, placed, units_of
from forewarn.panel.spread import by_month

_EVENT_COLUMNS = (*PLACE_COLUMNS, "source", "id", "type_of_violence", "date_start", "date_end", "best")
_KEY = ["unit", "month", "outcome"]


@dataclass(frozen=True)
class LongPanel:
    """A panel as an expression, and what could not be placed in it.

    Attributes:
        rows: ``unit, month`` (number), ``outcome, deaths`` (float; null where not observed), ``observed``,
            ``events`` (null where no release of events speaks of the unit and month); every unit with every
            month and outcome.
        unplaced: ``country, outcome, deaths, events`` of events whose place is not known closely enough.
    """

    rows: ir.Table
    unplaced: pl.DataFrame


def long_panel(
    engine: Engine, store: Path, *, unit: Unit, as_of: str | None = None, country: str | None = None
) -> LongPanel:
    """The panel of a store at a vintage.

    Args:
        engine: where it will run.
        store: a folder that ``forewarn ingest`` wrote.
        unit: country, region (first-level) or cell (PRIO-GRID).
        as_of: a version or a date of fetching; everything by default.
        country: an ISO3 code, to leave out all others.

    Raises:
        UnusableInputError: no store, nothing of that vintage, or no events to place.
    """
    held = as_it_stood(holdings(store), as_of)
    if not held:
        raise UnusableInputError(f"{store}: the store is empty; fill it with forewarn ingest")
    spoken_of = coverage(store, held)
    events = prevailing_events(engine, store, held, _EVENT_COLUMNS)
    if events is None:
        return _of_tables(store, spoken_of, unit, country)
    where = placed(engine, events, unit)
    if country is not None:
        where = where.filter(where.country == country)
    figures = _figures(by_month(where))
    countries = [name for name in spoken_of.countries if country in {None, name}]
    units = units_of(engine, where, unit, countries)
    rows = _complete(figures.filter(figures.unit.notnull()), units, spoken_of, with_tables=unit == "country")
    return LongPanel(rows, _unplaced(engine, figures, unit))


def _of_tables(store: Path, spoken_of: Coverage, unit: Unit, country: str | None) -> LongPanel:
    if unit != "country":
        raise UnusableInputError(f"{store}: holds no events, and tables know countries only")
    names = [name for name in spoken_of.countries if country in {None, name}]
    units = pl.DataFrame({"unit": names, "country": names})
    none = pl.DataFrame(
        schema={
            "unit": pl.String,
            "month": pl.Int64,
            "outcome": pl.String,
            "deaths": pl.Int64,
            "events": pl.Int64,
        }
    )
    return LongPanel(
        _complete(ibis.memtable(none), units, spoken_of, with_tables=True), none.drop("unit", "month")
    )


def _figures(monthly: ir.Table) -> ir.Table:
    """Deaths and events by country, unit, month and outcome; an event counts for its type and for ``all``."""
    by_type = monthly.group_by("country", "unit", "month", "type_of_violence").agg(
        deaths=monthly.deaths.sum(), events=monthly.events.sum()
    )
    own = ibis.cases(
        *((by_type.type_of_violence == number, name) for number, name in TYPES_OF_VIOLENCE.items())
    )
    each = by_type.mutate(outcome=ibis.array([own, ibis.literal("all")]).unnest())
    return each.group_by("country", *_KEY).agg(
        deaths=each.deaths.sum().cast("int64"), events=each.events.sum().cast("int64")
    )


def _unplaced(engine: Engine, figures: ir.Table, unit: Unit) -> pl.DataFrame:
    lost = figures.filter(figures.unit.isnull()).group_by("country", "outcome")
    counts = lost.agg(deaths=figures.deaths.sum().cast("int64"), events=figures.events.sum().cast("int64"))
    if unit == "country":
        return pl.DataFrame(
            schema={"country": pl.String, "outcome": pl.String, "deaths": pl.Int64, "events": pl.Int64}
        )
    return engine.fetch(counts).cast({"deaths": pl.Int64, "events": pl.Int64}).sort("country", "outcome")


def _complete(figures: ir.Table, units: pl.DataFrame, spoken_of: Coverage, *, with_tables: bool) -> ir.Table:
    """Every unit with every month and outcome: counted, zero, or not observed."""
    months = pl.int_range(spoken_of.first, spoken_of.last + 1, eager=True).alias("month").to_frame()
    names = ibis.memtable(units.select("unit").unique().sort("unit"))
    grid = names.cross_join(ibis.memtable(months)).cross_join(
        ibis.memtable(pl.DataFrame({"outcome": OUTCOMES}))
    )
    seen = spoken_of.observed.join(units, on="country")
    looked_at = ibis.memtable(seen.select("unit", "month").unique().sort("unit", "month")).mutate(looked=True)
    per_unit = figures.group_by(_KEY).agg(counted=figures.deaths.sum(), events=figures.events.sum())
    joined = grid.left_join(looked_at, ["unit", "month"]).select(*grid.columns, "looked")
    joined = joined.left_join(per_unit, _KEY).select(*joined.columns, "counted", "events")
    tables = spoken_of.tables if with_tables else spoken_of.tables.clear()
    joined = joined.left_join(ibis.memtable(tables.rename({"deaths": "told"})), _KEY).select(
        *joined.columns, "told"
    )
    counted = joined.counted.fill_null(0).cast("float64")
    deaths = ibis.ifelse(joined.looked.fill_null(False), counted, joined.told)
    return joined.select(
        *_KEY,
        deaths=deaths,
        observed=deaths.notnull(),
        events=ibis.ifelse(joined.looked.fill_null(False), _whole(joined.events.fill_null(0)), None),
    )


def _whole(number: ir.NumericValue) -> ir.IntegerValue:
    # DuckDB sums whole numbers as 128 bits wide, which Parquet does not know; Ibis takes them for 64 bits
    # and would leave a plain cast out
    return number.cast("float64").cast("int64")

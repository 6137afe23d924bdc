"""Where an event counts: its country, its first-level region, its PRIO-GRID cell, or nowhere that close."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir
import polars as pl

from forewarn.contracts.events import CELL_PRECISION, REGION_PRECISION
from forewarn.engines import Engine
from forewarn.ingest.countries import country_unit
from forewarn.panel.regions import region_name, regions_of

Unit = Literal["country", "region", "cell"]
PLACE_COLUMNS = ("country_id", "adm_1", "where_prec", "latitude", "longitude")
_ROWS, _COLUMNS, _PER_DEGREE = 360, 720, 2
_PAIR = pl.Schema({"unit": pl.String, "country": pl.String})


@dataclass(frozen=True)
class Placed:
    """Events with the places they count for.

    Attributes:
        events: as they were, with ``country`` and ``unit``; ``unit`` is null where an event has none.
        units: every unit there is, with or without events: ``unit, country``; a cell on a border has a row
            for each country that events in it are of.
    """

    events: ir.Table
    units: ir.Table


def cell_number(latitude: ir.FloatingValue, longitude: ir.FloatingValue) -> ir.IntegerValue:
    """The PRIO-GRID number of the half-degree cell a point lies in: 1 at the south-west, along the rows.

    Source: Tollefsen, Strand and Buhaug (2012), PRIO-GRID: A unified spatial data structure, Journal of
    Peace Research 49(2). A point on a border belongs to the cell north or east of it; the north pole and the
    180th meridian, to the last row and column.
    """
    row = ibis.least(((latitude + 90) * _PER_DEGREE).floor().cast("int64"), _ROWS - 1)
    column = ibis.least(((longitude + 180) * _PER_DEGREE).floor().cast("int64"), _COLUMNS - 1)
    return row * _COLUMNS + column + 1


def placed(engine: Engine, events: ir.Table, unit: Unit, numbers: Sequence[int]) -> Placed:
    """Say where events count.

    A first-level region is taken from ``adm_1`` where the place is known to a region or better
    (``where_prec`` 1 to 5); a cell from the coordinates where it is known to a second-level region or better
    (1 to 3), since coarser events stand on a centre point that nothing happened at.

    Args:
        engine: where it will run.
        events: with ``PLACE_COLUMNS``.
        unit: what to place them in.
        numbers: the country numbers to keep; events of others are left out.
    """
    countries = pl.DataFrame(
        {"country_id": numbers, "country": [country_unit(number) for number in numbers]},
        schema={"country_id": pl.Int32, "country": pl.String},
    )
    known = events.inner_join(engine.table(countries), "country_id")
    if unit == "country":
        units = countries.select(pl.col("country").alias("unit"), "country").unique().sort("unit")
        return Placed(known.mutate(unit=known.country), engine.table(units))
    if unit == "region":
        return _in_regions(engine, known, countries)
    near = (known.where_prec <= CELL_PRECISION) & known.latitude.notnull() & known.longitude.notnull()
    number = cell_number(known.latitude, known.longitude).cast("string")
    cells = known.mutate(unit=ibis.ifelse(near, number, None))
    return Placed(cells, cells.filter(cells.unit.notnull()).select("unit", "country").distinct())


def _in_regions(engine: Engine, known: ir.Table, countries: pl.DataFrame) -> Placed:
    named = known.filter(known.adm_1.strip() != "").select("country_id", "country", "adm_1").distinct()
    pairs = engine.fetch(named).sort("country_id", "adm_1").cast({"country_id": pl.Int32})
    names = [f"{country}:{region_name(country, name)}" for _, country, name in pairs.iter_rows()]
    crosswalk = pairs.with_columns(pl.Series("region", names, pl.String))
    listed = [
        (f"{country}:{region}", country)
        for country in countries["country"].unique()
        for region in regions_of(country)
    ]
    units = pl.concat([
        crosswalk.select(pl.col("region").alias("unit"), "country"), pl.DataFrame(listed, _PAIR, orient="row")
    ])  # fmt: skip
    there = engine.table(crosswalk.select("country_id", "adm_1", "region"))
    joined = known.left_join(there, ["country_id", "adm_1"]).drop("country_id_right", "adm_1_right")
    close = joined.mutate(unit=ibis.ifelse(joined.where_prec <= REGION_PRECISION, joined.region, None))
    return Placed(close.drop("region"), engine.table(units.unique().sort("unit")))

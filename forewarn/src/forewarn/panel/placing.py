"""Where an event counts: its country, its first-level region, its PRIO-GRID cell, or nowhere that close."""

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
_PAIR = {"unit": pl.String, "country": pl.String}


def cell_number(latitude: ir.FloatingValue, longitude: ir.FloatingValue) -> ir.IntegerValue:
    """The PRIO-GRID number of the half-degree cell a point lies in: 1 at the south-west, along the rows.

    Source: Tollefsen, Strand and Buhaug (2012), PRIO-GRID: A unified spatial data structure, Journal of
    Peace Research 49(2). A point on a border belongs to the cell north or east of it; the north pole and the
    180th meridian, to the last row and column.
    """
    row = ibis.least(((latitude + 90) * _PER_DEGREE).floor().cast("int64"), _ROWS - 1)
    column = ibis.least(((longitude + 180) * _PER_DEGREE).floor().cast("int64"), _COLUMNS - 1)
    return row * _COLUMNS + column + 1


def placed(engine: Engine, events: ir.Table, unit: Unit) -> ir.Table:
    """Events with the ``country`` and the ``unit`` they count for; ``unit`` is null where they have none.

    A first-level region is taken from ``adm_1`` where the place is known to a region or better
    (``where_prec`` 1 to 5); a cell from the coordinates where it is known to a second-level region or better
    (1 to 3), since coarser events stand on a centre point that nothing happened at.
    """
    known = events.inner_join(_countries(engine, events), "country_id")
    if unit == "country":
        return known.mutate(unit=known.country)
    if unit == "cell":
        near = (known.where_prec <= CELL_PRECISION) & known.latitude.notnull() & known.longitude.notnull()
        number = cell_number(known.latitude, known.longitude).cast("string")
        return known.mutate(unit=ibis.ifelse(near, number, None))
    named = known.left_join(_regions(engine, known), ["country_id", "adm_1"]).drop(
        "country_id_right", "adm_1_right"
    )
    return named.mutate(unit=ibis.ifelse(named.where_prec <= REGION_PRECISION, named.region, None)).drop(
        "region"
    )


def _countries(engine: Engine, events: ir.Table) -> ir.Table:
    numbers = engine.fetch(events.select("country_id").distinct())["country_id"].sort().to_list()
    names = [country_unit(number) for number in numbers]
    return ibis.memtable(
        pl.DataFrame({"country_id": numbers, "country": names}, schema_overrides={"country_id": pl.Int32})
    )


def _regions(engine: Engine, known: ir.Table) -> ir.Table:
    named = known.filter(known.adm_1.strip() != "").select("country_id", "country", "adm_1").distinct()
    pairs = engine.fetch(named).sort("country_id", "adm_1")
    units = [
        f"{country}:{region_name(country, name)}"
        for country, name in pairs.select("country", "adm_1").iter_rows()
    ]
    return ibis.memtable(pairs.select("country_id", "adm_1", pl.Series("region", units, pl.String)))


def units_of(engine: Engine, events: ir.Table, unit: Unit, countries: list[str]) -> pl.DataFrame:
    """All units there are: ``unit, country``, one row for each country a unit lies in.

    Countries: all that the store speaks of. Regions: those the crosswalk lists and those events name. Cells:
    those that an event lies in.
    """
    if unit == "country":
        return pl.DataFrame({"unit": countries, "country": countries}, schema=_PAIR)
    found = engine.fetch(events.filter(events.unit.notnull()).select("unit", "country").distinct())
    if unit == "cell":
        return found
    listed = [(f"{country}:{region}", country) for country in countries for region in regions_of(country)]
    return pl.concat([found, pl.DataFrame(listed, schema=_PAIR, orient="row")]).unique()

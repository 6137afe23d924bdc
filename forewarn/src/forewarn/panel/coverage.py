"""Which country-months somebody looked at: a month that nobody did is not a month without deaths."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from forewarn.contracts.store import Holding
from forewarn.ingest.countries import country_unit
from forewarn.ingest.store import parquet_files

_COVER = pl.Schema({"country": pl.String, "first": pl.Int64, "last": pl.Int64})
_TABLE = pl.Schema({"unit": pl.String, "month": pl.Int64, "outcome": pl.String, "deaths": pl.Float64})


@dataclass(frozen=True)
class Coverage:
    """What a vintage of a store speaks of.

    Attributes:
        numbers: every country number that events are of, in ascending order.
        first: the first month that a holding speaks of.
        last: the last.
        observed: ``country, first, last``: months of which some release of events speaks; spans of one
            country can overlap.
        tables: ``unit, month, outcome, deaths`` from country-month tables, one row each.
    """

    numbers: list[int]
    first: int
    last: int
    observed: pl.DataFrame
    tables: pl.DataFrame


def coverage(store: Path, held: Sequence[Holding]) -> Coverage:
    """What holdings speak of.

    A release of events speaks of the months from its first to its last (a candidate of the months its
    version names), and of the countries it holds, or of every country if it is of the whole world. Where
    several tables give a figure for one unit, month and outcome, the one fetched last is taken.
    """
    eventful = [holding for holding in held if holding.kind == "events"]
    tables = _tables(store, held)
    numbers = sorted({int(number) for holding in eventful for number in holding.units})
    countries = sorted({country_unit(number) for number in numbers} | set(tables["unit"]))
    spans = [(holding.first_month or 0, holding.last_month or 0) for holding in held]
    return Coverage(
        numbers=numbers,
        first=min(first for first, _ in spans),
        last=max(last for _, last in spans),
        observed=_observed(eventful, countries),
        tables=tables,
    )


def _observed(eventful: Sequence[Holding], countries: list[str]) -> pl.DataFrame:
    rows = [
        (country, holding.first_month, holding.last_month)
        for holding in eventful
        for country in (
            countries if holding.world else sorted({country_unit(int(unit)) for unit in holding.units})
        )
    ]
    return pl.DataFrame(rows, _COVER, orient="row").unique().sort("country", "first", "last")


def _tables(store: Path, held: Sequence[Holding]) -> pl.DataFrame:
    parts = [pl.DataFrame(schema=_TABLE)]
    for holding in sorted(held, key=lambda holding: holding.fetched_at):
        if holding.kind == "table":
            frame = pl.read_parquet(parquet_files(store, holding), hive_partitioning=False)
            outcome = pl.lit(holding.outcome).alias("outcome")
            parts.append(frame.select(pl.col("iso3").alias("unit"), "month", outcome, "deaths").cast(_TABLE))
    return pl.concat(parts).unique(["unit", "month", "outcome"], keep="last").sort("unit", "month", "outcome")

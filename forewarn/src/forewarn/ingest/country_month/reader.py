"""Reads a country-month table and sorts its rows into sound and refused."""

from pathlib import Path

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.rejects import REJECT_SCHEMA, Rejects
from forewarn.contracts.store import Arrival
from forewarn.engines import Dialect, open_delimited
from forewarn.ingest.soundness import arrived, first_record, refuse_broken

COLUMNS = ("iso3", "month", "deaths")
_ROW = "row"
_ROWS_A_BATCH = 100_000
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_COUNT = r"^\+?\d+(\.\d+)?([eE]\+?\d+)?$"


def read_country_month(path: Path) -> tuple[pl.DataFrame, Rejects]:
    """Read a CSV with the columns ``iso3``, ``month`` (YYYY-MM) and ``deaths``, zipped or not.

    Returns:
        The sound rows, sorted, as ``iso3`` (str), ``month`` (int, see ``contracts.months``) and ``deaths``
        (float, whole or fractional, never negative); and the refused ones.

    Raises:
        UnusableInputError: the file is missing, empty, cut off, not CSV, or lacks one of the columns.
    """
    with arrived(path) as arrival:
        return read_arrival(arrival)


def read_arrival(arrival: Arrival) -> tuple[pl.DataFrame, Rejects]:
    """As ``read_country_month``, of a file that has been looked over."""
    text, malformed = _read_text(arrival)
    faults = pl.concat(_faults(text))
    sound = text.filter(~pl.col(_ROW).is_in(faults[_ROW].implode()))
    if not sound.height:
        raise UnusableInputError(
            f"{arrival.path}: no usable row; {Rejects(pl.concat([malformed, faults])).first()}"
        )
    return _typed(sound), Rejects(pl.concat([malformed, faults]))


def _read_text(arrival: Arrival) -> tuple[pl.DataFrame, pl.DataFrame]:
    kinds = dict.fromkeys(_columns(arrival), "string")
    file = open_delimited(arrival.text, kinds, Dialect(), shown_as=arrival.path)
    try:
        batches = [pl.DataFrame(batch) for batch in file.batches(file.table[list(COLUMNS)], _ROWS_A_BATCH)]
        malformed = file.malformed()
        text = pl.concat(batches or [pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))])
        rows = file.file_rows(pl.int_range(text.height, eager=True), malformed[_ROW])
        refuse_broken(arrival, malformed, read=text.height, has_header=True)
    finally:
        file.close()
    return text.select(
        rows.alias(_ROW), *(pl.col(name).fill_null("").str.strip_chars() for name in COLUMNS)
    ), malformed


def _columns(arrival: Arrival) -> list[str]:
    header = [name.strip().lower() for name in first_record(arrival.text, ",")]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        needed = ", ".join(COLUMNS)
        raise UnusableInputError(f"{arrival.path}: column {missing[0]} is missing; needed are {needed}")
    return [
        name if name in COLUMNS and name not in header[:place] else f"unused_{place}"
        for place, name in enumerate(header)
    ]


def _faults(text: pl.DataFrame) -> list[pl.DataFrame]:
    key = pl.concat_str("iso3", "month", separator=" ")
    return [
        _fault(text, "iso3", ~pl.col("iso3").str.contains(r"^[A-Z]{3}$"), "not three capital letters"),
        _fault(text, "month", ~pl.col("month").str.contains(_MONTH), "not a month (YYYY-MM)"),
        _fault(text, "deaths", ~pl.col("deaths").str.contains(_COUNT), "not a number of deaths (0 or more)"),
        _fault(text, "month", ~key.is_first_distinct(), "second row for this country and month"),
    ]


def _fault(text: pl.DataFrame, field: str, is_bad: pl.Expr, reason: str) -> pl.DataFrame:
    said = (pl.lit(field).alias("field"), pl.col(field).alias("value"), pl.lit(reason).alias("reason"))
    return text.filter(is_bad).select(_ROW, *said).cast(REJECT_SCHEMA)


def _typed(sound: pl.DataFrame) -> pl.DataFrame:
    year, month = pl.col("month").str.slice(0, 4), pl.col("month").str.slice(5, 2)
    number = year.cast(pl.Int64) * 12 + month.cast(pl.Int64) - 1
    return sound.select("iso3", number.alias("month"), pl.col("deaths").cast(pl.Float64)).sort(
        "iso3", "month"
    )

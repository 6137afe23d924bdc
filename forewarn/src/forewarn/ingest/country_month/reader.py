"""Reads a country-month table and sorts its rows into sound and refused."""

from pathlib import Path

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.rejects import REJECT_SCHEMA, Rejects

COLUMNS = ("iso3", "month", "deaths")
_ROW = "row"
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_COUNT = r"^\+?\d+(\.\d+)?([eE]\+?\d+)?$"


def read_country_month(path: Path) -> tuple[pl.DataFrame, Rejects]:
    """Read a CSV with the columns ``iso3``, ``month`` (YYYY-MM) and ``deaths``.

    Returns:
        The sound rows, sorted, as ``iso3`` (str), ``month`` (int, see ``contracts.months``) and ``deaths``
        (float, whole or fractional, never negative); and the refused ones.

    Raises:
        UnusableInputError: the file is missing, empty, not UTF-8 CSV, or lacks one of the columns.
    """
    text = _read_text(path)
    faults = pl.concat(
        [frame for frame in _faults(text) if frame.height] or [pl.DataFrame(schema=REJECT_SCHEMA)]
    )
    sound = text.filter(~pl.col(_ROW).is_in(faults[_ROW].implode()))
    if not sound.height and not faults.height:
        raise UnusableInputError(f"{path}: the table has no rows")
    return _typed(sound), Rejects(faults)


def _read_text(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False, row_index_name=_ROW, row_index_offset=2)
    except FileNotFoundError as error:
        raise UnusableInputError(f"{path}: no such file") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnusableInputError(f"{path}: not a readable CSV table: {str(error).splitlines()[0]}") from error
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise UnusableInputError(f"{path}: column {missing[0]} is missing; needed are {', '.join(COLUMNS)}")
    return frame.select(
        pl.col(_ROW).cast(pl.Int64), *(pl.col(name).fill_null("").str.strip_chars() for name in COLUMNS)
    )


def _faults(text: pl.DataFrame) -> list[pl.DataFrame]:
    key = pl.concat_str("iso3", "month", separator=" ")
    return [
        _fault(text, "iso3", ~pl.col("iso3").str.contains(r"^[A-Z]{3}$"), "not three capital letters"),
        _fault(text, "month", ~pl.col("month").str.contains(_MONTH), "not a month (YYYY-MM)"),
        _fault(text, "deaths", ~pl.col("deaths").str.contains(_COUNT), "not a number of deaths (0 or more)"),
        _fault(text, "month", ~key.is_first_distinct(), "second row for this country and month"),
    ]


def _fault(text: pl.DataFrame, field: str, is_bad: pl.Expr, reason: str) -> pl.DataFrame:
    return text.filter(is_bad).select(
        _ROW, pl.lit(field).alias("field"), pl.col(field).alias("value"), pl.lit(reason).alias("reason")
    )


def _typed(sound: pl.DataFrame) -> pl.DataFrame:
    month = (
        pl.col("month").str.slice(0, 4).cast(pl.Int64) * 12
        + pl.col("month").str.slice(5, 2).cast(pl.Int64)
        - 1
    )
    return sound.select("iso3", month.alias("month"), pl.col("deaths").cast(pl.Float64)).sort("iso3", "month")

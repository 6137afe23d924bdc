"""A complete grid of units and months from rows."""

import numpy as np
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel


def panel_from_table(
    frame: pl.DataFrame, *, outcome: str, unit: str = "iso3", value: str = "deaths"
) -> Panel:
    """Lay rows of a unit and a month out as a panel; months a unit has no row for are "not observed" (NaN).

    Args:
        frame: one row a unit and month: ``unit`` (str), ``month`` (int), ``value`` (float, null or NaN where
            not observed).
        outcome: what is counted.
        unit: the name of the column that identifies the unit.
        value: the name of the column that is counted.

    Raises:
        UnusableInputError: there are no rows, or two rows for one unit and month.
    """
    if not frame.height:
        raise UnusableInputError(f"no figures for outcome {outcome}")
    first, last = int(frame["month"].min()), int(frame["month"].max())  # type: ignore[arg-type]
    months = last - first + 1
    numbered = frame.select(
        row=pl.col(unit).rank("dense").cast(pl.Int64) - 1,
        column=pl.col("month").cast(pl.Int64) - first,
        value=pl.col(value).cast(pl.Float64).fill_null(float("nan")),
    )
    units = tuple(frame[unit].unique().sort())
    values = np.full(len(units) * months, np.nan)
    cells = (numbered["row"] * months + numbered["column"]).to_numpy()
    if np.bincount(cells, minlength=values.size).max() > 1:
        raise UnusableInputError("two rows for one unit and month")
    values[cells] = numbered["value"].to_numpy()
    return Panel(units, Month(first), values.reshape(len(units), months), outcome)

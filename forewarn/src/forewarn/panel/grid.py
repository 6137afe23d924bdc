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
    units = sorted(frame[unit].unique().to_list())
    months = frame["month"].to_numpy()
    start = int(months.min())
    rows = np.searchsorted(np.array(units), frame[unit].to_numpy().astype(str))
    cells = rows * (int(months.max()) - start + 1) + (months - start)
    if np.unique(cells).size != cells.size:
        raise UnusableInputError("two rows for one unit and month")
    values = np.full((len(units), int(months.max()) - start + 1), np.nan)
    values.flat[cells] = frame[value].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return Panel(tuple(units), Month(start), values, outcome)

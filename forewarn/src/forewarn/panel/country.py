"""Country-month panels from a store."""

from pathlib import Path

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.panels import Panel
from forewarn.panel.grid import panel_from_table


def country_month_panel(store: Path, *, outcome: str, as_of: str | None = None) -> Panel:
    """Deaths by country (ISO3) and month as the store holds them, at a vintage if one is named.

    Args:
        store: a folder that ``forewarn ingest`` wrote.
        outcome: ``state_based``, ``non_state``, ``one_sided`` or ``all``.
        as_of: a version or a date (YYYY-MM-DD) of fetching; the newest by default.

    Raises:
        UnusableInputError: the folder holds nothing for this outcome.
    """
    del as_of  # tables carry no vintage yet
    files = sorted(store.glob(f"tables/*/outcome={outcome}/*.parquet"))
    if not files:
        raise UnusableInputError(f"{store}: holds no figures for outcome {outcome}")
    frame = pl.concat([pl.read_parquet(file) for file in files])
    return panel_from_table(frame.unique(["iso3", "month"], keep="last"), outcome=outcome)

"""``forewarn panel``: a store's figures by unit and month, in one Parquet file."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import polars as pl

from forewarn.contracts.events import OUTCOMES
from forewarn.engines import ENGINE_NAMES
from forewarn.pipelines.panels import write_panel

if TYPE_CHECKING:
    from forewarn.panel.placing import Unit


@click.command()
@click.option(
    "--store", type=click.Path(file_okay=False, path_type=Path), required=True, help="the store's folder"
)
@click.option(
    "--unit", type=click.Choice(["country", "region", "cell"]), required=True, help="what a row is of"
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="the file to write"
)
@click.option("--outcome", type=click.Choice(OUTCOMES), help="one outcome only; by default all of them")
@click.option("--as-of", help="a version (23.1) or a date of fetching (2026-06-30); by default the newest")
@click.option("--engine", default="duckdb", show_default=True, help=ENGINE_NAMES)
def command(store: Path, unit: str, out: Path, outcome: str | None, as_of: str | None, engine: str) -> None:
    """Write deaths by unit and month in long form.

    Columns: unit, month (YYYY-MM), outcome, deaths (null: not observed), observed, events. Events whose place
    is not known closely enough for the unit are left out and counted on stderr.
    """
    unplaced = write_panel(store, out, unit=cast("Unit", unit), outcome=outcome, as_of=as_of, engine=engine)
    every = unplaced.filter(pl.col("outcome") == (outcome or "all"))
    if every.height:
        deaths, events = every["deaths"].sum(), every["events"].sum()
        click.echo(
            f"forewarn: {events} events with {deaths} deaths are not placed closely enough for a {unit}",
            err=True,
        )
    click.echo(f"{out}: written")

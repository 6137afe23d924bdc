"""``forewarn forecast``: draws for the months ahead, as Parquet."""

from pathlib import Path
from typing import TypedDict, Unpack

import click

from forewarn.cli.forecast_file import provenance_of, write_forecast
from forewarn.cli.options import MonthType, StepsType
from forewarn.contracts.months import Month
from forewarn.models.registry import DEFAULT_MODEL
from forewarn.panel import country_month_panel
from forewarn.pipelines import forecast_countries


class Asked(TypedDict):
    """What every forecast is asked for."""

    origin: Month
    steps: tuple[int, ...]
    draws: int
    seed: int


@click.command(name="forecast")
@click.option("--store", type=click.Path(path_type=Path), required=True, help="Folder that ingest wrote.")
@click.option("--unit", type=click.Choice(["country", "region"]), required=True)
@click.option("--outcome", type=click.Choice(["state_based", "all"]), help="Deaths forecast, for countries.")
@click.option("--origin", type=MonthType(), required=True, help="Last month used.")
@click.option("--steps", type=StepsType(), required=True, help="Months ahead: 1-36 or 1,3,6.")
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="For countries.")
@click.option("--draws", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--as-of", help="Vintage of the data: a version or a date; the newest by default.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Parquet file to write.")
def command(
    *,
    store: Path,
    unit: str,
    outcome: str | None,
    model: str,
    as_of: str | None,
    out: Path,
    **asked: Unpack[Asked],
) -> None:
    """Forecast the months after an origin from the months up to and including it.

    Rows: unit, month, step, outcome, draws. The file's metadata names data, model, code, settings and seed.
    """
    del unit
    if outcome is None:
        raise click.UsageError("--outcome is needed with --unit country")
    panel = country_month_panel(store, outcome=outcome, as_of=as_of)
    forecast = forecast_countries(panel, model=model, **asked)
    write_forecast(out, [forecast], provenance_of(forecast, [panel], store=store, as_of=as_of))

"""``forewarn forecast``: draws for the months ahead, as Parquet."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click
import numpy as np

from forewarn.cli.forecast_file import provenance_of, vintage_of, write_forecast
from forewarn.cli.options import MonthType, StepsType
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.models.registry import DEFAULT_MODEL
from forewarn.panel import country_month_panel, region_month_panel
from forewarn.pipelines import forecast_countries, forecast_regions

if TYPE_CHECKING:
    from forewarn.contracts.forecasts import Forecast


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
@click.option("--country", help="ISO3, for regions; all countries by default.")
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
    country: str | None,
    model: str,
    as_of: str | None,
    out: Path,
    **asked: Unpack[Asked],
) -> None:
    """Forecast the months after an origin from the months up to and including it.

    Rows: unit, month, step, outcome, draws. Countries (ISO3): deaths. First-level regions: the probability of
    any one-sided attack, with draws of 0 or 1. The file's metadata names data, model, code, settings, seed.
    """
    if unit == "country":
        if outcome is None or country is not None:
            raise click.UsageError("--unit country needs --outcome and takes no --country")
        panels = [country_month_panel(store, outcome=outcome, as_of=as_of)]
        forecasts: list[Forecast] = [forecast_countries(panels[0], model=model, **asked)]
    else:
        panels = [
            region_month_panel(store, country=country, outcome=kind, as_of=as_of)
            for kind in ("one_sided", "state_based")
        ]
        pairs = zip(*map(_by_country, panels), strict=True)
        forecasts = [forecast_regions(*pair, **asked) for pair in pairs]
    provenance = provenance_of(forecasts, panels, vintage=vintage_of(store, as_of))
    write_forecast(out, forecasts, provenance)


def _by_country(panel: Panel) -> list[Panel]:
    """A panel of regions (``XAA:North``) as one panel for each country."""
    country = np.array([unit.partition(":")[0] for unit in panel.units])
    return [
        replace(panel, units=tuple(np.array(panel.units)[rows].tolist()), values=panel.values[rows])
        for rows in (country == name for name in np.unique(country))
    ]

"""``forewarn evaluate``: scores of models in past years, as JSON."""

import json
import sys
from pathlib import Path

import click
import polars as pl

from forewarn.cli.files import replacing
from forewarn.cli.options import MonthsType, StepsType, names
from forewarn.contracts.months import Month
from forewarn.ingest.country_month import read_country_month
from forewarn.panel import panel_from_table
from forewarn.pipelines import evaluate_fatalities

_PARTLY_REJECTED = 3


@click.command(name="evaluate")
@click.option("--task", type=click.Choice(["fatalities"]), required=True, help="What is scored.")
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    required=True,
    help="CSV with iso3, month (YYYY-MM), deaths; it must reach the last month forecast.",
)
@click.option("--origins", type=MonthsType(), required=True, help="Last months used: 2017-10,2018-10.")
@click.option("--steps", type=StepsType(), required=True, help="Months ahead: 3-14 or 1,3,6; at most 36.")
@click.option("--model", help="Model names separated by commas; all of them by default.")
@click.option("--draws", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--outcome", default="state_based", show_default=True, help="What the table counts.")
@click.option("--json", "out", type=click.Path(path_type=Path), required=True, help="Where to write.")
def command(
    *,
    task: str,
    history: Path,
    origins: tuple[Month, ...],
    steps: tuple[int, ...],
    model: str | None,
    draws: int,
    seed: int,
    outcome: str,
    out: Path,
) -> None:
    """Score models on past years by rolling origin and write the scores as JSON.

    Data up to and including an origin is used; step 3 of origin 2017-10 is 2018-01.
    """
    del task  # there is one
    frame, rejects = read_country_month(history)
    panel = panel_from_table(frame, outcome=outcome)
    evaluation = evaluate_fatalities(
        panel, origins=origins, steps=steps, models=names(model), draws=draws, seed=seed
    )
    with replacing(out) as partial:
        partial.write_text(json.dumps(evaluation.to_json(), indent=2, allow_nan=False) + "\n")
    for name, scores in evaluation.models.items():
        pooled = scores.pooled
        click.echo(
            f"{name:<16} crps {pooled.crps:9.3f}  ign {pooled.ign:6.3f}  "
            f"mis {pooled.mis:9.2f}  msle {pooled.msle:6.3f}  covered {pooled.coverage_90:.3f}"
        )
    if len(rejects):
        click.echo(_first_fault(history, rejects.frame, len(rejects)), err=True)
        sys.exit(_PARTLY_REJECTED)


def _first_fault(path: Path, faults: pl.DataFrame, rows: int) -> str:
    first = faults.sort("row").row(0, named=True)
    return (
        f"forewarn: {path}: {rows} row(s) left out, first row {first['row']}: "
        f"{first['field']} {first['value']!r}: {first['reason']}"
    )

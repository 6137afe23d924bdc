"""``forewarn evaluate``: scores of models in past years, as JSON."""

import json
import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from forewarn.cli.evaluate_tasks import TASKS
from forewarn.cli.files import replacing
from forewarn.cli.options import MonthSpanType, MonthsType, MonthType, StepsType, YearsType, names
from forewarn.contracts.months import Month

_PARTLY_REJECTED = 3


class Given(TypedDict):
    """The options that single tasks take; None where one was not given."""

    history: Path | None
    origins: tuple[Month, ...] | None
    steps: tuple[int, ...] | None
    draws: int | None
    outcome: str | None
    events: Path | None
    country: str | None
    train_to: Month | None
    test: tuple[Month, Month] | None
    table: Path | None
    years: tuple[int, int] | None


@click.command(name="evaluate")
@click.option("--task", type=click.Choice(list(TASKS)), required=True, help="What is scored.")
@click.option("--model", help="Model names separated by commas; all of them by default.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--json", "out", type=click.Path(path_type=Path), required=True, help="Where to write.")
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    help="fatalities: CSV with iso3, month (YYYY-MM), deaths; it must reach the last month forecast.",
)
@click.option("--origins", type=MonthsType(), help="fatalities: last months used, 2017-10,2018-10.")
@click.option("--steps", type=StepsType(), help="fatalities: months ahead, 3-14 or 1,3,6; at most 36.")
@click.option("--draws", type=click.IntRange(min=1), help="fatalities: how many; 1000 by default.")
@click.option("--outcome", help="fatalities: what the table counts; state_based by default.")
@click.option("--events", type=click.Path(path_type=Path), help="attacks: a UCDP GED file (.csv or .zip).")
@click.option("--country", help="attacks: ISO3.")
@click.option("--train-to", type=MonthType(), help="attacks: last month to learn from before the test.")
@click.option("--test", type=MonthSpanType(), help="attacks: first and last origin, 2006-01:2015-09.")
@click.option("--table", type=click.Path(path_type=Path), help="onset: CSV of country-years.")
@click.option("--years", type=YearsType(), help="onset: years scored, 1994-2009.")
def command(*, task: str, model: str | None, seed: int, out: Path, **given: Unpack[Given]) -> None:
    """Score models on past years by rolling origin and write the scores as JSON.

    fatalities: deaths by country and month; needs --history, --origins, --steps. Data up to and including an
    origin is used; step 3 of origin 2017-10 is 2018-01.

    attacks: any one-sided attack in a first-level region within three months of each month of the test;
    needs --events, --country, --train-to, --test.

    onset: the year in which a mass killing begins, from the two years before it; needs --table, --years.
    """
    chosen = TASKS[task]
    present = {name: value for name, value in given.items() if value is not None}
    for name in chosen.needs:
        if name not in present:
            raise click.UsageError(f"--task {task} needs --{name.replace('_', '-')}")
    for name in present:
        if name not in {*chosen.needs, *chosen.takes}:
            raise click.UsageError(f"--task {task} takes no --{name.replace('_', '-')}")
    made = chosen.run(models=names(model), seed=seed, **present)
    with replacing(out) as partial:
        said = {**made.evaluation.to_json(), "file": made.file.name}
        partial.write_text(json.dumps(said, indent=2, allow_nan=False) + "\n")
    for line in made.lines:
        click.echo(line)
    if made.left_out:
        left = f"forewarn: {made.file}: {made.left_out} row(s) left out, first {made.first_fault}"
        click.echo(left, err=True)
        sys.exit(_PARTLY_REJECTED)

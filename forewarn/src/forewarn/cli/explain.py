"""``forewarn explain``: why a forecast says what it says, in sentences and as JSON."""

import json
from pathlib import Path
from typing import TypedDict, Unpack

import click

from forewarn.cli.explain_tasks import EXPLAINED_TASKS
from forewarn.cli.files import replacing
from forewarn.cli.options import MonthType, StepsType
from forewarn.contracts.months import Month
from forewarn.explain.text import explained


class Given(TypedDict):
    """The options that single tasks take; None where one was not given."""

    store: Path | None
    outcome: str | None
    country: str | None
    region: str | None
    origin: Month | None
    steps: tuple[int, ...] | None
    as_of: str | None
    since: Month | None
    since_as_of: str | None
    table: Path | None
    year: int | None
    model: str | None


@click.command(name="explain")
@click.option("--task", type=click.Choice(list(EXPLAINED_TASKS)), required=True, help="What was forecast.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder that ingest wrote.")
@click.option("--outcome", help="fatalities: deaths forecast, state_based or all.")
@click.option("--country", help="ISO3; onset: the country as the table names it. fatalities: all by default.")
@click.option("--region", help="attacks: one first-level region; all by default.")
@click.option("--origin", type=MonthType(), help="Last month used.")
@click.option("--steps", type=StepsType(), help="fatalities: months ahead taken together; 1-3 by default.")
@click.option("--as-of", help="Vintage of the data: a version or a date; the newest by default.")
@click.option("--since", type=MonthType(), help="Tell what changed since the forecast from this month.")
@click.option("--since-as-of", help="Vintage of the data that it was made from; as --as-of by default.")
@click.option("--table", type=click.Path(path_type=Path), help="onset: CSV of country-years.")
@click.option("--year", type=int, help="onset: the last year used.")
@click.option("--model", help="A model of the task; the default one where left out.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Where to write it all as JSON.")
def command(*, task: str, out: Path | None, **given: Unpack[Given]) -> None:
    """Say what moves a forecast, which past situations were alike, and what the model would say otherwise.

    fatalities: deaths by country; needs --store, --outcome, --origin.

    attacks: any one-sided attack in a first-level region within three months; needs --store, --country,
    --origin.

    onset: the year in which a mass killing begins; needs --table, --year.
    """
    chosen = EXPLAINED_TASKS[task]
    present = {name: value for name, value in given.items() if value is not None}
    for name in chosen.needs:
        if name not in present:
            raise click.UsageError(f"--task {task} needs --{name.replace('_', '-')}")
    for name in present:
        if name not in {*chosen.needs, *chosen.takes}:
            raise click.UsageError(f"--task {task} takes no --{name.replace('_', '-')}")
    explanations, changes = chosen.run(**present)
    if out is not None:
        everything = {
            "task": task,
            "explanations": [each.to_json() for each in explanations],
            "changes": {unit: change.to_json() for unit, change in changes.items()},
        }
        with replacing(out) as partial:
            partial.write_text(json.dumps(everything, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    for each in explanations:
        click.echo(explained(each, changes.get(each.unit)))

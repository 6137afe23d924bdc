"""``forewarn card``: a model's card as Markdown, from the JSON of its evaluation."""

import json
from pathlib import Path

import click

from forewarn.cli.files import replacing
from forewarn.contracts.errors import UnusableInputError
from forewarn.explain.card import card_of
from forewarn.explain.card_text import card_markdown


@click.command(name="card")
@click.argument("evaluation", type=click.Path(path_type=Path))
@click.option("--model", help="A model of the evaluation; its first by default.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write; standard output by default.")
def command(*, evaluation: Path, model: str | None, out: Path | None) -> None:
    """Write a model's card from the JSON that evaluate wrote.

    It tells data and training span, the outcome's limits, skill by period and place, failures, intended use.
    """
    try:
        made = json.loads(evaluation.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableInputError(f"{evaluation}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise UnusableInputError(f"{evaluation}: no JSON ({error})") from error
    text = card_markdown(card_of(made, model=model))
    if out is None:
        click.echo(text, nl=False)
    else:
        with replacing(out) as partial:
            partial.write_text(text, encoding="utf-8")

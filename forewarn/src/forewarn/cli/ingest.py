"""``forewarn ingest``: one subcommand for each source that is found."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from forewarn.contracts.store import Option, Source, Watch
from forewarn.ingest.registry import sources
from forewarn.pipelines.ingestion import Taken, WatchMaker, ingest_files

_PARTLY_REJECTED = 3
_FETCHED_AT = Option("fetched-at", "when the file was fetched (ISO 8601), where that is not today")


class _Sources(click.Group):
    """A subcommand for each source."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(sources())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        source = sources().get(cmd_name)
        return None if source is None else _command(source)


@click.group(cls=_Sources)
def command() -> None:
    """Read published files into a store.

    A file is added whole or not at all; one that was read before changes nothing. Exit status: 0 all rows
    kept, 2 a file is unusable and nothing was changed, 3 some rows were refused and listed.
    """


def _command(source: Source) -> click.Command:
    folder = click.Option(
        ["--store"],
        type=click.Path(file_okay=False, path_type=Path),
        required=True,
        help="the store's folder",
    )
    files = click.Argument(
        ["files"], nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE..."
    )
    options = [_option(option) for option in (*source.options, _FETCHED_AT)]
    return click.Command(
        source.name, params=[files, folder, *options], callback=_reading(source), help=_help(source)
    )


def _help(source: Source) -> str:
    return f"Read {source.summary}."


def _option(option: Option) -> click.Option:
    kind = click.Choice(option.choices) if option.choices else click.STRING
    return click.Option([f"--{option.name}"], type=kind, required=option.required, help=option.text)


def _reading(source: Source) -> Callable[..., None]:
    def read(files: Sequence[Path], store: Path, **given: Any) -> None:
        settings = {name.replace("_", "-"): value for name, value in given.items() if value is not None}
        with _progress() as watch:
            taken = ingest_files(source, files, store=store, settings=settings, watch=watch)
        for one in taken:
            _report(one)
        if any(one.rejects for one in taken):
            sys.exit(_PARTLY_REJECTED)

    return read


@contextmanager
def _progress() -> Iterator[WatchMaker]:
    """A bar on stderr for each file, on a terminal only."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def start(name: str, lines: int) -> Watch:
            task = progress.add_task(name, total=lines)
            return lambda rows: progress.update(task, completed=rows)

        yield start


def _report(taken: Taken) -> None:
    holding = taken.holding
    name = f"{holding.source} {holding.version}"
    if taken.was_there:
        click.echo(f"{taken.path}: already in store as {name}, {holding.rows} rows")
    else:
        click.echo(f"{taken.path}: {holding.rows} rows added as {name}")
    for warning, count in holding.warnings.items():
        click.echo(f"forewarn: {taken.path}: {count} rows kept with {warning}", err=True)
    if taken.rejects:
        click.echo(
            f"forewarn: {taken.path}: {holding.rejected} rows refused, listed in {taken.rejects}", err=True
        )

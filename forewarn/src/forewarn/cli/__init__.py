"""The command line; each command lives in a module of its own and is loaded when called."""

import sys
from importlib import import_module

import click

from forewarn import __version__
from forewarn.contracts.errors import ForewarnError

COMMANDS = {
    "ingest": "forewarn.cli.ingest",
    "panel": "forewarn.cli.panel",
    "forecast": "forewarn.cli.forecast",
    "evaluate": "forewarn.cli.evaluate",
    "explain": "forewarn.cli.explain",
    "card": "forewarn.cli.card",
}


class _LazyGroup(click.Group):
    """Imports a command's module only when that command is asked for, so that --help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Early warning of political violence, from events to evaluated forecasts."""


def main() -> None:
    """Run the command line: errors in one line on stderr; exit 2: unusable input, 3: partly rejected."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"forewarn: {error.format_message()}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("forewarn: stopped", err=True)
        sys.exit(130)
    except ForewarnError as error:
        click.echo(f"forewarn: {error}", err=True)
        sys.exit(error.exit_code)

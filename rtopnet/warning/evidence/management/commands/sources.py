"""``rtopnet sources``: list open sources, fetch one, switch them on and off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rtopnet.warning.evidence.public import (
    NoSuchSourceError,
    SourceLine,
    enable_source,
    fetch_source,
    source_of,
    sources_kept,
)


class Command(BaseCommand):
    """Look after open sources."""

    help = "List the open sources, fetch one now, or switch one on or off. Secrets come from the environment."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["list", "fetch", "enable", "disable"])
        parser.add_argument("name", nargs="?", help="REGION/SOURCE, as the list writes it")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if options["action"] == "list":
            for line in sources_kept():
                self.stdout.write(_said(line))
            return
        region, _, key = (options["name"] or "").partition("/")
        try:
            source = source_of(region=region, key=key)
        except NoSuchSourceError as error:
            raise CommandError(f"{error}; 'rtopnet sources list' names them", returncode=2) from error
        if options["action"] == "fetch":
            self._fetch(source, options["name"])
        else:
            enable_source(source=source, enabled=options["action"] == "enable")
            self.stdout.write(f"{options['name']}: {options['action']}d")

    def _fetch(self, source: Any, name: str) -> None:
        found = fetch_source(source=source)
        if found is None:
            raise CommandError(f"{name}: is being fetched already")
        if found.error:
            raise CommandError(f"{name}: {found.error}: {found.detail}")
        self.stdout.write(f"{name}: {found.new} new, {found.revised} revised, {found.gone} taken back")


def _said(line: SourceLine) -> str:
    state = "on" if line.enabled else "off"
    last = f"{line.brought_at:%Y-%m-%d %H:%M} UTC" if line.brought_at else "never"
    trouble = f", {line.fails_in_a_row} failures: {line.error}" if line.error else ""
    return f"{line.region}/{line.key}\t{line.kind}\t{state}\tlast {last}\t{line.signals} signals{trouble}"

"""``rtopnet ledger verify``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from rtopnet.audit.public import check_ledger


class Command(BaseCommand):
    """Check the ledger's chain."""

    help = "Check the ledger: 'verify' finds any changed, dropped, inserted or reordered entry."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if "owner" not in connections:
            raise CommandError("only the database's owner can read the ledger: set DATABASE_OWNER_URL")
        check = check_ledger(using="owner")
        if check.fault:
            raise CommandError(f"ledger broken at entry {check.fault.seq}: {check.fault.reason}")
        self.stdout.write(f"ledger intact: {check.entries} entries")

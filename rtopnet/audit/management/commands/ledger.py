"""``rtopnet ledger verify``."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from rtopnet.audit.public import Head, check_ledger


def noted_head(text: str) -> Head:
    """Read SEQ:HASH, as an earlier check printed it."""
    seq, _, digest = text.partition(":")
    try:
        return Head(int(seq), bytes.fromhex(digest))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not SEQ:HASH as an earlier check printed it") from None


class Command(BaseCommand):
    """Check the ledger's chain."""

    help = "Check the ledger: 'verify' finds any changed, dropped, inserted or reordered entry."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument(
            "--since", type=noted_head, metavar="SEQ:HASH", help="an end of the chain that was noted earlier"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if "owner" not in connections:
            raise CommandError("only the database's owner can read the ledger: set DATABASE_OWNER_URL")
        check = check_ledger(using="owner", noted=options["since"])
        if check.fault:
            raise CommandError(f"ledger broken at entry {check.fault.seq}: {check.fault.reason}")
        if check.guards_off:
            raise CommandError(f"ledger intact, but not guarded: {'; '.join(check.guards_off)}")
        self.stdout.write(f"ledger intact: {check.entries} entries")
        self.stdout.write(f"note this elsewhere: --since {check.head.seq}:{check.head.hash.hex()}")

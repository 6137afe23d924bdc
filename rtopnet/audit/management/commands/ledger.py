"""``rtopnet ledger verify|checkpoint``."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from rtopnet.audit.public import Head, check_ledger, checkpoint_ledger, ledger_fault
from rtopnet.kernel.acting import Capacity, acting_for


def noted_head(text: str) -> Head:
    """Read SEQ:HASH, as an earlier check printed it."""
    seq, _, digest = text.partition(":")
    try:
        return Head(int(seq), bytes.fromhex(digest))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not SEQ:HASH as an earlier check printed it") from None


class Command(BaseCommand):
    """Check the ledger's chain and books, or sign where they end."""

    help = (
        "'verify' finds any changed, dropped, inserted or reordered entry of the ledger and of its books; "
        "'checkpoint' signs where they end, as happens each day by itself."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "checkpoint"])
        parser.add_argument(
            "--since", type=noted_head, metavar="SEQ:HASH", help="an end of the chain that was noted earlier"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if options["action"] == "checkpoint":
            self._checkpoint()
        else:
            self._verify(options["since"])

    def _verify(self, noted: Head | None) -> None:
        if "owner" not in connections:
            raise CommandError("only the database's owner can read the ledger: set DATABASE_OWNER_URL")
        check = check_ledger(using="owner", noted=noted)
        if fault := ledger_fault(check):
            raise CommandError(fault)
        self.stdout.write(f"ledger intact: {check.entries} entries, {check.books} books")
        self.stdout.write(f"note this elsewhere: --since {check.head.seq}:{check.head.hash.hex()}")

    def _checkpoint(self) -> None:
        with acting_for(Capacity.INSTALLATION):
            points = checkpoint_ledger()
        for point in points:
            whose = f"book {point.book}" if point.book else "whole"
            self.stdout.write(f"{whose} {point.number} {point.hash.hex()} signed by {point.key_id}")

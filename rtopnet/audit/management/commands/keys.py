"""``rtopnet keys show|rotate``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rtopnet.audit.public import known_keys_pem, present_key_id, rotate_signing_key
from rtopnet.kernel.acting import Capacity, acting_for


class Command(BaseCommand):
    """Show or change the key that checkpoints and exports are signed with."""

    help = (
        "'show' prints the signing key's id and the public halves of all keys that were in use, for those "
        "who check signatures; 'rotate' makes a new key, and what earlier ones signed stays valid."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["show", "rotate"])

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        if options["action"] == "rotate":
            earlier = present_key_id()
            with acting_for(Capacity.INSTALLATION):
                key_id = rotate_signing_key()
            self.stdout.write(f"signing with {key_id} from now on; {earlier} stays listed")
            return
        self.stdout.write(f"signing key {present_key_id()}")
        self.stdout.write(known_keys_pem())

"""``rtopnet region check FOLDER`` and ``rtopnet region load FOLDER``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.public import check_pack, load_region_pack, read_pack


class Command(BaseCommand):
    """Check or load a region pack."""

    help = "Region packs: 'check' names every fault with file and line, 'load' brings one into the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check", "load"])
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        folder: Path = options["folder"]
        if options["action"] == "load":
            self._load(folder)
            return
        faults = check_pack(folder)
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{folder}: {len(faults)} fault(s)", returncode=2)
        self.stdout.write(f"{folder}: no fault found")

    def _load(self, folder: Path) -> None:
        pack = read_pack(folder)
        with acting_for(Capacity.INSTALLATION):
            load_region_pack(pack)
        self.stdout.write(f"loaded {pack.region.slug}: {len(pack.region.states)} states")

"""``rtopnet outlook run``: compute the regions' outlooks anew."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.public import RegionSummary, region_by_slug, regions
from rtopnet.warning.forecasts.jobs import recompute_outlook
from rtopnet.warning.forecasts.public import run_outlook


def month(text: str) -> date:
    """Read YYYY-MM as the month's first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a month; write it as 2026-05") from None


class Command(BaseCommand):
    """Compute outlooks."""

    help = "Compute the outlook of one region, or of all, from the newest figures or as of --origin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["run"])
        parser.add_argument("--region", help="the region's short name; by default all")
        parser.add_argument("--origin", type=month, help="last month whose figures are used, YYYY-MM")
        parser.add_argument("--background", action="store_true", help="leave it to the worker")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        with acting_for(Capacity.INSTALLATION):
            chosen = self._chosen(options["region"])
        for region in chosen:
            if options["background"]:
                origin = options["origin"].isoformat() if options["origin"] else None
                recompute_outlook.defer(slug=region.slug, origin=origin)
                self.stdout.write(f"{region.slug}: left to the worker")
            else:
                with acting_for(Capacity.INSTALLATION):
                    run = run_outlook(region=region, origin=options["origin"], tell=self.stdout.write)
                self.stdout.write(f"{region.slug}: done, run {run}")

    def _chosen(self, slug: str | None) -> list[RegionSummary]:
        if slug is None:
            return regions()
        region = region_by_slug(slug)
        if region is None:
            known = ", ".join(region.slug for region in regions()) or "none is loaded"
            raise CommandError(f"there is no region '{slug}'; known: {known}", returncode=2)
        return [region]

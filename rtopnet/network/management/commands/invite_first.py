"""``rtopnet invite-first POST-KEY EMAIL``: the way in for the first holder of a post."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.public import invite_first, regions


class Command(BaseCommand):
    """Invite the first holder of a post by a printed code."""

    help = "Print a one-time code for the first holder of a post. Refused once the post has or had a holder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", help="the post's key in the region pack, such as xaa-focal-point")
        parser.add_argument("email", help="the address with which its holder will sign in")
        parser.add_argument("--region", help="the region's slug; may be left out where there is only one")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        with acting_for(Capacity.INSTALLATION):
            slug = options["region"] or self._only_region()
            given = invite_first(region_slug=slug, post_key=options["post"], email=options["email"])
        self.stdout.write(f"code:     {given.code}")
        self.stdout.write(f"enter at: {settings.SITE_ADDRESS}{reverse('account_invitation')}")
        self.stdout.write("It works once, for seven days, and is not shown again. Hand it over in person.")

    def _only_region(self) -> str:
        slugs = [region.slug for region in regions()]
        if len(slugs) != 1:
            raise CommandError(f"name the region with --region: one of {', '.join(slugs)}", returncode=2)
        return slugs[0]

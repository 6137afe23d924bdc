"""The places in the top bar, and which of them a page belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """A place in the top bar; pages whose address is named ``<key>`` or ``<key>_…`` lie in it."""

    key: str
    title: Promise
    route: str
    anchor: str = ""


PLACES = (
    Place("home", pgettext_lazy("navigation", "Home"), "home"),
    Place("state", pgettext_lazy("navigation", "Situation"), "home", "#outlook"),
    Place("records", pgettext_lazy("navigation", "Records"), "records_list"),
    Place("meetings", pgettext_lazy("navigation", "Meetings"), "meetings_home"),
    Place("assistance", pgettext_lazy("navigation", "Assistance"), "assistance_home"),
    Place("network", pgettext_lazy("navigation", "Network"), "network_directory"),
)


@dataclass(frozen=True)
class PlaceLink:
    """A place as the top bar shows it."""

    title: str
    href: str
    is_here: bool
    is_this_page: bool


def place_links(route: str) -> Iterator[PlaceLink]:
    """The top bar as seen from the page whose address has the name ``route``."""
    for place in PLACES:
        is_here = route == place.key or route.startswith(f"{place.key}_")
        is_this_page = route == place.route and not place.anchor
        yield PlaceLink(str(place.title), reverse(place.route) + place.anchor, is_here, is_this_page)

"""The places in the top bar, and which of them a page belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """A place in the top bar; pages whose address is named after one of its keys lie in it."""

    keys: tuple[str, ...]
    """An address named ``<key>`` or ``<key>_…`` is of this place."""
    title: Promise
    route: str


PLACES = (
    Place(("home",), pgettext_lazy("navigation", "Home"), "home"),
    Place(("situation", "state"), pgettext_lazy("navigation", "Situation"), "situation_home"),
    Place(("records",), pgettext_lazy("navigation", "Records"), "records_list"),
    Place(("meetings",), pgettext_lazy("navigation", "Meetings"), "meetings_home"),
    Place(("assistance",), pgettext_lazy("navigation", "Assistance"), "assistance_home"),
    Place(("network",), pgettext_lazy("navigation", "Network"), "network_directory"),
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
        is_here = any(route == key or route.startswith(f"{key}_") for key in place.keys)
        yield PlaceLink(str(place.title), reverse(place.route), is_here, route == place.route)

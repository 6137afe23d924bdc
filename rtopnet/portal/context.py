"""What every page's head needs to know of its reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from rtopnet.network.public import (
    Account,
    NoPostHeldError,
    name_in,
    standing_of,
    unread_notice_count,
)
from rtopnet.portal.places import place_links


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Who reads, for which state, in which region, and in which languages it can be read."""
    language = get_language() or "en"
    surroundings: dict[str, Any] = {
        "offered_languages": settings.LANGUAGES,
        "language": language,
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
    }
    user = getattr(request, "user", None)
    # While signing in there is a user already, but the session may not yet read as one.
    if isinstance(user, Account) and request.META.get("rtopnet.account") == user.pk:
        try:
            standing = standing_of(user)
        except NoPostHeldError:  # the post ended while the page was made
            return surroundings
        surroundings |= {
            "standing": standing,
            "unread_notices": unread_notice_count(),
            "region_name": standing.region.name(language),
            "region_slug": standing.region.slug,
            "is_exercise": standing.region.is_exercise,
            "post_title": name_in(standing.posts[0], language) if standing.posts else standing.name,
            "places": list(place_links(getattr(request.resolver_match, "url_name", None) or "")),
            "state_name": standing.state.name(language) if standing.state else "",
        }
    return surroundings

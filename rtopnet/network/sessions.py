"""What a session knows of its own beginning, and when it is over."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from rtopnet.kernel.clock import now
from rtopnet.network.rules import browser_family, why_session_is_over

_SIGN_IN, _BEGAN, _SEEN = "rtopnet.sign_in", "rtopnet.began", "rtopnet.seen"
LONGEST_AGENT = 500
NOTED_EVERY = 60
"""Seconds between two notes of when the reader was last seen; each costs a write."""

BACKGROUND_ROUTES = frozenset({"network_notices_count"})
"""What pages ask by themselves; it does not show that anybody is there."""


def begin_session(request: HttpRequest, sign_in_id: UUID) -> None:
    """Note which sign-in the session comes from, and when it began."""
    at = now().timestamp()
    request.session[_SIGN_IN], request.session[_BEGAN], request.session[_SEEN] = str(sign_in_id), at, at


def sign_in_of(request: HttpRequest) -> UUID | None:
    """The sign-in that the session comes from."""
    kept = request.session.get(_SIGN_IN)
    return UUID(kept) if kept else None


def why_over(request: HttpRequest) -> str:
    """Why the session is over, if it is: ``idle`` or ``long``."""
    return why_session_is_over(
        began=request.session.get(_BEGAN, 0),
        seen=request.session.get(_SEEN, 0),
        at=now().timestamp(),
        idle=settings.SESSION_IDLE_MINUTES * 60,
        longest=settings.SESSION_COOKIE_AGE,
    )


def note_seen(request: HttpRequest, route: str | None) -> None:
    """Note that the reader is there."""
    at = now().timestamp()
    if route not in BACKGROUND_ROUTES and at - request.session.get(_SEEN, 0) > NOTED_EVERY:
        request.session[_SEEN] = at


def address_of(request: HttpRequest) -> str | None:
    """The reader's network address, by the same rule as every limit on guessing."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None


def agent_of(request: HttpRequest) -> str:
    """The reader's browser, coarsely."""
    return browser_family(request.META.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT])

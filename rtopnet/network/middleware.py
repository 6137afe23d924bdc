"""Every request reads the database as the account that is signed in, or as nobody."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.bearer import is_call
from rtopnet.network.public import (
    Account,
    NoSuchSessionError,
    end_session,
    has_second_factor,
    holds_a_post,
    is_session_open,
)
from rtopnet.network.second_factor import has_proved_second_factor
from rtopnet.network.sessions import note_seen, sign_in_of, why_over

BECOMING_ROUTES = frozenset(
    {
        "local_sign_in",
        "account_invitation",
        "account_invitation_code",
        "openid_connect_login",
        "openid_connect_callback",
    }
)
"""Where whoever comes is about to become somebody, whoever they are now."""

SIGN_IN_ROUTES = BECOMING_ROUTES | {
    "account_login",
    "account_reset_password",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
"""Where the program may look up who somebody is before they are anybody."""

ENROLMENT_ROUTES = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_second_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)
"""All that a session may do whose second factor is still owed, and it does it as nobody."""

OPEN_ROUTES = frozenset({"set_language", "network_here", "network_mail_stop", "network_service_worker"})
"""What asks nothing of the database, or finds out by itself whom it is about."""

OPEN_WITHOUT_POST = OPEN_ROUTES | {"account_logout"}
"""What somebody who is signed in and holds no post can still open."""

ACTS_AS = "rtopnet.account"
"""Where a request's META holds the account that the database session acts as."""


class ActingMiddleware:
    """Carries a request out in one transaction as its account; a failure undoes all of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_call(request):  # BearerMiddleware's, whatever session came along
            return self.get_response(request)
        account_id = request.session.get(SESSION_KEY)
        if account_id and (why := why_over(request)):
            return self._over(request, why)
        if not account_id or _route(request) in BECOMING_ROUTES:
            response = self._as_nobody(request)
        elif has_proved_second_factor(request, Account(pk=UUID(account_id))):
            response = self._as_account(UUID(account_id), request)
        else:
            response = self._half_way(request)
        if account_id and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:  # noqa: ARG002
        """Mark the request's transaction as failed; the error page is rendered all the same."""
        request.META["rtopnet.failed"] = True

    def _as_account(self, account_id: UUID, request: HttpRequest) -> HttpResponse:
        with acting_as(account_id):
            sign_in_id = sign_in_of(request)
            if request.user.is_authenticated and sign_in_id and is_session_open(account_id, sign_in_id):
                if not holds_a_post():
                    return self._without_post(request)
                request.META[ACTS_AS] = account_id
                note_seen(request, _route(request))
                return self._respond(request)
        # The account was closed, its password changed, or the session was ended from elsewhere.
        request.session.flush()
        request.user = AnonymousUser()
        return self._as_nobody(request)

    def _over(self, request: HttpRequest, why: str) -> HttpResponse:
        """Nobody was there for long, or the session is old: it ends, with words that say so."""
        with acting_for(Capacity.SIGN_IN):
            sign_in_id = sign_in_of(request)
            if sign_in_id and isinstance(request.user, Account):
                with suppress(NoSuchSessionError):
                    end_session(account=request.user, sign_in_id=sign_in_id, why=why)
        request.session.flush()
        request.user = AnonymousUser()
        if _route(request) in SIGN_IN_ROUTES | OPEN_ROUTES:
            return self._as_nobody(request)
        address = f"{reverse('account_login')}?{urlencode({'ended': why, 'next': _page_of(request)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
        return redirect(address)

    def _half_way(self, request: HttpRequest) -> HttpResponse:
        """The password is right, the second factor owed: to the database such a session is nobody's."""
        route = _route(request)
        if route in OPEN_ROUTES:
            return self.get_response(request)
        with acting_for(Capacity.SIGN_IN):
            is_enrolling = isinstance(request.user, Account) and (
                route == "account_logout" or not has_second_factor(request.user.pk)
            )
            if is_enrolling and route in ENROLMENT_ROUTES:
                return self._respond(request)
        if is_enrolling:
            return redirect(_with_next("account_second_factor", request))
        # A factor was enrolled elsewhere since, so that this session has to prove it like any other.
        logout(request)
        return redirect(_with_next("account_login", request))

    def _without_post(self, request: HttpRequest) -> HttpResponse:
        """Whoever holds no post now has nothing to read here, and can leave."""
        if _route(request) in OPEN_WITHOUT_POST:
            return self._respond(request)
        return render(request, "network/no_post.html", status=HTTPStatus.FORBIDDEN)

    def _as_nobody(self, request: HttpRequest) -> HttpResponse:
        if not _is_sign_in(request):
            return self.get_response(request)
        with acting_for(Capacity.SIGN_IN):
            return self._respond(request)

    def _respond(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.META.get("rtopnet.failed") or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
        return response


def _with_next(route: str, request: HttpRequest) -> str:
    if request.method != "GET":
        return reverse(route)
    return f"{reverse(route)}?{urlencode({'next': request.get_full_path()})}"


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: for something sent, the page with its form."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else "/"


def _is_sign_in(request: HttpRequest) -> bool:
    return _route(request) in SIGN_IN_ROUTES


def _route(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None

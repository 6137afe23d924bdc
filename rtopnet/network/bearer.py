"""Calls of the API: each is carried out as the account of its token, in one transaction, or as nobody."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.kernel.problems import MEDIA_TYPE, NOTHING_HERE, Problem
from rtopnet.network.services import TokenInUse, token_behind

API = "/api/"
TOKEN = "rtopnet.token"  # noqa: S105 -- where a request's META holds what its token opens
MINUTE = 60
DETAILS = {
    HTTPStatus.NOT_FOUND: NOTHING_HERE,
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not answer to that method; Allow names those it does.",
}


class BearerMiddleware:
    """Looks a call's token up and acts for its account; no session counts here, and no token elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_call(request):
            return self.get_response(request)
        request.user = AnonymousUser()
        token = _token_of(request)
        response = self.get_response(request) if token is None else self._with(token, request)
        if token is not None:
            response["Cache-Control"] = "private, no-store"
        return _as_problem(response)

    def _with(self, token: TokenInUse, request: HttpRequest) -> HttpResponse:
        if refusal := _too_many(token):
            return refusal
        request.META[TOKEN] = token
        with acting_as(token.account):
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
        return response


def is_call(request: HttpRequest) -> bool:
    """Whether the request is a program's, to the API."""
    return request.path_info.startswith(API)


def _token_of(request: HttpRequest) -> TokenInUse | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    return token_behind(secret=secret.strip(), address=get_adapter().get_client_ip(request))


def _too_many(token: TokenInUse) -> HttpResponse | None:
    # Counted by the minute in the cache: a few calls too many may pass when many come at the same instant.
    second = int(now().timestamp())
    counter = f"api-calls:{token.id}:{second // MINUTE}"
    if cache.add(counter, 1, timeout=2 * MINUTE):
        return None
    try:
        calls = cache.incr(counter)
    except ValueError:  # the cache made room meanwhile
        return None
    if calls <= settings.API_CALLS_A_MINUTE:
        return None
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"A token makes at most {settings.API_CALLS_A_MINUTE} calls a minute.",
        headers={"Retry-After": str(MINUTE - second % MINUTE)},
    ).response()


def _as_problem(response: HttpResponse) -> HttpResponse:
    """What Django itself answers (no such address, no such method, a failure) in the API's own form."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response["Content-Type"] == MEDIA_TYPE:
        return response
    status = HTTPStatus(response.status_code)
    kept = {name: response[name] for name in ("Allow", "Cache-Control") if response.has_header(name)}
    return Problem(status, DETAILS.get(status, f"{status.phrase}."), headers=kept).response()

"""What every room's API stands on: whose call it is, what its token opens, pages, and calls made twice."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.decorators import decorate_view
from ninja.security import HttpBearer

from rtopnet.kernel.problems import Problem
from rtopnet.kernel.wire import PageIn, page_mark, place_of
from rtopnet.network.bearer import TOKEN
from rtopnet.network.rules import Scope
from rtopnet.network.services import Answer, KeyUsedOtherwiseError, TokenInUse, answer_given, keep_answer

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "The same call made again within a day, with the same key, is answered alike.",
}


def token_of(request: HttpRequest) -> TokenInUse:
    """The token that the call carries.

    Raises:
        Problem: 401, it carries none that opens anything.
    """
    token = request.META.get(TOKEN)
    if not isinstance(token, TokenInUse):
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "Send a token that is neither expired nor revoked, as in: Authorization: Bearer rtn_…",
            headers={"WWW-Authenticate": 'Bearer realm="RtoPNet"'},
        )
    return token


def expect_scope(request: HttpRequest, scope: Scope) -> None:
    """Refuse a call whose token lacks ``scope``.

    Raises:
        Problem: 401 without a token, 403 without the scope.
    """
    if scope not in token_of(request).scopes:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            f"The token lacks the scope {scope}.",
            kind="scope-missing",
            headers={
                "WWW-Authenticate": f'Bearer realm="RtoPNet", error="insufficient_scope", scope="{scope}"'
            },
        )


class TokenAuth(HttpBearer):
    """A token, and the scope that it must have, if any."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> TokenInUse:
        """The call's token, which the middleware has looked up."""
        if self.scope:
            expect_scope(request, self.scope)
        return token_of(request)

    def authenticate(self, request: HttpRequest, token: str) -> TokenInUse:  # noqa: ARG002 -- ninja's signature
        return token_of(request)


def needs(scope: Scope | None, *, headers: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What a router's decorator says of a call's token, and of headers that the view reads by itself."""
    extra: dict[str, Any] = {"x-required-scope": scope.value} if scope else {}
    if headers:
        extra["parameters"] = list(headers)
    return {"auth": TokenAuth(scope), "openapi_extra": extra}


def place_after(request: HttpRequest, asked: PageIn, kind: type[date]) -> Any:
    """Where the page begins that is asked for, as the query takes it.

    Raises:
        MarkNotOursError: the mark was not given to this caller for this list.
    """
    if asked.after is None:
        return None
    place, last = place_of(asked.after, token_of(request).account, request.path_info)
    return kind.fromisoformat(place), UUID(last)


def next_mark(request: HttpRequest, rows: Sequence[Any], shown: Sequence[Any]) -> str | None:
    """The mark of the page after ``shown``, where ``rows`` hold one more than that."""
    if len(rows) == len(shown):
        return None
    (place, last), _ = shown[-1]
    return page_mark(token_of(request).account, request.path_info, [place.isoformat(), str(last)])


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the call take an Idempotency-Key; its answer must hold ids alone, since it is kept for a day."""
    decorated: Callable[..., Any] = decorate_view(_once)(view)
    return decorated


def _once(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def run_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key, token = request.headers.get("Idempotency-Key"), request.META.get(TOKEN)
        if key is None or token is None:
            return run(request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            return Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "Idempotency-Key must be 1 to 200 visible ASCII characters."
            ).response()
        try:
            given = answer_given(by=token.account, key=key, call=_fingerprint(request))
        except KeyUsedOtherwiseError as error:
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), kind="key-used-otherwise").response()
        if given is not None:
            return _again(given)
        response = run(request, *args, **kwargs)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            body = json.loads(response.content) if response.content else None
            keep_answer(by=token.account, key=key, answer=Answer(response.status_code, body))
        return response

    return run_once


def _again(given: Answer) -> HttpResponse:
    headers = {"Idempotency-Replayed": "true"}
    if given.body is None:
        return HttpResponse(status=given.status, headers=headers)
    return JsonResponse(given.body, status=given.status, headers=headers)


def _fingerprint(request: HttpRequest) -> str:
    digest = sha256()
    for part in (str(request.method).encode(), request.get_full_path().encode(), request.body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()

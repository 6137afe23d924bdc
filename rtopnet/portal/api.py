"""The whole API: the rooms' parts under one address, and what every broken rule is answered with."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.problems import MEDIA_TYPE, NOTHING_HERE, Problem, kind_of
from rtopnet.kernel.wire import MarkNotOursError
from rtopnet.sharing import public as sharing

STATUS_OF: dict[type[RuleBrokenError], HTTPStatus] = {
    MarkNotOursError: HTTPStatus.UNPROCESSABLE_ENTITY,
    sharing.MarkingTooNarrowError: HTTPStatus.CONFLICT,
    sharing.NobodyAddressedError: HTTPStatus.CONFLICT,
    sharing.OwnerDecidesError: HTTPStatus.FORBIDDEN,
    sharing.RecordChangedError: HTTPStatus.PRECONDITION_FAILED,
    sharing.RecordClosedError: HTTPStatus.CONFLICT,
    sharing.RecordNotInSightError: HTTPStatus.NOT_FOUND,
    sharing.RequestAnsweredError: HTTPStatus.CONFLICT,
    sharing.NotConcernedError: HTTPStatus.FORBIDDEN,
    sharing.TermsRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""What is not here is a conflict with how things stand."""

REFUSED_BY_DATABASE = {
    "42501": (HTTPStatus.FORBIDDEN, "Only the owner's focal point or deputy may do this."),
    "RT003": (HTTPStatus.CONFLICT, "The audience is wider than the marking."),
    "RT004": (HTTPStatus.CONFLICT, "A record stays with its owner, and a release is never undone."),
    "RT006": (HTTPStatus.CONFLICT, "A state concerned has not been heard."),
    "RT008": (HTTPStatus.CONFLICT, "The record is in silence or adopted, and stays as it is."),
    "RT005": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "There is no such addressee or state in the region of the record.",
    ),
}
"""The database's own rules, by its codes; its words stay inside."""

DESCRIPTION = """\
What a program may do here, it does as the account that made its token, within the token's scopes and
under the same rules as that person's pages. Errors are RFC 9457 problems. See the reference for scopes,
pages, repeated calls and webhooks.
"""

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "about:blank, or the name of the rule that was broken."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
ALWAYS_POSSIBLE = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND),
    *(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS),
)
POSSIBLE_WHEN_WRITING = (
    *(HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED),
    *(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.PRECONDITION_REQUIRED),
)


class Api(NinjaAPI):
    """Ninja's API, whose description names the problems that every call can be answered with."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description, complete with problems."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                possible = ALWAYS_POSSIBLE + (POSSIBLE_WHEN_WRITING if method != "get" else ())
                for status in possible:
                    operation["responses"].setdefault(int(status), _described(status))
                if scope := operation.get("x-required-scope"):
                    operation["description"] += f"\n\nScope: `{scope}`."
        return schema


def _described(status: HTTPStatus) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": reference}}}


api = Api(
    title="RtoPNet",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
)
for room in ("network", "sharing", "advice"):
    api.add_router("", f"rtopnet.{room}.rest.router")


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, error: Problem) -> HttpResponse:  # noqa: ARG001 -- ninja's signature
    """What a view itself answers instead."""
    return error.response()


@api.exception_handler(RuleBrokenError)
def on_broken_rule(request: HttpRequest, error: RuleBrokenError) -> HttpResponse:  # noqa: ARG001
    """A rule of the domain refused; where that must not be told, it is as if there were nothing."""
    status = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), HTTPStatus.CONFLICT)
    if status == HTTPStatus.NOT_FOUND:
        return Problem(status, NOTHING_HERE).response()
    return Problem(status, str(error), kind=kind_of(type(error))).response()


@api.exception_handler(DatabaseError)
def on_refusal_of_the_database(request: HttpRequest, error: DatabaseError) -> HttpResponse:  # noqa: ARG001
    """A rule that the database holds refused; anything else is a failure of ours."""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if code not in REFUSED_BY_DATABASE:
        raise error
    status, words = REFUSED_BY_DATABASE[code]
    return Problem(status, words).response()


@api.exception_handler(Http404)
def on_nothing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Absent and forbidden are answered alike."""
    return Problem(HTTPStatus.NOT_FOUND, NOTHING_HERE).response()


@api.exception_handler(RequestDataTooBig)
def on_too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001
    """More than any call needs."""
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The call is larger than any of ours.").response()


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
    """What ninja itself refuses, such as a body that is no JSON."""
    return Problem(HTTPStatus(error.status_code), f"{error.message}.").response()


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    """Fields that are not as the description says; what was sent is not repeated."""
    faults = [
        {"where": ".".join(str(part) for part in fault["loc"]), "what": fault["msg"]}
        for fault in error.errors
    ]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "The call is not as the description says; see errors.", errors=faults
    ).response()

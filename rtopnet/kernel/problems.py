"""Errors of the API as RFC 9457 has them: one line for a person, one name for a program, nothing else."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"
NOTHING_HERE = "There is nothing here, or nothing that you may know of."


class Problem(Exception):  # noqa: N818 -- RFC 9457's own word
    """What the API answers instead of what was asked for."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        kind: str = "",
        headers: dict[str, str] | None = None,
        errors: Sequence[dict[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind
        self.headers, self.errors = headers or {}, list(errors)

    def response(self) -> JsonResponse:
        """The answer as it goes out."""
        body: dict[str, Any] = {
            "type": f"urn:rtopnet:problem:{self.kind}" if self.kind else "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = self.errors
        return JsonResponse(body, status=self.status, content_type=MEDIA_TYPE, headers=self.headers)


def kind_of(error: type[Exception]) -> str:
    """The name of a broken rule as programs see it.

    >>> kind_of(type("MarkingTooNarrowError", (Exception,), {}))
    'marking-too-narrow'
    """
    words = re.findall("[A-Z][a-z0-9]*", error.__name__.removesuffix("Error"))
    return "-".join(words).lower()

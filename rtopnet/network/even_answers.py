"""What is hidden and what is absent are answered after the same time."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class EvenAnswersMiddleware:
    """Holds "no such page" back until the next full step, so that its time does not tell why.

    The database works a policy out only where there is a row, which takes a moment longer than finding none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.monotonic()
        response = self.get_response(request)
        step = settings.SECONDS_TO_SAY_ABSENT
        if step and response.status_code == HTTPStatus.NOT_FOUND:
            time.sleep(step - (time.monotonic() - begun) % step)
        return response

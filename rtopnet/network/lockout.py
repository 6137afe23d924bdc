"""Lock-out against guessing (django-axes): by account and address together, and by account more patiently."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rtopnet.network.sessions import address_of


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes is untyped
    """Counts failures in the database; alike for addresses with and without an account."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures by account and address; the account's alone weigh less, being maybe another's."""
        together, account = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        weighed = account * settings.AXES_FAILURE_LIMIT // settings.LOCKOUT_ACCOUNT_LIMIT
        return int(max(together, weighed))


def whom(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address that is tried, as it is counted."""
    given = credentials or {}
    name = given.get("email") or given.get("login") or request.POST.get("login", "")
    return str(name).strip().lower()[:255]


def where(request: HttpRequest) -> str | None:
    """The network address that is counted."""
    return address_of(request)


def locked_out(request: HttpRequest, *_answers: object) -> HttpResponse:
    """What is answered to whoever tried too often, whether or not there is such an account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    title = _("Too many attempts")
    return render(request, "network/locked_out.html", {"minutes": minutes, "title": title}, status=429)

"""Whether a session has proved a second factor; allauth keeps in the session what was proved."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from rtopnet.network.models import Account

SECOND_FACTOR = "mfa"
"""What allauth calls a proof by passkey, one-time code or recovery code."""


def has_proved_second_factor(request: HttpRequest, account: Account) -> bool:
    """Whether this session proved a second factor of ``account``."""
    return any(record.get("method") == SECOND_FACTOR for record in _records(request, account))


def note_second_factor(request: HttpRequest, account: Account, *, how: str) -> None:
    """Take the session as proved: by a factor just enrolled, or by a way in that counts as both factors."""
    record_authentication(request, account, SECOND_FACTOR, type=how)


def note_password(request: HttpRequest, account: Account) -> None:
    """Take the password as just proved: it was chosen a moment ago."""
    record_authentication(request, account, "password")


def signed_in_just_now(request: HttpRequest, account: Account) -> bool:
    """Whether something was proved so recently that asking again would only annoy."""
    records = _records(request, account)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def _records(request: HttpRequest, account: Account) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, account))

"""What an account proves itself with besides its password."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Factor:
    """A passkey, or the app that shows one-time codes; ``handle`` names it without telling its number."""

    handle: str
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


def has_second_factor(account_id: UUID) -> bool:
    """Whether the account has a passkey or one-time codes; recovery codes alone are none."""
    return bool(_factors(account_id).exists())


def factors_of(account_id: UUID) -> list[Factor]:
    """The account's passkeys and its app, oldest first."""
    return [_factor(row) for row in _factors(account_id).order_by("created_at")]


def recovery_codes_left(account_id: UUID) -> int:
    """How many recovery codes the account has not used yet."""
    kept = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def factor_row(account_id: UUID, handle: str) -> Authenticator | None:
    """The account's factor of that handle, for services of this room."""
    return next((row for row in _factors(account_id) if _handle(row) == handle), None)


def _factors(account_id: UUID) -> Any:
    return Authenticator.objects.filter(user_id=account_id).exclude(type=Authenticator.Type.RECOVERY_CODES)


def _factor(row: Authenticator) -> Factor:
    name = row.wrap().name if row.type == Authenticator.Type.WEBAUTHN else ""
    return Factor(_handle(row), row.type, name, row.created_at, row.last_used_at)


def _handle(row: Authenticator) -> str:
    # The row's own number would tell how many factors the whole network has.
    return salted_hmac("rtopnet.factor", str(row.pk), algorithm="sha256").hexdigest()[:32]

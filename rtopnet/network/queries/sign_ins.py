"""An account's sign-ins, as its holder sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from rtopnet.kernel.clock import now
from rtopnet.network.models import SignIn, SignInOutcome

NEWEST = 20


@dataclass(frozen=True)
class SignInLine:
    """One attempt to sign in."""

    id: UUID
    at: datetime
    is_success: bool
    outcome: str
    ip: str
    agent: str


def recent_sign_ins(account_id: UUID) -> list[SignInLine]:
    """The newest attempts, whether they succeeded or not."""
    return [_line(row) for row in SignIn.objects.filter(account_id=account_id).order_by("-at")[:NEWEST]]


def open_sessions(account_id: UUID) -> list[SignInLine]:
    """Sign-ins whose sessions may still be used, the newest first."""
    since = now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = SignIn.objects.filter(
        account_id=account_id, outcome=SignInOutcome.SIGNED_IN, ended_at__isnull=True, at__gt=since
    )
    return [_line(row) for row in rows.order_by("-at")]


def is_session_open(account_id: UUID, sign_in_id: UUID) -> bool:
    """Whether the session of that sign-in was not ended."""
    return SignIn.objects.filter(pk=sign_in_id, account_id=account_id, ended_at__isnull=True).exists()


def _line(row: SignIn) -> SignInLine:
    return SignInLine(
        id=row.pk,
        at=row.at,
        is_success=row.outcome == SignInOutcome.SIGNED_IN,
        outcome=str(row.get_outcome_display()),
        ip=row.ip or "",
        agent=row.agent,
    )

"""A person's tokens, as they see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.kernel.clock import now
from rtopnet.network.models import ApiToken
from rtopnet.network.rules import Scope


@dataclass(frozen=True)
class TokenSummary:
    """A token without its secret, which nobody sees twice; its last use is kept to the hour."""

    id: UUID
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_ip: str | None
    revoked_at: datetime | None
    is_live: bool


def tokens_of(account: UUID) -> list[TokenSummary]:
    """The account's tokens, those that still open something first, then the newest."""
    at = now()
    rows = ApiToken.objects.filter(account_id=account).order_by("-created_at", "pk")
    found = [
        TokenSummary(
            id=row.pk,
            name=row.name,
            scopes=tuple(Scope(scope) for scope in row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            last_used_ip=row.last_used_ip,
            revoked_at=row.revoked_at,
            is_live=row.revoked_at is None and row.expires_at > at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda token: not token.is_live)

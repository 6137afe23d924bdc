"""Verbs on tokens: making one, revoking it, finding out whose it is; and answers kept for repeated calls."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from rtopnet.audit.public import books_of, record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account, ApiToken, GivenAnswer
from rtopnet.network.rules import LONGEST_TOKEN_DAYS, Scope

PREFIX = "rtn_"
USE_KEPT_EVERY = timedelta(hours=1)
"""A use is written down at most this often, so that reading doesn't fill the ledger."""
ANSWERS_KEPT_FOR = timedelta(hours=24)


class TokenRefusedError(RuleBrokenError):
    """A token needs a name, a scope and an end within a year."""


class TokenNotInSightError(RuleBrokenError):
    """There is no such token of the acting account."""


class KeyUsedOtherwiseError(RuleBrokenError):
    """The Idempotency-Key came before with another call."""


@dataclass(frozen=True)
class NewToken:
    """A token just made; its secret is shown this once."""

    id: UUID
    secret: str


@dataclass(frozen=True)
class TokenInUse:
    """Whose token a call carries, and what it opens."""

    id: UUID
    account: UUID
    name: str
    scopes: frozenset[Scope]
    expires_at: datetime


@dataclass(frozen=True)
class Answer:
    """What a call was answered; ``body`` holds ids alone."""

    status: int
    body: dict[str, Any] | None


def make_token(*, by: UUID, name: str, scopes: Collection[Scope], days: int) -> NewToken:
    """Make a token for ``by`` itself.

    Raises:
        TokenRefusedError: it has no name or no scope, or would not end within a year.
    """
    if not name.strip() or not scopes or not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise TokenRefusedError("A token needs a name, at least one scope, and an end within a year.")
    secret = PREFIX + secrets.token_urlsafe(32)
    with acting_as(by):
        created_at = now()
        token = ApiToken.objects.create(
            account_id=by,
            name=name.strip(),
            scopes=sorted(scopes),
            secret_sha256=_digest(secret),
            created_at=created_at,
            expires_at=created_at + timedelta(days=days),
        )
        _keep("made", token, {"scopes": " ".join(token.scopes), "days": days})
    return NewToken(token.pk, secret)


def revoke_token(*, by: UUID, token: UUID) -> None:
    """End a token of ``by`` at once; revoking it again changes nothing.

    Raises:
        TokenNotInSightError: ``by`` has no such token.
    """
    with acting_as(by):
        row = ApiToken.objects.filter(pk=token, account_id=by).first()
        if row is None:
            raise TokenNotInSightError("You have no such token.")
        if ApiToken.objects.filter(pk=token, revoked_at__isnull=True).update(revoked_at=now()):
            _keep("revoked", row)


def token_behind(*, secret: str, address: str | None) -> TokenInUse | None:
    """Whose token it is, if it still opens anything; every secret takes the same one look-up."""
    with acting_for(Capacity.SIGN_IN):
        at = now()
        # A subselect rather than a join: a closed account's token is like one that never was.
        row = ApiToken.objects.filter(
            secret_sha256=_digest(secret),
            revoked_at__isnull=True,
            expires_at__gt=at,
            account__in=Account.objects.filter(is_active=True),
        ).first()
        if row is None:
            return None
        unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - USE_KEPT_EVERY)
        if ApiToken.objects.filter(unnoted, pk=row.pk).update(last_used_at=at, last_used_ip=address):
            _keep("used", row)
    return TokenInUse(
        row.pk, row.account_id, row.name, frozenset(Scope(scope) for scope in row.scopes), row.expires_at
    )


def answer_given(*, by: UUID, key: str, call: str) -> Answer | None:
    """Claim the key for this call, or return what the same call was answered; two at once take turns.

    Runs in the transaction of the call: if that fails, the claim is gone with it.

    Raises:
        KeyUsedOtherwiseError: the key came before with another call.
    """
    with acting_as(by):
        at = now()
        mine = GivenAnswer.objects.filter(account_id=by)
        stale = mine.filter(at__lte=at - ANSWERS_KEPT_FOR)
        GivenAnswer.objects.bulk_create(
            [GivenAnswer(account_id=by, key=key, call_sha256=call, at=at)], ignore_conflicts=True
        )
        stale.filter(key=key).update(call_sha256=call, status=None, body=None, at=at)
        row = mine.get(key=key)
        if row.call_sha256 != call:
            raise KeyUsedOtherwiseError("This Idempotency-Key came before with another call.")
        if row.status is not None:
            return Answer(row.status, row.body)
        # Only now: a repeated call must write nothing, since it leaves no ledger entry.
        stale.delete()
    return None


def keep_answer(*, by: UUID, key: str, answer: Answer) -> None:
    """Keep what the call with this key is answered, for a day."""
    with acting_as(by):
        GivenAnswer.objects.filter(account_id=by, key=key).update(status=answer.status, body=answer.body)


def _keep(verb: str, token: ApiToken, detail: dict[str, str | int | None] | None = None) -> None:
    region = Account.objects.values_list("region_id", flat=True).get(pk=token.account_id)
    record_deed(
        verb=verb,
        kind="network.api_token",
        subject=token.pk,
        region=region,
        detail=detail,
        books=books_of(token.account_id),  # nobody acts yet while a token is looked up
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""Verbs of the network: opening accounts, signing in by a one-time link, handing posts to holders."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet

from rtopnet.audit.public import books_of, record_deed
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account, Holding, Post, SignInLink

LINK_LIFETIME = timedelta(hours=12)


class SignInLinkSpentError(RuleBrokenError):
    """The link was used already, has run out, or was never given out."""


def note_account_deed(*, verb: str, account: Account) -> None:
    """Keep what somebody did with their own account in the ledger."""
    record_deed(
        verb=verb,
        kind="network.account",
        subject=account.pk,
        region=account.region_id,
        books=books_of(account.pk),  # nobody acts yet while somebody signs in
    )


def open_account(*, post: Post, email: str, name: str, language: str = "en") -> Account:
    """Open an account and let it hold ``post`` from now on; it has no password until one is set."""
    account = Account(region_id=post.region_id, email=email, name=name, language=language)
    account.set_unusable_password()
    account.save()
    Holding.objects.create(region_id=post.region_id, post=post, account=account, starts_at=now())
    record_deed(
        verb="opened",
        kind="network.account",
        subject=account.pk,
        region=post.region_id,
        detail={"post": str(post.pk)},
    )
    return account


def give_sign_in_link(*, account: Account) -> str:
    """Make a one-time link's secret for ``account``; spent and expired ones are cleared away."""
    spent_or_expired = Q(used_at__isnull=False) | Q(expires_at__lte=now())
    SignInLink.objects.filter(spent_or_expired, account=account).delete()
    secret = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        account=account, secret_sha256=_digest(secret), expires_at=now() + LINK_LIFETIME
    )
    record_deed(verb="given_out", kind="network.sign_in_link", subject=link.pk, region=account.region_id)
    return secret


def account_behind_link(*, secret: str) -> Account | None:
    """Whose unused, unexpired link this is."""
    link = _open_links(secret).select_related("account").first()
    return link.account if link else None


def use_sign_in_link(*, secret: str) -> Account:
    """Spend the link and return its account.

    Raises:
        SignInLinkSpentError: it was used, has run out, or never existed.
    """
    spent = _open_links(secret).update(used_at=now())
    if not spent:
        raise SignInLinkSpentError("This sign-in link was used already or has run out.")
    link = SignInLink.objects.select_related("account").get(secret_sha256=_digest(secret))
    record_deed(verb="used", kind="network.sign_in_link", subject=link.pk, region=link.account.region_id)
    return link.account


def _open_links(secret: str) -> QuerySet[SignInLink]:
    # The account is looked up by a subselect, not a join: what decides stays on the row that is updated,
    # so that of two who spend a link at once the second finds it spent.
    active = Account.objects.filter(is_active=True)
    return SignInLink.objects.filter(
        secret_sha256=_digest(secret), used_at__isnull=True, expires_at__gt=now(), account__in=active
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""Calendar feeds of posts: made and ended by who holds the post, opened by their address alone."""

import secrets
from hashlib import sha256
from uuid import UUID

from django.db.models import F, Q

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import MeetingNotInSightError
from rtopnet.meetings.models import CalendarFeed
from rtopnet.network.public import Account, posts_of_account


def make_feed(*, by: UUID, post: UUID) -> str:
    """Make the feed of a post that ``by`` holds; its secret, which is shown once. An earlier one ends.

    Raises:
        MeetingNotInSightError: ``by`` does not hold such a post.
    """
    secret = secrets.token_urlsafe(32)
    with acting_as(by):
        account = Account.objects.get(pk=by)
        if post not in {held.id for held in posts_of_account(account, account.language)}:
            raise MeetingNotInSightError("You do not hold such a post.")
        CalendarFeed.objects.filter(account=by, post=post, revoked_at__isnull=True).update(revoked_at=now())
        feed = CalendarFeed.objects.create(
            region_id=account.region_id, post_id=post, account_id=by, secret_sha256=_digest(secret)
        )
        record_deed(verb="made", kind="meetings.feed", subject=feed.pk)
    return secret


def revoke_feed(*, by: UUID, post: UUID) -> None:
    """End the feed of a post that ``by`` made; where there is none, nothing changes."""
    with acting_as(by):
        rows = CalendarFeed.objects.filter(account=by, post=post, revoked_at__isnull=True)
        for feed in rows:
            rows.filter(pk=feed.pk).update(revoked_at=now())
            record_deed(verb="revoked", kind="meetings.feed", subject=feed.pk)


def account_behind_feed(*, secret: str) -> Account | None:
    """Who made the feed, while they hold its post; whoever held it before has no way in by an old address."""
    with acting_for(Capacity.SIGN_IN):
        at = now()
        # One filter, so that all conditions bear on the same holding.
        held = Q(post__holding__account=F("account"), post__holding__starts_at__lte=at) & (
            Q(post__holding__ends_at__isnull=True) | Q(post__holding__ends_at__gt=at)
        )
        feed = (
            CalendarFeed.objects.filter(
                held, secret_sha256=_digest(secret), revoked_at__isnull=True, account__is_active=True
            )
            .select_related("account")
            .first()
        )
        return feed.account if feed else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""How somebody wants to be told: habits, channels by kind, browsers that may be woken, mails that stop."""

from base64 import urlsafe_b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.jobs import defer_job
from rtopnet.kernel.outward import NotPublicError, refuse_not_public
from rtopnet.network.letters import account_of_stop_token
from rtopnet.network.models import (
    Account,
    Notice,
    NoticeDelivery,
    NoticeHabits,
    NoticeRefusal,
    PushSubscription,
)
from rtopnet.network.notice_kinds import NoticeKind, notice_kind
from rtopnet.network.notice_rules import Channel, Habits, Rhythm, delivery_time
from rtopnet.network.own_notices import TRIAL
from rtopnet.network.push_messages import PushTarget, refuse_bad_keys
from rtopnet.network.queries import habits_of
from rtopnet.network.services.notices import give_notice

MOST_BROWSERS = 10
LONGEST_ENDPOINT = 1000
TRIAL_EVERY = timedelta(minutes=1)


class UnknownTimeZoneError(RuleBrokenError):
    """There is no such time zone."""


class PushTargetRefusedError(RuleBrokenError):
    """The browser's push service cannot be called, or its keys are none."""


class TrialTooSoonError(RuleBrokenError):
    """A trial was sent a moment ago."""


@dataclass(frozen=True)
class Refused:
    """A kind of notice that is not wanted by a channel."""

    kind: str
    channel: Channel


def choose_notice_habits(*, by: UUID, habits: Habits, time_zone: str) -> None:
    """Keep when ``by`` wants to be told, and their time zone; empty for the region's.

    What waits already is planned anew. ``habits.zone`` is not looked at.

    Raises:
        UnknownTimeZoneError: there is no such time zone.
    """
    if time_zone and time_zone not in available_timezones():
        raise UnknownTimeZoneError("There is no such time zone.")
    with acting_as(by):
        Account.objects.filter(pk=by).update(time_zone=time_zone)
        NoticeHabits.objects.update_or_create(
            account_id=by,
            defaults={
                "rhythm": habits.rhythm.value,
                "digest_hour": habits.digest_hour,
                "digest_weekday": habits.digest_weekday,
                "quiet_from": habits.quiet_from,
                "quiet_until": habits.quiet_until,
                "urgent_passes": habits.urgent_passes,
            },
        )
        record_deed(verb="chosen", kind="network.notice_habits", subject=by)
        _plan_anew(by)


def choose_notice_channels(*, by: UUID, refused: Collection[Refused]) -> None:
    """Keep which kinds ``by`` does not want by which channel; all others come."""
    with acting_as(by):
        NoticeRefusal.objects.filter(account_id=by).delete()
        NoticeRefusal.objects.bulk_create(
            NoticeRefusal(account_id=by, kind=notice_kind(one.kind).key, channel=one.channel)
            for one in set(refused)
        )
        record_deed(verb="chosen", kind="network.notice_channels", subject=by)
        _plan_anew(by)


def reader_of_stop_link(*, token: str) -> bool:
    """Whether a mail's link is one of ours, of an account that is still open."""
    account = account_of_stop_token(token)
    if account is None:
        return False
    with acting_as(UUID(account)):
        return Account.objects.filter(pk=account, is_active=True).exists()


def stop_notice_mails(*, token: str) -> bool:
    """Stop an account's mails by the link in one of them; whether the link is one of ours."""
    if not reader_of_stop_link(token=token):
        return False
    by = UUID(account_of_stop_token(token) or "")
    with acting_as(by):
        NoticeHabits.objects.update_or_create(account_id=by, defaults={"rhythm": Rhythm.NEVER.value})
        record_deed(verb="stopped", kind="network.notice_mails", subject=by)
        _plan_anew(by)
    return True


def add_push_subscription(*, by: UUID, endpoint: str, p256dh: str, auth: str, browser: str) -> None:
    """Let a browser be woken for ``by``; whoever it was woken for before no longer is.

    Args:
        by: the account.
        endpoint: the address that the browser's push service gave it.
        p256dh: its public key, in URL-safe base64.
        auth: its secret, likewise.
        browser: how the reader will know it again, such as "Firefox on Linux".

    Raises:
        PushTargetRefusedError: the address is not a public one by https, the keys are none, or there are ten.
    """
    target = _target(endpoint, p256dh, auth)
    with acting_as(by):
        with acting_for(Capacity.INSTALLATION):
            PushSubscription.objects.filter(endpoint=target.endpoint).delete()
        if PushSubscription.objects.filter(account_id=by).count() >= MOST_BROWSERS:
            raise PushTargetRefusedError("You have ten browsers already; stop one of them first.")
        row = PushSubscription.objects.create(
            account_id=by,
            endpoint=target.endpoint,
            p256dh=target.p256dh,
            auth=target.auth,
            browser=browser[:40],
        )
        record_deed(verb="added", kind="network.push_subscription", subject=row.pk)


def remove_push_subscription(*, by: UUID, subscription: UUID) -> None:
    """No longer wake a browser of ``by``."""
    with acting_as(by):
        if PushSubscription.objects.filter(pk=subscription, account_id=by).delete()[0]:
            record_deed(verb="removed", kind="network.push_subscription", subject=subscription)


def send_trial_notice(*, by: UUID) -> None:
    """Give ``by`` a notice by every channel they want, to see that it arrives.

    Raises:
        TrialTooSoonError: the last one is less than a minute old.
    """
    with acting_as(by):
        account = Account.objects.get(pk=by)
        recent = Notice.objects.filter(account=account, kind=TRIAL.key, given_at__gt=now() - TRIAL_EVERY)
        if recent.exists():
            raise TrialTooSoonError("A trial was sent less than a minute ago. Wait for it to arrive.")
        give_notice(
            kind=TRIAL.key,
            accounts=[by],
            region=account.region_id,
            subject_kind="network.account",
            subject=by,
            may_name=True,
        )


def _target(endpoint: str, p256dh: str, auth: str) -> PushTarget:
    try:
        target = PushTarget(endpoint, _from_base64(p256dh), _from_base64(auth))
        refuse_not_public(endpoint)
        refuse_bad_keys(target)
        is_fit = len(endpoint) <= LONGEST_ENDPOINT
    except (NotPublicError, ValueError):
        is_fit = False
    if not is_fit:
        raise PushTargetRefusedError("This browser's push service cannot be called.")
    return target


def _from_base64(text: str) -> bytes:
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def _plan_anew(by: UUID) -> None:
    """Plan what waits, and was not tried yet, by what was just chosen."""
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.get(pk=by)
        habits = habits_of([account])[account.pk]
        refused = set(NoticeRefusal.objects.filter(account=account).values_list("kind", "channel"))
        waiting = NoticeDelivery.objects.filter(account=account, settled_at__isnull=True, attempts=0)
        for row in waiting.select_for_update(of=("self",)).select_related("notice"):
            kind, channel = notice_kind(row.notice.kind), Channel(row.channel)
            at = None if (kind.key, channel) in refused else _time(habits, kind, channel)
            if at is None:
                row.outcome, row.settled_at = "dropped", now()
            else:
                row.not_before = at
            row.save(update_fields=["outcome", "settled_at", "not_before"])
        defer_job("deliver_notices")


def _time(habits: Habits, kind: NoticeKind, channel: Channel) -> datetime | None:
    return delivery_time(habits, channel=channel, urgent=kind.urgent, now=now())

"""Passing notices on by mail and push, when their readers want them; safe to run twice and side by side."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.outward import NotPublicError, UnreachableError
from rtopnet.network.letters import NotSentError, Postman, letter_about
from rtopnet.network.models import Account, Notice, NoticeDelivery, PushSubscription
from rtopnet.network.notice_kinds import notice_kind
from rtopnet.network.notice_rules import Channel, Habits, quiet_end, retry_time
from rtopnet.network.push_messages import PushGoneError, PushRefusedError, PushTarget, push_title
from rtopnet.network.queries import habits_of, nameable_notices, notice_lines

WORKED_FOR = timedelta(seconds=45)
"""How long one run goes on sending; what is left is the next one's."""

KEPT_READ_FOR = timedelta(days=365)
KEPT_SENT_FOR = timedelta(days=30)


def deliver_due_notices() -> None:
    """Send what is due, one account and channel at a time, each in a transaction of its own.

    A failed attempt is written down and tried again later; after the last one it stays in its reader's sight.
    Should the program die between the mail server's yes and the commit, that mail comes a second time.
    """
    until = monotonic() + WORKED_FOR.total_seconds()
    with Postman() as postman:
        for account, channel in _due():
            if monotonic() > until:
                break
            _deliver(account, Channel(channel), postman)


def forget_old_notices() -> None:
    """Take away what was put away or read a year ago, and what was sent a month ago."""
    with acting_for(Capacity.INSTALLATION):
        long_ago = now() - KEPT_READ_FOR
        old = Notice.objects.filter(cleared_at__lt=long_ago) | Notice.objects.filter(read_at__lt=long_ago)
        sent = NoticeDelivery.objects.filter(settled_at__lt=now() - KEPT_SENT_FOR)
        if sent.delete()[0] + old.delete()[0]:
            record_deed(verb="forgotten", kind="network.notices", subject="old")


def _due() -> list[tuple[UUID, str]]:
    with acting_for(Capacity.INSTALLATION):
        waiting = NoticeDelivery.objects.filter(settled_at__isnull=True, not_before__lte=now())
        pairs = waiting.values("account_id", "channel").annotate(first=Min("not_before")).order_by("first")
        return [(pair["account_id"], pair["channel"]) for pair in pairs]


def _deliver(account_id: UUID, channel: Channel, postman: Postman) -> None:
    with acting_for(Capacity.INSTALLATION):
        due = NoticeDelivery.objects.filter(
            account_id=account_id, channel=channel, settled_at__isnull=True, not_before__lte=now()
        )
        rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("notice"))
        if not rows:
            return  # another run has them
        account = Account.objects.get(pk=account_id)
        rows = _drop_unwanted(account, rows)
        rows = _put_off(habits_of([account])[account.pk], rows)
        if rows:
            send = _mail(account, rows, postman) if channel is Channel.MAIL else _push(account, rows)
            _try(account, rows, channel, send)


def _drop_unwanted(account: Account, rows: Sequence[NoticeDelivery]) -> list[NoticeDelivery]:
    """Leave out what its reader has read or put away, or no longer sees, a post having been handed over."""
    ids = [row.notice_id for row in rows]
    with acting_as(account.pk):
        unread = Notice.objects.filter(pk__in=ids, read_at__isnull=True, cleared_at__isnull=True)
        wanted = set(unread.values_list("pk", flat=True)) if account.is_active else set()
    dropped = [row for row in rows if row.notice_id not in wanted]
    if dropped:
        _settle(dropped, "dropped")
        record_deed(verb="dropped", kind="network.notices", subject=account.pk, region=account.region_id)
    return [row for row in rows if row.notice_id in wanted]


def _put_off(habits: Habits, rows: Sequence[NoticeDelivery]) -> list[NoticeDelivery]:
    """Leave what fell into the quiet hours, after a failure or a long run, until they end."""
    at = now()
    end = quiet_end(habits, at)
    if end == at:
        return list(rows)
    passing = [row for row in rows if habits.urgent_passes and notice_kind(row.notice.kind).urgent]
    kept = {row.pk for row in rows} - {row.pk for row in passing}
    if kept:
        NoticeDelivery.objects.filter(pk__in=kept).update(not_before=end)
        record_deed(verb="put_off", kind="network.notices", subject="quiet_hours")
    return passing


def _try(account: Account, rows: Sequence[NoticeDelivery], channel: Channel, send: Callable[[], str]) -> None:
    try:
        outcome = send()
    except NotSentError as error:
        _settle_failure(rows, error.problem, is_final=error.is_final)
        outcome = "failed"
    else:
        _settle(rows, outcome)
    record_deed(
        verb=f"{channel}_{outcome}",
        kind="network.notices",
        subject=account.pk,
        region=account.region_id,
        detail={"notices": len(rows)},
    )


def _mail(account: Account, rows: Sequence[NoticeDelivery], postman: Postman) -> Callable[[], str]:
    notices = [row.notice for row in rows]
    zone = ZoneInfo(habits_of([account])[account.pk].zone)
    with acting_as(account.pk), translation.override(account.language):
        nameable = nameable_notices(notices)
        lines = notice_lines([one for one in notices if one.pk in nameable], zone=zone)
    named = [line for line in lines if line.what]
    letter = letter_about(account, named, len(notices) - len(named))

    def send() -> str:
        postman.send(letter)
        return "sent"

    return send


def _push(account: Account, rows: Sequence[NoticeDelivery]) -> Callable[[], str]:
    kinds = {row.notice.kind for row in rows}
    urgent = any(notice_kind(kind).urgent for kind in kinds)
    with translation.override(account.language):
        several = gettext("Several things wait for you")
        title = str(notice_kind(kinds.pop()).title) if len(kinds) == 1 else several

    def send() -> str:
        browsers = list(PushSubscription.objects.filter(account=account))
        problems = [_push_to(browser, title, urgent=urgent) for browser in browsers]
        if "" in problems:
            return "sent"
        reasons = [problem for problem in problems if problem != "gone"]
        if reasons:
            raise NotSentError(reasons[0])
        return "dropped"

    return send


def _push_to(browser: PushSubscription, title: str, *, urgent: bool) -> str:
    target = PushTarget(browser.endpoint, bytes(browser.p256dh), bytes(browser.auth))
    problem = ""
    try:
        push_title(target, title, urgent=urgent)
    except PushGoneError:
        browser.delete()
        return "gone"
    except (PushRefusedError, NotPublicError):
        problem = "refused"
    except UnreachableError:
        problem = "unreachable"
    if browser.problem != problem:
        PushSubscription.objects.filter(pk=browser.pk).update(problem=problem)
    return problem


def _settle(rows: Collection[NoticeDelivery], outcome: str) -> None:
    NoticeDelivery.objects.filter(pk__in=[row.pk for row in rows]).update(outcome=outcome, settled_at=now())


def _settle_failure(rows: Sequence[NoticeDelivery], problem: str, *, is_final: bool) -> None:
    for row in rows:
        attempts = row.attempts + 1
        again = None if is_final else retry_time(attempts=attempts, now=now())
        NoticeDelivery.objects.filter(pk=row.pk).update(
            attempts=attempts,
            problem=problem,
            not_before=again or now(),
            outcome="" if again else "failed",
            settled_at=None if again else now(),
        )

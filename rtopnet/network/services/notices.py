"""Giving notices, and what their reader does with them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.db.models.functions import Now

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.jobs import defer_job
from rtopnet.network.models import (
    Account,
    Holding,
    Notice,
    NoticeDelivery,
    NoticeRefusal,
    PushSubscription,
)
from rtopnet.network.notice_kinds import GivenNotice, channels, notice_kind, subjects_of
from rtopnet.network.notice_rules import Channel, delivery_time
from rtopnet.network.queries import habits_of

UNDO_WITHIN = timedelta(minutes=10)
_UNDO_SALT = "network.notices.undo"


def give_notice(
    *,
    kind: str,
    accounts: Iterable[UUID],
    region: UUID,
    subject_kind: str,
    subject: UUID,
    who: UUID | None = None,
    may_name: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Tell ``accounts`` of a subject, in the present transaction; closed and other regions' are left out.

    Mails and pushes follow after commit, when each reader wants them; none is sent if it rolls back.

    Args:
        kind: a registered notice kind.
        accounts: whom it concerns; each is told once.
        region: the region it belongs to.
        subject_kind: a registered kind of subjects.
        subject: its id; its title is looked up as the reader whenever it is shown.
        who: the state or institution that acted.
        may_name: whether a mail may carry the title and the name; only for GREEN or CLEAR.
        due_at: by when the reader is to act.

    Raises:
        LookupError: the kind or the subject's kind is not registered.
    """
    about = notice_kind(kind)
    subjects_of(subject_kind)
    with acting_for(Capacity.INSTALLATION):
        told = list(Account.objects.filter(pk__in=set(accounts), region_id=region, is_active=True))
        if not told:
            return
        posts = {} if about.personal else _posts_of(told)
        rows = Notice.objects.bulk_create(
            Notice(
                region_id=region,
                account=account,
                posts=posts.get(account.pk, []),
                kind=kind,
                subject_kind=subject_kind,
                subject=subject,
                who=who,
                may_name=may_name,
                given_at=now(),
                due_at=due_at,
            )
            for account in told
        )
        _plan(rows, told, urgent=about.urgent)
        record_deed(
            verb="given",
            kind="network.notice",
            subject=subject,
            region=region,
            detail={"notice": kind, "subject": subject_kind},
        )
        given = tuple(_given(row) for row in rows)
        for channel in channels():
            channel(given)


def mark_notice_read(*, by: UUID, notice: UUID) -> None:
    """Note that ``by`` has read a notice of theirs; another's, or one read before, stays as it is."""
    with acting_as(by):
        _set_read(by, Notice.objects.filter(pk=notice))


def mark_all_notices_read(*, by: UUID) -> str | None:
    """Note that ``by`` has read all; what undoes it within ten minutes, or None where nothing was unread."""
    with acting_as(by):
        at = _set_read(by, Notice.objects.all())
        return _undo_token(by, "read_at", at) if at else None


def clear_notice(*, by: UUID, notice: UUID) -> str | None:
    """Put a notice of ``by`` away; what undoes it within ten minutes, or None where there was none."""
    with acting_as(by):
        at = now()
        cleared = Notice.objects.filter(pk=notice, account_id=by, cleared_at__isnull=True)
        if not cleared.update(cleared_at=at):
            return None
        record_deed(verb="cleared", kind="network.notice", subject=notice)
        return _undo_token(by, "cleared_at", at)


def undo_with_notices(*, by: UUID, token: str) -> bool:
    """Take back what ``mark_all_notices_read`` or ``clear_notice`` did; whether there was anything."""
    try:
        whose, field, at = signing.loads(token, salt=_UNDO_SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        return False
    if whose != str(by):
        return False
    with acting_as(by):
        undone = Notice.objects.filter(account_id=by, **{field: datetime.fromisoformat(at)})
        if not undone.update(**{field: None}):
            return False
        record_deed(verb="undone", kind="network.notices", subject=by)
        return True


def _set_read(by: UUID, rows: QuerySet[Notice]) -> datetime | None:
    at = now()
    if not rows.filter(account_id=by, read_at__isnull=True, cleared_at__isnull=True).update(read_at=at):
        return None
    record_deed(verb="read", kind="network.notices", subject=by)
    return at


def _undo_token(by: UUID, field: str, at: datetime) -> str:
    return signing.dumps([str(by), field, at.isoformat()], salt=_UNDO_SALT)


def _posts_of(accounts: Collection[Account]) -> dict[UUID, list[UUID]]:
    # The database's clock, as in the policy: what is held at this instant.
    held = Holding.objects.filter(account__in=accounts, starts_at__lte=Now()).exclude(ends_at__lte=Now())
    posts: dict[UUID, list[UUID]] = {}
    for account, post in held.values_list("account_id", "post_id"):
        posts.setdefault(account, []).append(post)
    return posts


def _plan(rows: Collection[Notice], told: Collection[Account], *, urgent: bool) -> None:
    """Write down when each notice goes out by which channel, and have the first of them sent after commit."""
    habits = habits_of(told)
    wanted = _wanted_channels(told, rows)
    deliveries = [
        NoticeDelivery(notice=row, account_id=row.account_id, channel=channel, not_before=at)
        for row in rows
        for channel in wanted[row.account_id]
        if (at := delivery_time(habits[row.account_id], channel=channel, urgent=urgent, now=row.given_at))
    ]
    NoticeDelivery.objects.bulk_create(deliveries)
    if any(delivery.not_before <= now() for delivery in deliveries):
        defer_job("deliver_notices")


def _wanted_channels(told: Collection[Account], rows: Collection[Notice]) -> Mapping[UUID, list[Channel]]:
    kinds = {row.kind for row in rows}
    refused = set(
        NoticeRefusal.objects.filter(account__in=told, kind__in=kinds).values_list("account_id", "channel")
    )
    own_letter = any(notice_kind(kind).own_letter for kind in kinds)
    pushed = set(PushSubscription.objects.filter(account__in=told).values_list("account_id", flat=True))
    return {
        account.pk: [
            channel
            for channel in Channel
            if (account.pk, channel) not in refused
            and (not own_letter if channel is Channel.MAIL else account.pk in pushed)
        ]
        for account in told
    }


def _given(row: Notice) -> GivenNotice:
    return GivenNotice(
        id=row.pk,
        account=row.account_id,
        region=row.region_id,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject=row.subject,
        may_name=row.may_name,
        given_at=row.given_at,
    )

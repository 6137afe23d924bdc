"""Verbs on webhooks: making and removing them, and announcing to them what its holder is told."""

import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rtopnet.audit.public import books_of, record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.ciphers import cipher_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.jobs import defer_job
from rtopnet.kernel.outward import NotPublicError, UnreachableError, post_outward, refuse_not_public
from rtopnet.network.models import Account, Webhook, WebhookDelivery
from rtopnet.network.notice_kinds import (
    GivenNotice,
    NoticeKind,
    known_kinds,
    register_channel,
    register_notice_kind,
    register_subjects,
)
from rtopnet.network.services.notices import give_notice
from rtopnet.network.webhook_rules import (
    FAILURES_UNTIL_DISABLED,
    TEST_KIND,
    announcement,
    next_try,
    signature,
)

MOST_WEBHOOKS = 10
MOST_AT_A_TIME = 200
KEPT_FOR = timedelta(days=30)
LEAVE_ALONE_FOR = timedelta(minutes=30)
TAKEN = range(200, 300)
_VISIBLE = re.compile(r"[\x21-\x7e]{1,500}")
Post = Callable[..., int]

DISABLED = NoticeKind(
    "network.webhook_disabled",
    title=_("A webhook was switched off"),
    sentence=_("Your webhook {what} was switched off: it failed too often in a row."),
    personal=True,
)


class WebhookRefusedError(RuleBrokenError):
    """A webhook needs a public https address and known kinds, and nobody has more than a few."""


class WebhookNotInSightError(RuleBrokenError):
    """There is no such webhook or delivery of the acting account."""


@dataclass(frozen=True)
class NewWebhook:
    """A webhook just made; its secret is shown this once."""

    id: UUID
    secret: str


def register_webhooks() -> None:
    """Announce notices to webhooks; when the program starts."""
    register_channel(queue_announcements)
    register_notice_kind(DISABLED)
    register_subjects("network.webhook", _urls)


def make_webhook(*, by: UUID, url: str, kinds: Collection[str]) -> NewWebhook:
    """Have notices of ``kinds`` to ``by`` announced to an address of theirs.

    Raises:
        WebhookRefusedError: the address is not a public one by https, a kind is unknown, or there are ten.
    """
    _expect_sound(url, kinds)
    secret = "whs_" + secrets.token_urlsafe(32)
    with acting_as(by):
        # Two at once take turns on the account's own row, so that ten stay ten.
        Account.objects.select_for_update(no_key=True).get(pk=by)
        if Webhook.objects.filter(account_id=by).count() >= MOST_WEBHOOKS:
            raise WebhookRefusedError(f"Nobody has more than {MOST_WEBHOOKS} webhooks: remove one first.")
        row = Webhook.objects.create(
            account_id=by,
            url=url,
            kinds=sorted(set(kinds)),
            secret_enciphered=cipher_for("webhooks").encrypt(secret.encode()).decode(),
            created_at=now(),
        )
        record_deed(verb="made", kind="network.webhook", subject=row.pk, detail={"kinds": len(row.kinds)})
    return NewWebhook(row.pk, secret)


def remove_webhook(*, by: UUID, webhook: UUID) -> None:
    """Announce nothing more to it; what was still to be sent is dropped.

    Raises:
        WebhookNotInSightError: ``by`` has no such webhook.
    """
    with acting_as(by):
        _own(by, webhook).delete()
        record_deed(verb="removed", kind="network.webhook", subject=webhook)


def enable_webhook(*, by: UUID, webhook: UUID) -> None:
    """Announce to it again after it was switched off.

    Raises:
        WebhookNotInSightError: ``by`` has no such webhook.
    """
    with acting_as(by):
        row = _own(by, webhook)
        Webhook.objects.filter(pk=row.pk).update(disabled_at=None, failures=0)
        record_deed(verb="enabled", kind="network.webhook", subject=webhook)


def send_test(*, by: UUID, webhook: UUID) -> None:
    """Announce a test to it, which is about nothing.

    Raises:
        WebhookNotInSightError: ``by`` has no such webhook.
    """
    with acting_as(by):
        row = _own(by, webhook)
        at = now()
        WebhookDelivery.objects.create(webhook=row, account_id=by, kind=TEST_KIND, at=at, due_at=at)
        record_deed(verb="tested", kind="network.webhook", subject=webhook)
        defer_job("deliver_webhooks")


def send_again(*, by: UUID, delivery: UUID) -> None:
    """Announce once more what was announced before.

    Raises:
        WebhookNotInSightError: ``by`` has no such delivery.
    """
    with acting_as(by):
        again = WebhookDelivery.objects.filter(pk=delivery, account_id=by)
        if not again.update(due_at=now(), tries=0, taken_at=None):
            raise WebhookNotInSightError("You have no such delivery.")
        record_deed(verb="sent_again", kind="network.webhook_delivery", subject=delivery)
        defer_job("deliver_webhooks")


def queue_announcements(notices: Sequence[GivenNotice]) -> None:
    """Write down what is to be announced of these notices, in the transaction that gives them."""
    hooks: dict[UUID, list[Webhook]] = {}
    for hook in Webhook.objects.filter(
        account__in={notice.account for notice in notices}, disabled_at__isnull=True
    ):
        hooks.setdefault(hook.account_id, []).append(hook)
    rows = [
        WebhookDelivery(
            webhook=hook,
            account_id=notice.account,
            notice=notice.id,
            kind=notice.kind,
            # Which record it is may be told of what is GREEN or CLEAR alone.
            subject_kind=notice.subject_kind if notice.may_name else "",
            subject=notice.subject if notice.may_name else None,
            at=notice.given_at,
            due_at=now(),
        )
        for notice in notices
        for hook in hooks.get(notice.account, [])
        if notice.kind in hook.kinds
    ]
    if rows:
        WebhookDelivery.objects.bulk_create(rows)
        defer_job("deliver_webhooks")


def deliver_due_announcements(*, post: Post = post_outward) -> int:
    """Send what is due, one transaction each, so that a crash sends at most one of them twice; how many.

    Args:
        post: posts ``content`` with ``headers`` to a URL and returns the answer's status.
    """
    for sent in range(MOST_AT_A_TIME):
        with acting_for(Capacity.INSTALLATION):
            row = (
                WebhookDelivery.objects.filter(due_at__lte=now())
                .order_by("due_at", "pk")
                .select_for_update(skip_locked=True)
                .first()
            )
            if row is None:
                return sent
            _try(row, post)
    return MOST_AT_A_TIME


def forget_old_deliveries() -> None:
    """Take away what was announced or given up more than a month ago."""
    with acting_for(Capacity.INSTALLATION):
        old = WebhookDelivery.objects.filter(due_at__isnull=True, at__lte=now() - KEPT_FOR)
        if old.delete()[0]:
            record_deed(verb="forgotten", kind="network.webhook_delivery", subject="old")


def _try(row: WebhookDelivery, post: Post) -> None:
    hook = Webhook.objects.select_related("account").get(pk=row.webhook_id)
    if hook.disabled_at is not None or not hook.account.is_active:
        row.due_at, row.fault = None, "switched off"
    else:
        _send(row, hook, post)
        _count(hook, is_taken=row.taken_at is not None)
    row.save(update_fields=["due_at", "tries", "tried_at", "status", "fault", "taken_at"])
    record_deed(
        verb="announced" if row.taken_at else "not_announced",
        kind="network.webhook_delivery",
        subject=row.pk,
        region=hook.account.region_id,
        detail={"status": row.status, "tries": row.tries},
        books=books_of(hook.account_id),
    )


def _send(row: WebhookDelivery, hook: Webhook, post: Post) -> None:
    at = now()
    body = announcement(
        delivery=str(row.pk),
        notice=str(row.notice) if row.notice else None,
        kind=row.kind,
        subject={"kind": row.subject_kind, "id": str(row.subject)} if row.subject else None,
        at=row.at,
    )
    secret = cipher_for("webhooks").decrypt(hook.secret_enciphered.encode()).decode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "RtoPNet",
        "RtoPNet-Signature": signature(secret, body, at),
    }
    row.tries, row.tried_at, row.status, row.fault = row.tries + 1, at, None, ""
    try:
        row.status = post(hook.url, content=body, headers=headers)
    except (NotPublicError, UnicodeError):  # the latter: no name server knows such a name
        row.fault = "not a public address"
    except UnreachableError:
        row.fault = "no answer"
    if row.status in TAKEN:
        row.taken_at, row.due_at = at, None
    else:
        row.due_at = next_try(row.tries, at)
        # What else waits for it waits as well, or one dead host would keep all the others waiting.
        waiting = WebhookDelivery.objects.filter(webhook=hook, due_at__lte=at).exclude(pk=row.pk)
        waiting.update(due_at=row.due_at or at + LEAVE_ALONE_FOR)


def _count(hook: Webhook, *, is_taken: bool) -> None:
    if is_taken:
        Webhook.objects.filter(pk=hook.pk).update(failures=0)
        return
    Webhook.objects.filter(pk=hook.pk).update(failures=F("failures") + 1)
    spent = Webhook.objects.filter(
        pk=hook.pk, failures__gte=FAILURES_UNTIL_DISABLED, disabled_at__isnull=True
    )
    if spent.update(disabled_at=now()):
        give_notice(
            kind=DISABLED.key,
            accounts=[hook.account_id],
            region=hook.account.region_id,
            subject_kind="network.webhook",
            subject=hook.pk,
        )


def _own(by: UUID, webhook: UUID) -> Webhook:
    row = Webhook.objects.filter(pk=webhook, account_id=by).first()
    if row is None:
        raise WebhookNotInSightError("You have no such webhook.")
    return row


def _expect_sound(url: str, kinds: Collection[str]) -> None:
    known = {kind.key for kind in known_kinds()}
    if not kinds or not set(kinds) <= known:
        raise WebhookRefusedError("Choose at least one kind of notice, and only kinds that there are.")
    try:
        refuse_not_public(url)
        is_address = bool(_VISIBLE.fullmatch(url)) and bool(httpx.URL(url).host)
    except (NotPublicError, httpx.InvalidURL):
        is_address = False
    if not is_address:
        raise WebhookRefusedError("The address must begin with https:// and be that of a public host.")


def _urls(ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Webhook.objects.filter(pk__in=ids).values_list("pk", "url"))

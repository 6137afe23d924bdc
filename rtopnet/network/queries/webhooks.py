"""A person's webhooks, and what became of what was sent to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.network.models import Webhook, WebhookDelivery

RECENT = 10


@dataclass(frozen=True)
class DeliveryLine:
    """One announcement; ``due_at`` is None once it was taken or given up."""

    id: UUID
    kind: str
    at: datetime
    tries: int
    tried_at: datetime | None
    status: int | None
    fault: str
    due_at: datetime | None
    taken_at: datetime | None


@dataclass(frozen=True)
class WebhookSummary:
    """A webhook without its secret, with its latest announcements."""

    id: UUID
    url: str
    kinds: tuple[str, ...]
    created_at: datetime
    failures: int
    disabled_at: datetime | None
    deliveries: tuple[DeliveryLine, ...]


def webhooks_of(account: UUID) -> list[WebhookSummary]:
    """The account's webhooks, the newest first, each with its latest announcements."""
    return [
        WebhookSummary(
            id=row.pk,
            url=row.url,
            kinds=tuple(row.kinds),
            created_at=row.created_at,
            failures=row.failures,
            disabled_at=row.disabled_at,
            deliveries=_recent(row),
        )
        for row in Webhook.objects.filter(account_id=account).order_by("-created_at", "pk")
    ]


def _recent(webhook: Webhook) -> tuple[DeliveryLine, ...]:
    rows = WebhookDelivery.objects.filter(webhook=webhook).order_by("-at", "pk")[:RECENT]
    return tuple(
        DeliveryLine(
            id=row.pk,
            kind=row.kind,
            at=row.at,
            tries=row.tries,
            tried_at=row.tried_at,
            status=row.status,
            fault=row.fault,
            due_at=row.due_at,
            taken_at=row.taken_at,
        )
        for row in rows
    )

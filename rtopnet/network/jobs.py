"""The network's work done later."""

from rtopnet.kernel.jobs import service_job
from rtopnet.network.public import (
    deliver_due_announcements,
    deliver_due_notices,
    forget_old_deliveries,
    forget_old_notices,
)


@service_job("deliver_notices", every="* * * * *")
def deliver_notices() -> None:
    """Send the mails and pushes that are due; also after each deed that gives notices."""
    deliver_due_notices()


@service_job("forget_notices", every="17 3 * * *")
def forget_notices() -> None:
    """Take away what is old."""
    forget_old_notices()


@service_job("deliver_webhooks", every="* * * * *")
def deliver_webhooks() -> None:
    """Announce to webhooks what is due; also after each deed that gives notices."""
    deliver_due_announcements()


@service_job("forget_webhook_deliveries", every="41 3 * * *")
def forget_webhook_deliveries() -> None:
    """Take away what is old."""
    forget_old_deliveries()

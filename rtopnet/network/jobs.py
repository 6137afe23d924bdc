"""The network's work done later."""

from uuid import UUID

from rtopnet.kernel.jobs import installation_job, service_job
from rtopnet.network.public import (
    close_ended_drills,
    deliver_due_announcements,
    deliver_due_notices,
    forget_old_deliveries,
    forget_old_notices,
    remind_of_contacts,
    send_drill_letter,
    send_due_drills,
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


@service_job("send_due_drills", every="* * * * *")
def drills_begin() -> None:
    """Send the drills whose hour has come."""
    send_due_drills()


@service_job("close_ended_drills", every="* * * * *")
def drills_end() -> None:
    """Work out the results of drills that have ended."""
    close_ended_drills()


@service_job("remind_of_contacts", every="7 1 * * *")
def contacts_are_due() -> None:
    """Remind those whose contact is to be confirmed."""
    remind_of_contacts()


@installation_job("send_drill_letter")
def letter_of_a_drill(*, call_id: str) -> None:
    """Send one letter of a drill."""
    send_drill_letter(call=UUID(call_id))

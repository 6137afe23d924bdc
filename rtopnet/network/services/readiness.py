"""Reminding of contacts to confirm, and the letters of drills."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.clock import now
from rtopnet.network.models import ContactReminder, DrillCall, NoticeRefusal, Region
from rtopnet.network.notice_rules import Channel
from rtopnet.network.queries.notices import time_zone_of
from rtopnet.network.queries.readiness import ConfirmationView, all_confirmations
from rtopnet.network.rules.readiness import reminder_stage
from rtopnet.network.services.drills import drill_token
from rtopnet.network.services.notices import give_notice


def remind_of_contacts() -> None:
    """Remind each holder whose contact is due in 30, 7 or 0 days, and weekly after; of each stage once."""
    with acting_for(Capacity.INSTALLATION):
        for region in Region.objects.order_by("slug"):
            for due in all_confirmations(region.pk):
                _remind(region.pk, due)


def _remind(region: UUID, due: ConfirmationView) -> None:
    due_on = due.due_at.date()
    stage = reminder_stage(due_on=due_on, today=now().date())
    if stage is None:
        return
    _reminder, is_new = ContactReminder.objects.get_or_create(
        post_id=due.post, account_id=due.account, due_on=due_on, stage=stage
    )
    if not is_new:
        return
    record_deed(verb="reminded", kind="network.post", subject=due.post, region=region)
    give_notice(
        kind="network.contact_due",
        accounts=[due.account],
        region=region,
        subject_kind="network.post",
        subject=due.post,
        due_at=due.due_at,
    )


def send_drill_letter(*, call: UUID) -> None:
    """Send the letter with the link by which a call is answered.

    There is none where nobody waits for the answer any more, or the reader wants no mail about drills.
    """
    row = (
        DrillCall.objects.filter(pk=call, answered_at__isnull=True, open_until__gt=now())
        .select_related("account", "drill")
        .first()
    )
    if row is None or not row.account.is_active or _wants_no_mail(row.account_id):
        return
    zone = ZoneInfo(time_zone_of(row.account))
    with translation.override(row.account.language):
        link = settings.SITE_ADDRESS + reverse("network_here", args=[drill_token(row.pk)])
        letter = EmailMessage(
            subject=_("Are you there? A drill of the network"),
            body=render_to_string(
                "network/letters/drill.txt",
                {"drill": row.drill, "link": link, "until": row.open_until.astimezone(zone)},
            ),
            to=[row.account.email],
        )
    letter.send()


def _wants_no_mail(account: UUID) -> bool:
    refused = NoticeRefusal.objects.filter(account_id=account, kind="network.drill", channel=Channel.MAIL)
    return refused.exists()

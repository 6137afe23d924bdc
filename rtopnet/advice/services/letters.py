"""Writing to the people of the office by mail: with the files where the marking lets them lie outside."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rtopnet.advice.models import SentLetter
from rtopnet.advice.queries import SentPage, file_contents, sent_page
from rtopnet.advice.services.sight import SENT
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.network.public import Account, bodies_of, desk_accounts
from rtopnet.sharing.public import Marking, Stage

MAILED = Marking.GREEN
"""From here on the files go along; of what is stricter a mail says only that something waits."""


def send_letters(*, record: UUID, region: UUID) -> int:
    """Write to each account of the office's desk about a transmission, once; how many letters went out.

    Each letter is made as its reader, so it holds what that reader may read at this hour.
    """
    with acting_for(Capacity.INSTALLATION):
        written = set(SentLetter.objects.filter(record=record).values_list("account_id", flat=True))
        desks = desk_accounts([body.id for body in bodies_of(region)])
        accounts = {account for held in desks.values() for account in held} - written
        people = list(Account.objects.filter(pk__in=accounts, is_active=True).order_by("pk"))
    count = 0
    for person in people:
        letter = _letter_to(person, record)
        if letter is not None:
            letter.send()
            _keep(person, record)
            count += 1
    return count


def _letter_to(person: Account, record: UUID) -> EmailMessage | None:
    with acting_as(person.pk), translation.override(person.language):
        page = sent_page(record)
        if page is None or not page.is_office or page.sheet.stage != Stage.OPEN:
            return None
        is_wide = page.sheet.marking >= MAILED
        letter = _message(person, page, is_wide=is_wide)
        if is_wide:
            for name, media_type, content in file_contents(record):
                letter.attach(name, content, media_type.partition(";")[0])
        return letter


def _message(person: Account, page: SentPage, *, is_wide: bool) -> EmailMessage:
    subject = (
        _("Advice %(reference)s: %(title)s") % {"reference": page.reference, "title": page.sheet.title}
        if is_wide
        else _("Advice waits for you in RtoPNet")
    )
    link = f"{settings.SITE_ADDRESS}{reverse('network_advice_sent', args=[page.record])}"
    about = {"page": page if is_wide else None, "link": link}
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("advice/mail/transmitted.txt", about),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _keep(person: Account, record: UUID) -> None:
    with acting_for(Capacity.INSTALLATION):
        SentLetter.objects.create(record_id=record, account=person, sent_at=now())
        record_deed(verb="sent", kind=SENT, subject=record, region=person.region_id)

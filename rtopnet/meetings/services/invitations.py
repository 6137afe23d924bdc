"""Sending invitations, changes and cancellations to the desks that a meeting is for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.kernel.jobs import defer_job
from rtopnet.meetings.calendars import (
    Method,
    address_of_meeting,
    calendar_of,
    cancellation_of,
    entry_of,
)
from rtopnet.meetings.models import Meeting, SentInvitation
from rtopnet.meetings.queries import MeetingLine, meeting_line
from rtopnet.network.public import Account, bodies_of, desk_accounts, give_notice
from rtopnet.sharing.public import Marking, Stage, database_now, record_sheet

SEND_INVITATIONS = "meetings.send_invitations"
MEETING = "meetings.meeting"
REMEMBERED = timedelta(days=400)
CALENDAR = "text/calendar; method={method}"
Sent = tuple[int, str]
"""The sequence and method of something sent; the greatest is the newest, but for a call-off."""


@dataclass(frozen=True)
class _Letter:
    method: Method
    sequence: int
    mail: EmailMultiAlternatives


def plan_invitations(*, by: UUID, record: UUID) -> None:
    """Have invitations sent as the meeting now stands, if the record is one; ``by`` acts for its owner."""
    with acting_as(by):
        row = Meeting.objects.filter(record=record).select_related("record").first()
        if row is not None and row.record.released_at is not None:
            is_later = row.open_from is not None and row.open_from > database_now()
            at = row.open_from if is_later else None
            defer_job(SEND_INVITATIONS, at=at, record=str(record), region=str(row.record.region_id))


def send_invitations(*, record: UUID, region: UUID) -> int:
    """Send each desk in the region what its calendar should now hold; how many letters went out.

    Each letter is made as its reader. What somebody was sent is not sent again, so this may run twice.
    """
    with acting_for(Capacity.INSTALLATION):
        sent = _sent(record)
        desks = desk_accounts([body.id for body in bodies_of(region)])
        accounts = {account for held in desks.values() for account in held} | set(sent)
        people = list(Account.objects.filter(pk__in=accounts, is_active=True).order_by("pk"))
    told: dict[Method, list[UUID]] = {"REQUEST": [], "CANCEL": []}
    for person in people:
        letter = _letter_to(person, record, sent.get(person.pk, []))
        if letter is None:
            continue
        letter.mail.send()
        _keep(person, record, letter)
        told[letter.method].append(person.pk)
    changed = [account for account in told["REQUEST"] if account in sent]
    _notify("meetings.moved", changed, record, region)
    _notify("meetings.called_off", told["CANCEL"], record, region)
    return len(told["REQUEST"]) + len(told["CANCEL"])


def refresh_invitations() -> int:
    """Send what followed without a deed on a meeting: readers came or went, or posts were handed over."""
    with acting_for(Capacity.INSTALLATION):
        recent = SentInvitation.objects.filter(sent_at__gt=now() - REMEMBERED)
        meetings = set(recent.values_list("record_id", "account__region_id"))
    return sum(send_invitations(record=record, region=region) for record, region in sorted(meetings))


def _letter_to(person: Account, record: UUID, before: list[Sent]) -> _Letter | None:
    with acting_as(person.pk), translation.override(person.language):
        line, sheet = meeting_line(record), record_sheet(record)
        if line is not None and sheet is not None and sheet.stage == Stage.OPEN:
            method: Method = "CANCEL" if line.is_cancelled else "REQUEST"
            first_and_late = not before and (method == "CANCEL" or line.is_over)
            if first_and_late or (line.sequence, method) in before:
                return None
            return _letter(person, line, sheet.marking, method)
        if not before or before[-1][1] == "CANCEL":
            return None
        return _farewell(person, record, before[-1][0] + 1)


def _letter(person: Account, line: MeetingLine, marking: Marking, method: Method) -> _Letter:
    is_wide = marking >= Marking.GREEN
    about = {"line": line if is_wide else None, "method": method, "link": address_of_meeting(line.record)}
    title = line.title if is_wide else gettext("a meeting in RtoPNet")
    subject = gettext("Called off: %(title)s") if method == "CANCEL" else gettext("Invitation: %(title)s")
    mail = _mail(person, subject % {"title": title}, render_to_string("meetings/mail/invitation.txt", about))
    if is_wide:
        # Calendars lie outside: what is stricter is not put there by mail.
        calendar = calendar_of([entry_of(line, marking)], method=method, at=now(), attendee=person.email)
        mail.attach_alternative(calendar.decode(), CALENDAR.format(method=method))
    return _Letter(method, line.sequence, mail)


def _farewell(person: Account, record: UUID, sequence: int) -> _Letter:
    text = render_to_string("meetings/mail/invitation.txt", {"line": None, "method": "CANCEL", "link": ""})
    mail = _mail(person, gettext("Called off: %(title)s") % {"title": gettext("a meeting in RtoPNet")}, text)
    calendar = cancellation_of(record, sequence=sequence, at=now(), attendee=person.email)
    mail.attach_alternative(calendar.decode(), CALENDAR.format(method="CANCEL"))
    return _Letter("CANCEL", sequence, mail)


def _mail(person: Account, subject: str, body: str) -> EmailMultiAlternatives:
    one_line = " ".join(subject.split())
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMultiAlternatives(subject=one_line, body=body, to=[person.email], headers=headers)


def _keep(person: Account, record: UUID, letter: _Letter) -> None:
    with acting_for(Capacity.INSTALLATION):
        SentInvitation.objects.create(
            record_id=record,
            account=person,
            method=letter.method,
            sequence=letter.sequence,
            sent_at=now(),
        )
        record_deed(verb="invited", kind=MEETING, subject=record, region=person.region_id)


def _notify(kind: str, accounts: list[UUID], record: UUID, region: UUID) -> None:
    if accounts:
        give_notice(
            kind=kind, accounts=accounts, region=region, subject_kind="sharing.record", subject=record
        )


def _sent(record: UUID) -> dict[UUID, list[Sent]]:
    found: dict[UUID, list[Sent]] = {}
    rows = SentInvitation.objects.filter(record=record).order_by("sequence", "sent_at")
    for account, sequence, method in rows.values_list("account_id", "sequence", "method"):
        found.setdefault(account, []).append((sequence, method))
    return found

"""Meetings as calendar programs take them (RFC 5545, RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from rtopnet.meetings.queries import MeetingLine
from rtopnet.sharing.public import Marking

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
ASKED_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting as a calendar shows it; calendars live outside, so stricter ones show their time alone."""

    record: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool


def entry_of(line: MeetingLine, marking: Marking) -> CalendarEntry:
    """The meeting as far as it may stand in a calendar: title and place from GREEN on."""
    is_wide = marking >= Marking.GREEN
    return CalendarEntry(
        record=line.record,
        title=line.title if is_wide else gettext("A meeting: open it in RtoPNet"),
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        place=line.place if is_wide else "",
        sequence=line.sequence,
        changed_at=line.changed_at,
        is_cancelled=line.is_cancelled,
    )


def calendar_of(
    entries: Iterable[CalendarEntry], *, method: Method, at: datetime, name: str = "", attendee: str = ""
) -> bytes:
    """A calendar with one event a meeting; each keeps its UID for good, and counts its changes.

    Args:
        entries: what it holds.
        method: what the reader's program is to do with it.
        at: when it was made.
        name: of the calendar, for feeds.
        attendee: the address of who is invited.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//RtoPNet//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", vDuration(ASKED_AGAIN), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText("PT1H"))
    for entry in entries:
        calendar.add_component(_event(entry, method, at, attendee))
    return bytes(calendar.to_ical())


def cancellation_of(record: UUID, *, sequence: int, at: datetime, attendee: str) -> bytes:
    """Takes a meeting that one reads no more out of one's calendar, and says nothing of it."""
    calendar = Calendar()
    calendar.add("prodid", "-//RtoPNet//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL")
    event = Event()
    event.add("uid", uid_of(record))
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED")
    event.add("organizer", _organizer())
    event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(record: UUID) -> str:
    """How calendars know the meeting, now and after every change."""
    return f"{record}@{urlsplit(settings.SITE_ADDRESS).hostname or 'rtopnet'}"


def address_of_meeting(record: UUID) -> str:
    """Its page, for readers outside the product."""
    return f"{settings.SITE_ADDRESS}{reverse('meetings_meeting', args=[record])}"


def _event(entry: CalendarEntry, method: Method, at: datetime, attendee: str) -> Event:
    event = Event()
    event.add("uid", uid_of(entry.record))
    event.add("dtstamp", at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    # In UTC, which every program turns into its reader's time without a table of zones of ours.
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", vUri(address_of_meeting(entry.record)))
    event.add("status", "CANCELLED" if entry.is_cancelled or method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer())
    if attendee:
        # States answer in the product; a click in a mail program would answer for nobody.
        invited = vCalAddress(f"mailto:{attendee}")
        invited.params["RSVP"] = "FALSE"
        invited.params["PARTSTAT"] = "NEEDS-ACTION"
        event.add("attendee", invited)
    return event


def _organizer() -> vCalAddress:
    return vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")

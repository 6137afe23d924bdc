"""Planning meetings, moving and cancelling them, and what their host says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.kernel.jobs import defer_job
from rtopnet.meetings.meeting_rules import MeetingTimesError
from rtopnet.meetings.models import HostPack, Meeting, Series
from rtopnet.meetings.services.deeds import (
    expect_to_come,
    keep_deed,
    meeting_at_the_desk,
    meeting_in_sight,
)
from rtopnet.network.public import Account
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    Terms,
    Words,
    acting_principals,
    address_record,
    draft_record,
)

KIND = "meeting"
SEND_INVITATIONS = "meetings.send_invitations"


@dataclass(frozen=True)
class When:
    """When and where a meeting is; instants know their time zone, ``zone`` is the one it is announced in."""

    form: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str = ""
    join_link: str = ""
    """How to join from afar."""
    host_state: UUID | None = None
    chair_state: UUID | None = None


@dataclass(frozen=True)
class Invites:
    """What an invitation says, and how far it may go."""

    title: str
    body: str
    marking: Marking
    audience: Audience


@dataclass(frozen=True)
class HostWords:
    """What the host tells those who come."""

    venue: str = ""
    programme: str = ""
    logistics: str = ""


def keep_series(
    *, by: UUID, name: str, rhythm: str = "", state: UUID | None = None, institution: UUID | None = None
) -> UUID:
    """Begin a series of a state or an institution.

    Raises:
        OwnerDecidesError: ``by`` does not decide for it.
    """
    with acting_as(by):
        if (state or institution) not in acting_principals():
            raise OwnerDecidesError("Only those who decide for a state or institution keep its series.")
        series = Series.objects.create(
            region_id=Account.objects.get(pk=by).region_id,
            owner_state_id=state,
            owner_institution_id=institution,
            name=name,
            rhythm=rhythm,
        )
        record_deed(verb="made", kind="meetings.series", subject=series.pk)
        return series.pk


def plan_meeting(
    *,
    by: UUID,
    when: When,
    invites: Invites,
    state: UUID | None = None,
    institution: UUID | None = None,
    series: UUID | None = None,
    number: int | None = None,
) -> UUID:
    """Draft a meeting of a state or an institution; nobody is invited until its record is released.

    Returns:
        The id of its record.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        MarkingTooNarrowError: the marking does not let the invitation go so far.
        MeetingTimesError: it would end before it begins.
    """
    with acting_as(by):
        _expect_order(when)
        if (state or institution) not in acting_principals():
            raise OwnerDecidesError("Only those who decide for a state or institution call its meetings.")
        record = draft_record(
            by=by,
            terms=Terms(KIND, invites.marking),
            words=Words(invites.title, invites.body),
            state=state,
            institution=institution,
        )
        address_record(by=by, record=record, audience=invites.audience)
        found = Series.objects.filter(pk=series).first() if series else None
        meeting = Meeting.objects.create(
            record_id=record,
            series=found,
            series_name=found.name if found else "",
            number=number,
            **_columns(when),
        )
        keep_deed("drafted", meeting, "meetings.meeting")
        return record


def change_meeting(*, by: UUID, meeting: UUID, when: When) -> None:
    """Move the meeting or set its host and chair; who was invited is sent the change at once.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` does not decide for its owner.
        MeetingOverError: it was cancelled.
        MeetingTimesError: it would end before it begins.
    """
    with acting_as(by):
        row = meeting_at_the_desk(meeting)
        if row.cancelled_at is not None:
            expect_to_come(row)
        _expect_order(when)
        before = _columns_of(row)
        columns = _columns(when)
        if before == columns:
            return
        Meeting.objects.filter(pk=row.pk).update(
            **columns, sequence=row.sequence + (row.open_from is not None), changed_at=now()
        )
        keep_deed("moved", row, "meetings.meeting")
        if row.open_from is not None:
            defer_job(SEND_INVITATIONS, record=str(meeting))


def cancel_meeting(*, by: UUID, meeting: UUID) -> None:
    """Call the meeting off; its page stays, and calendars take it out.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` does not decide for its owner.
        MeetingOverError: it was cancelled before, or is over.
    """
    with acting_as(by):
        row = meeting_at_the_desk(meeting)
        expect_to_come(row)
        at = now()
        Meeting.objects.filter(pk=row.pk).update(
            cancelled_at=at, changed_at=at, sequence=row.sequence + (row.open_from is not None)
        )
        keep_deed("called_off", row, "meetings.meeting")
        if row.open_from is not None:
            defer_job(SEND_INVITATIONS, record=str(meeting))


def keep_host_pack(*, by: UUID, meeting: UUID, words: HostWords) -> None:
    """Write what those who come need to know; for the desks of the meeting's owner and of its host.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` speaks for neither.
    """
    with acting_as(by):
        row = meeting_in_sight(meeting)
        if not {row.desk, row.host_state_id} & acting_principals():
            raise OwnerDecidesError("Only the host and whoever called the meeting write this.")
        columns = {
            "venue": words.venue,
            "programme": words.programme,
            "logistics": words.logistics,
            "changed_by_id": by,
            "changed_at": now(),
        }
        if not HostPack.objects.filter(record=meeting).update(**columns):
            HostPack.objects.create(record_id=meeting, **columns)
        keep_deed("described", row, "meetings.meeting")


def _expect_order(when: When) -> None:
    if when.ends_at <= when.starts_at:
        raise MeetingTimesError("The meeting must end after it begins.")


def _columns(when: When) -> dict[str, object]:
    return {
        "form": when.form,
        "starts_at": when.starts_at,
        "ends_at": when.ends_at,
        "zone": when.zone,
        "place": when.place,
        "join_link": when.join_link,
        "host_state_id": when.host_state,
        "chair_state_id": when.chair_state,
    }


def _columns_of(row: Meeting) -> dict[str, object]:
    return {
        "form": row.form,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "zone": row.zone,
        "place": row.place,
        "join_link": row.join_link,
        "host_state_id": row.host_state_id,
        "chair_state_id": row.chair_state_id,
    }

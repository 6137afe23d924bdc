"""What every verb of the room begins and ends with: finding the row, the right to decide, the ledger."""

from collections.abc import Mapping
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import MeetingNotInSightError, MeetingOverError
from rtopnet.meetings.models import Meeting
from rtopnet.sharing.public import OfRecord, OwnerDecidesError, acting_principals, books_for

NOT_IN_SIGHT = "There is no such meeting that you may know of."


def keep_deed(
    verb: str, row: OfRecord, kind: str, detail: Mapping[str, str | int | None] | None = None
) -> None:
    """Keep the deed in the ledger, in the books of those whom the record concerns."""
    # The columns that decide are written by trigger.
    row.refresh_from_db(fields=["desk", "readers"])
    record_deed(
        verb=verb,
        kind=kind,
        subject=row.record_id,
        detail=detail,
        books=books_for(row),
        in_own_books=False,
    )


def meeting_in_sight(record: UUID) -> Meeting:
    """The meeting, where the acting account reads it.

    Raises:
        MeetingNotInSightError: there is none to know of.
    """
    row = Meeting.objects.filter(record=record).first()
    if row is None:
        raise MeetingNotInSightError(NOT_IN_SIGHT)
    return row


def meeting_at_the_desk(record: UUID) -> Meeting:
    """The meeting, for its owner's desk; locked until the transaction ends.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: the acting account does not decide for its owner.
    """
    expect_desk(meeting_in_sight(record))
    return Meeting.objects.select_for_update().get(record=record)


def expect_desk(row: OfRecord) -> None:
    """Refuse whoever does not decide for the owner."""
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only those who decide for its owner may do this.")


def expect_to_come(row: Meeting) -> None:
    """Refuse a meeting that was cancelled or is over."""
    if row.cancelled_at is not None:
        raise MeetingOverError("The meeting was cancelled.")
    if row.ends_at <= now():
        raise MeetingOverError("The meeting is over.")

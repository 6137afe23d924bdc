"""What follows for meetings from deeds on their records, once these are committed."""

from rtopnet.kernel.events import subscribe
from rtopnet.meetings.services import forget_content, plan_invitations
from rtopnet.sharing.public import RecordRecalled, RecordReleased, RecordWithdrawn


@subscribe(RecordReleased)
def on_released(event: RecordReleased) -> None:
    """Send the invitations."""
    plan_invitations(by=event.by, record=event.record)


@subscribe(RecordRecalled)
def on_recalled(event: RecordRecalled) -> None:
    """Take the meeting out of calendars."""
    plan_invitations(by=event.by, record=event.record)


@subscribe(RecordWithdrawn)
def on_withdrawn(event: RecordWithdrawn) -> None:
    """Take it out of calendars, and delete what belongs to the record with its words."""
    plan_invitations(by=event.by, record=event.record)
    forget_content(by=event.by, record=event.record)

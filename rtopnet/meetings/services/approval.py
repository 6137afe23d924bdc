"""Minutes are approved as anything else is decided: by silence."""

from datetime import date
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.meeting_rules import MeetingNotInSightError, MinutesClosedError
from rtopnet.meetings.models import Minutes
from rtopnet.meetings.services.deeds import expect_desk
from rtopnet.meetings.services.silence import open_procedure
from rtopnet.network.public import states_of
from rtopnet.sharing.public import audience_of


def put_minutes_in_silence(*, by: UUID, minutes: UUID, day: date, short_because: str = "") -> UUID:
    """Ask the states that read the minutes to approve them by silence; the round's id.

    The chair of the meeting leads, or whoever called it where it had none.

    Raises:
        MeetingNotInSightError: there are no such minutes to know of.
        OwnerDecidesError: ``by`` does not decide for their owner.
        MinutesClosedError: they are still being written.
        RuleBrokenError: as ``open_procedure`` says.
    """
    with acting_as(by):
        row = Minutes.objects.filter(record=minutes).select_related("meeting", "record").first()
        if row is None:
            raise MeetingNotInSightError("There are no such minutes that you may know of.")
        expect_desk(row)
        if row.closed_at is None or row.record.released_at is None:
            raise MinutesClosedError("Close and share the minutes first.")
        audience = audience_of(minutes)
        states = {state.id for state in states_of(row.record.region_id)}
        chair = row.meeting.chair_state_id or row.desk
        if chair is None:
            raise MeetingNotInSightError("There are no such minutes that you may know of.")
        return open_procedure(
            by=by,
            record=minutes,
            participants=frozenset(states if audience.network else audience.states),
            chair=chair,
            day=day,
            short_because=short_because,
        )

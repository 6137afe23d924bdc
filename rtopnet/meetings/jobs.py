"""Work of the room that is done later, or that the clock asks for."""

from uuid import UUID

from rtopnet.kernel.jobs import service_job
from rtopnet.meetings import public
from rtopnet.meetings.public import ADOPT_DUE, SEND_INVITATIONS


@service_job(ADOPT_DUE, every="* * * * *")
def adopt_due() -> None:
    """Adopt what was met with silence until its deadline."""
    public.adopt_due()


@service_job("meetings.remind_due", every="*/10 * * * *")
def remind_due() -> None:
    """Remind desks of deadlines that come near."""
    public.remind_due()


@service_job(SEND_INVITATIONS, attempts=3)
def send_invitations(*, record: str, region: str) -> None:
    """Send what calendars should now hold; twice sends nothing twice."""
    public.send_invitations(record=UUID(record), region=UUID(region))


@service_job("meetings.refresh_invitations", every="23 * * * *")
def refresh_invitations() -> None:
    """Send what followed from hand-overs and from who else was addressed."""
    public.refresh_invitations()

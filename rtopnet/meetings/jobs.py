"""Work of the room that the clock asks for."""

from rtopnet.kernel.jobs import service_job
from rtopnet.meetings import public
from rtopnet.meetings.public import ADOPT_DUE


@service_job(ADOPT_DUE, every="* * * * *")
def adopt_due() -> None:
    """Adopt what was met with silence until its deadline."""
    public.adopt_due()


@service_job("meetings.remind_due", every="*/10 * * * *")
def remind_due() -> None:
    """Remind desks of deadlines that come near."""
    public.remind_due()

"""Work of the room that is done later."""

from uuid import UUID

from rtopnet.advice import public
from rtopnet.advice.public import SEND_LETTERS
from rtopnet.kernel.jobs import service_job


@service_job(SEND_LETTERS, attempts=3)
def send_letters(*, record: str, region: str) -> None:
    """Write to the office; twice writes to nobody twice."""
    public.send_letters(record=UUID(record), region=UUID(region))

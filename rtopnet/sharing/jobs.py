"""Work on records that is done later."""

from uuid import UUID

from rtopnet.kernel.jobs import service_job
from rtopnet.sharing.public import TELL_READERS, tell_readers


@service_job(TELL_READERS)
def tell_readers_job(*, record: str, about: str) -> None:
    """Tell a record's readers what became of it."""
    tell_readers(record=UUID(record), about=about)

"""What follows from deeds on records, once they are committed."""

from rtopnet.kernel.events import subscribe
from rtopnet.sharing.events import RecordWithdrawn
from rtopnet.sharing.services import remove_files_of


@subscribe(RecordWithdrawn)
def on_withdrawn(event: RecordWithdrawn) -> None:
    """Remove the files with the words."""
    remove_files_of(by=event.by, record=event.record)

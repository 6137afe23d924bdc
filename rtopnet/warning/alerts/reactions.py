"""What follows for warnings from deeds on their records, once these are committed."""

from rtopnet.kernel.events import subscribe
from rtopnet.sharing.public import RecordWithdrawn
from rtopnet.warning.alerts.services.forgetting import forget_content


@subscribe(RecordWithdrawn)
def on_withdrawn(event: RecordWithdrawn) -> None:
    """Delete what belongs to the record with its words."""
    forget_content(by=event.by, record=event.record)

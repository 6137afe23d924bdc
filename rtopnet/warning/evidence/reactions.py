"""What follows for reports from deeds on their records, once they are committed."""

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish, subscribe
from rtopnet.sharing.public import RecordReleased, RecordWithdrawn
from rtopnet.warning.evidence.events import ReportReleased
from rtopnet.warning.evidence.queries import is_report
from rtopnet.warning.evidence.services import forget_facts


@subscribe(RecordReleased)
def on_released(event: RecordReleased) -> None:
    """Tell the rooms above that a report is out."""
    with acting_as(event.by):
        if is_report(event.record):
            publish(ReportReleased(event.record, event.by))


@subscribe(RecordWithdrawn)
def on_withdrawn(event: RecordWithdrawn) -> None:
    """Delete the facts with the words."""
    forget_facts(by=event.by, record=event.record)

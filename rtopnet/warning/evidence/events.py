"""What happens in the room of evidence, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class ReportReleased(Event):
    """A report, of an incident, a situation or incitement, can be read by its addressees."""

    record: UUID
    by: UUID

"""What happens to assessments, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class AssessmentConcluded(Event):
    """An assessment of ``state`` was concluded."""

    record: UUID
    state: UUID
    region: UUID

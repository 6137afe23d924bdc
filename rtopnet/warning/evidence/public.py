"""The door of the room of evidence."""

from rtopnet.warning.evidence.events import ReportReleased
from rtopnet.warning.evidence.rules.words import (
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    RabatPart,
    Slot,
    SourceGrade,
    Step,
)

__all__ = [
    "ActorKind",
    "Ground",
    "PlacePrecision",
    "Precision",
    "RabatPart",
    "ReportReleased",
    "Slot",
    "SourceGrade",
    "Step",
]

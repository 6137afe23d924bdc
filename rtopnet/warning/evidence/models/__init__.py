"""What the room keeps; reports hang on records and are read as these are."""

from rtopnet.warning.evidence.models.custody import CustodyStep
from rtopnet.warning.evidence.models.incitement import RabatGrade, Speech
from rtopnet.warning.evidence.models.reports import FieldReport

__all__ = ["CustodyStep", "FieldReport", "RabatGrade", "Speech"]

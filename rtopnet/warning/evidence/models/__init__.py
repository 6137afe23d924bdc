"""What the room keeps; reports hang on records and are read as these are."""

from rtopnet.warning.evidence.models.custody import CustodyStep
from rtopnet.warning.evidence.models.incitement import RabatGrade, Speech
from rtopnet.warning.evidence.models.reports import FieldReport
from rtopnet.warning.evidence.models.signals import (
    Dismissal,
    Signal,
    SignalJudgement,
    SignalLink,
    SignalRevision,
    SignalSource,
    SignalUse,
)

__all__ = [
    "CustodyStep",
    "Dismissal",
    "FieldReport",
    "RabatGrade",
    "Signal",
    "SignalJudgement",
    "SignalLink",
    "SignalRevision",
    "SignalSource",
    "SignalUse",
    "Speech",
]

"""Data of the room: what an assessment is about, and what its assessors said."""

from rtopnet.warning.assessments.models.assessments import (
    Assessment,
    Assessor,
    Conclusion,
    OutlookNote,
    Turn,
)
from rtopnet.warning.assessments.models.scores import (
    Comment,
    HandIn,
    MinorityView,
    Reveal,
    Score,
)

__all__ = [
    "Assessment",
    "Assessor",
    "Comment",
    "Conclusion",
    "HandIn",
    "MinorityView",
    "OutlookNote",
    "Reveal",
    "Score",
    "Turn",
]

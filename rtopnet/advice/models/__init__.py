"""What the room keeps: papers and their drafts, what was transmitted, and what came of it."""

from rtopnet.advice.models.drafts import PaperReference, PaperStatement, PaperTitle
from rtopnet.advice.models.papers import ClearedReference, ClearedStatement, Paper
from rtopnet.advice.models.sent import SentFile, SentFollowUp, SentLetter, SentStep, Transmission, What

__all__ = [
    "ClearedReference",
    "ClearedStatement",
    "Paper",
    "PaperReference",
    "PaperStatement",
    "PaperTitle",
    "SentFile",
    "SentFollowUp",
    "SentLetter",
    "SentStep",
    "Transmission",
    "What",
]

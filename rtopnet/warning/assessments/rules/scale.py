"""The scales on which assessors answer, and an answer as the rules see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from statistics import median


class Presence(IntEnum):
    """How far a factor or an indicator is there; the order is what the rules use."""

    ABSENT = 0
    UNCLEAR = 1
    PRESENT = 2
    STRONG = 3


class Trend(IntEnum):
    """Where it is going."""

    EASING = -1
    STEADY = 0
    WORSENING = 1


class Confidence(StrEnum):
    """How sure the assessor is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Judgement:
    """What one assessor says of one factor in one turn; ``marks`` are of indicators, by code."""

    assessor: int
    code: str
    presence: Presence | None
    trend: Trend | None = None
    marks: Mapping[str, Presence] = field(default_factory=dict)


Scores = Mapping[str, Mapping[int, int]]
"""Presence by code (of a factor or an indicator) and assessor."""


def scores_of(judgements: Iterable[Judgement]) -> dict[str, dict[int, int]]:
    """Presence by code and assessor; what was not answered is left out."""
    found: dict[str, dict[int, int]] = {}
    for one in judgements:
        answers = {one.code: one.presence, **one.marks}
        for code, presence in answers.items():
            if presence is not None:
                found.setdefault(code, {})[one.assessor] = int(presence)
    return found


def median_of(scores: Scores, code: str) -> float | None:
    """The middle of what assessors said; None where nobody answered.

    >>> median_of({"1": {1: 2, 2: 3, 3: 0}}, "1")
    2
    """
    values = list(scores.get(code, {}).values())
    return median(values) if values else None

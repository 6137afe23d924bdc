"""The threshold test of the Rabat Plan of Action (A/HRC/22/17/Add.4, appendix), and what follows from it.

Each of six parts is graded 0 (not shown), 1 (partly shown) or 2 (clearly shown), with a reason. The Plan sets
the threshold high: all parts have to be met together. The rule below is ours, and stands where everybody
reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rtopnet.warning.evidence.rules.words import RABAT_GRADES, RabatPart

SHOWN = max(RABAT_GRADES)


class Outcome(StrEnum):
    """What follows from the six grades."""

    OPEN = "open"
    """Not every part is graded, and none is graded as not shown."""
    BELOW = "below"
    """A part is not shown: speech of another kind, to be answered by other means."""
    NEAR = "near"
    """Every part is at least partly shown: watch the speaker and the channel, and grade again."""
    REACHED = "reached"
    """Every part is clearly shown: incitement in the sense of the Plan."""


@dataclass(frozen=True)
class Judged:
    """What the grades come to."""

    outcome: Outcome
    missing: tuple[RabatPart, ...]
    """Parts that nobody has graded."""
    weakest: tuple[RabatPart, ...]
    """Parts with the lowest grade given, where that is not the highest there is."""


def judge(grades: Mapping[RabatPart, int]) -> Judged:
    """What follows from the grades given so far.

    >>> judge({part: 2 for part in RabatPart}).outcome.value
    'reached'
    >>> judge({RabatPart.INTENT: 0}).outcome.value
    'below'
    """
    missing = tuple(part for part in RabatPart if part not in grades)
    lowest = min(grades.values(), default=SHOWN)
    weakest = tuple(part for part in RabatPart if lowest < SHOWN and grades.get(part) == lowest)
    return Judged(_outcome(lowest, is_whole=not missing), missing, weakest)


def _outcome(lowest: int, *, is_whole: bool) -> Outcome:
    if lowest == 0:
        return Outcome.BELOW
    if not is_whole:
        return Outcome.OPEN
    return Outcome.REACHED if lowest == SHOWN else Outcome.NEAR

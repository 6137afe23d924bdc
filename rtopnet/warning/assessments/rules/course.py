"""Where an assessment stands, and what may be done there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rtopnet.kernel.errors import RuleBrokenError

FIRST, SECOND = 1, 2
LEAST_ASSESSORS, MOST_ASSESSORS = 2, 20


class Stage(StrEnum):
    """From a draft to what was concluded."""

    DRAFT = "draft"
    SCORING = "scoring"
    DISCUSSION = "discussion"
    SECOND_SCORING = "second_scoring"
    SECOND_DISCUSSION = "second_discussion"
    CONCLUDED = "concluded"


class Deed(StrEnum):
    """What somebody can do with an assessment."""

    PREPARE = "prepare"
    OPEN = "open"
    SCORE = "score"
    REVEAL = "reveal"
    DISCUSS = "discuss"
    OPEN_SECOND = "open_second"
    CONCLUDE = "conclude"
    DISSENT = "dissent"


class StageRefusedError(RuleBrokenError):
    """The assessment is not at a stage at which this can be done."""


class HandedInError(RuleBrokenError):
    """The assessor handed the scores in and has to take them back before changing them."""


class ScoresMissingError(RuleBrokenError):
    """Something was not answered yet."""


class PanelRefusedError(RuleBrokenError):
    """These assessors cannot make this assessment."""


@dataclass(frozen=True)
class Course:
    """What has happened to it; instants know their time zone."""

    opened_at: datetime | None = None
    revealed_at: datetime | None = None
    second_at: datetime | None = None
    second_revealed_at: datetime | None = None
    concluded_at: datetime | None = None


_DEEDS = {
    Stage.DRAFT: {Deed.PREPARE, Deed.OPEN},
    Stage.SCORING: {Deed.SCORE, Deed.REVEAL},
    Stage.DISCUSSION: {Deed.DISCUSS, Deed.OPEN_SECOND, Deed.CONCLUDE, Deed.DISSENT},
    Stage.SECOND_SCORING: {Deed.SCORE, Deed.REVEAL, Deed.DISCUSS},
    Stage.SECOND_DISCUSSION: {Deed.DISCUSS, Deed.CONCLUDE, Deed.DISSENT},
    Stage.CONCLUDED: {Deed.DISSENT},
}


def stage_of(course: Course) -> Stage:
    """Where it stands, from what happened."""
    steps = (
        (course.concluded_at, Stage.CONCLUDED),
        (course.second_revealed_at, Stage.SECOND_DISCUSSION),
        (course.second_at, Stage.SECOND_SCORING),
        (course.revealed_at, Stage.DISCUSSION),
        (course.opened_at, Stage.SCORING),
    )
    return next((stage for at, stage in steps if at is not None), Stage.DRAFT)


def turn_of(course: Course) -> int:
    """Which turn of scoring is the latest that was opened."""
    return FIRST if course.second_at is None else SECOND


def last_revealed(course: Course) -> int | None:
    """The latest turn whose scores are shown."""
    if course.second_revealed_at is not None:
        return SECOND
    return FIRST if course.revealed_at is not None else None


def allows(course: Course, deed: Deed) -> bool:
    """Whether it stands where this can be done."""
    return deed in _DEEDS[stage_of(course)]


def expect(course: Course, deed: Deed) -> None:
    """Refuse what cannot be done where it stands.

    Raises:
        StageRefusedError: it cannot.
    """
    if not allows(course, deed):
        words = {
            Deed.PREPARE: "Scoring has begun, so what it is about stays as it is.",
            Deed.OPEN: "Scoring has begun already.",
            Deed.SCORE: "There is nothing to score now.",
            Deed.REVEAL: "There are no scores waiting to be shown.",
            Deed.DISCUSS: "The discussion begins once scores are shown, and ends with the conclusion.",
            Deed.OPEN_SECOND: "A second round follows the first one, once its scores are shown.",
            Deed.CONCLUDE: "It can be concluded once scores are shown, and once only.",
            Deed.DISSENT: "A minority view follows the scores once they are shown.",
        }
        raise StageRefusedError(words[deed])


def may_reveal(handed_in: int, panel: int, closes_at: datetime, now: datetime) -> bool:
    """Scores are shown when all have handed in, or when the time for it is over."""
    return handed_in >= panel or closes_at <= now

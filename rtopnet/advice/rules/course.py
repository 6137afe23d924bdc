"""Where a piece of advice stands: from its first words to what followed from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rtopnet.kernel.errors import RuleBrokenError

ACKNOWLEDGE_WITHIN = timedelta(days=7)
"""How long an office has to say that it received advice before that shows as overdue."""
ANSWER_WITHIN = timedelta(days=30)


class StageRefusedError(RuleBrokenError):
    """It does not stand where this can be done."""


class Stage(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    CLEARANCE = "clearance"
    """In silence before those who clear it."""
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What somebody does with it."""

    WRITE = "write"
    CIRCULATE = "circulate"
    WITHDRAW = "withdraw"
    TRANSMIT = "transmit"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


class Actor(StrEnum):
    """Who has to act."""

    DRAFTERS = "drafters"
    CIRCLE = "circle"
    """Those whose silence clears it."""
    OWNER = "owner"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Course:
    """What happened, and when; None: not yet, or not for the reader to know of.

    ``circulated_at`` is that of the newest round.
    """

    drafted_at: datetime | None = None
    circulated_at: datetime | None = None
    returned_at: datetime | None = None
    """Its silence was broken, or it was taken out of silence, and no further round began."""
    cleared_at: datetime | None = None
    transmitted_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    followed_up_at: datetime | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Span:
    """How long it stood, or stands, at one stage."""

    stage: Stage
    began_at: datetime
    ended_at: datetime | None

    def length(self, now: datetime) -> timedelta:
        """How long until it ended, or until now."""
        return (self.ended_at or now) - self.began_at


_ALLOWED: dict[Deed, frozenset[Stage]] = {
    Deed.WRITE: frozenset({Stage.DRAFT}),
    Deed.CIRCULATE: frozenset({Stage.DRAFT}),
    Deed.WITHDRAW: frozenset({Stage.DRAFT, Stage.CLEARANCE}),
    Deed.TRANSMIT: frozenset({Stage.CLEARED}),
    Deed.ACKNOWLEDGE: frozenset({Stage.TRANSMITTED}),
    Deed.ANSWER: frozenset({Stage.ACKNOWLEDGED, Stage.ANSWERED, Stage.FOLLOWED_UP}),
    Deed.FOLLOW_UP: frozenset({Stage.ACKNOWLEDGED, Stage.ANSWERED, Stage.FOLLOWED_UP}),
    Deed.CLOSE: frozenset({Stage.TRANSMITTED, Stage.ACKNOWLEDGED, Stage.ANSWERED, Stage.FOLLOWED_UP}),
}
_ACTORS = {
    Stage.DRAFT: Actor.DRAFTERS,
    Stage.CLEARANCE: Actor.CIRCLE,
    Stage.CLEARED: Actor.OWNER,
    Stage.TRANSMITTED: Actor.OFFICE,
    Stage.ACKNOWLEDGED: Actor.OFFICE,
    Stage.ANSWERED: Actor.OWNER,
    Stage.FOLLOWED_UP: Actor.OWNER,
    Stage.CLOSED: Actor.NOBODY,
    Stage.WITHDRAWN: Actor.NOBODY,
}


def stage_of(course: Course) -> Stage:
    """Where it stands: at the furthest thing that happened."""
    return spans(course)[-1].stage


def since(course: Course) -> datetime:
    """Since when it stands there."""
    return spans(course)[-1].began_at


def actor_of(stage: Stage) -> Actor:
    """Who has to act while it stands there."""
    return _ACTORS[stage]


def spans(course: Course) -> tuple[Span, ...]:
    """Each stage that it went through, in order, with when it began and ended; the last one goes on.

    What came back from clearance is a draft again from that hour on.
    """
    steps = (
        (Stage.DRAFT, course.drafted_at),
        (Stage.CLEARANCE, course.circulated_at),
        (Stage.DRAFT, course.returned_at),
        (Stage.CLEARED, course.cleared_at),
        (Stage.TRANSMITTED, course.transmitted_at),
        (Stage.ACKNOWLEDGED, course.acknowledged_at),
        (Stage.ANSWERED, course.answered_at),
        (Stage.FOLLOWED_UP, course.followed_up_at),
        (Stage.CLOSED, course.closed_at),
        (Stage.WITHDRAWN, course.withdrawn_at),
    )
    marks = [(stage, at) for stage, at in steps if at is not None]
    ends = [*(at for _stage, at in marks[1:]), None]
    return tuple(Span(stage, at, end) for (stage, at), end in zip(marks, ends, strict=True))


def due_at(course: Course) -> datetime | None:
    """By when the office is asked to act, where it is its turn."""
    stage = stage_of(course)
    if stage is Stage.TRANSMITTED and course.transmitted_at:
        return course.transmitted_at + ACKNOWLEDGE_WITHIN
    if stage is Stage.ACKNOWLEDGED and course.transmitted_at:
        return course.transmitted_at + ANSWER_WITHIN
    return None


def allows(stage: Stage, deed: Deed) -> bool:
    """Whether the deed can be done while it stands there."""
    return stage in _ALLOWED[deed]


def expect(stage: Stage, deed: Deed) -> None:
    """Refuse a deed that does not follow from where it stands.

    Raises:
        StageRefusedError: it does not.
    """
    if not allows(stage, deed):
        raise StageRefusedError(_REFUSALS[deed])


_REFUSALS = {
    Deed.WRITE: "It is in silence, cleared or withdrawn: nobody changes its words now.",
    Deed.CIRCULATE: "It is in silence, cleared or withdrawn already.",
    Deed.WITHDRAW: "It is cleared: what the network agreed on is not withdrawn.",
    Deed.TRANSMIT: "It is not cleared, or was transmitted already.",
    Deed.ACKNOWLEDGE: "It was acknowledged already, or is closed.",
    Deed.ANSWER: "Acknowledge it first; once it is closed, nothing can be added.",
    Deed.FOLLOW_UP: "It is not acknowledged yet, or is closed.",
    Deed.CLOSE: "It was not transmitted, or is closed already.",
}

"""The course of a request from its first word to its appraisal, as a pure state machine.

The stage follows from what happened, so that it cannot contradict it: an offer taken back while no other is
open leads from ``offered`` back to ``circulated`` by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from rtopnet.kernel.errors import RuleBrokenError


class Stage(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CIRCULATED = "circulated"
    OFFERED = "offered"
    MATCHED = "matched"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    APPRAISED = "appraised"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What somebody can do about a request."""

    SUBMIT = "submit"
    RETURN = "return"
    """Back to the writer; the focal point wants it changed."""
    CIRCULATE = "circulate"
    OFFER = "offer"
    TAKE_BACK_OFFERS = "take_back_offers"
    ACCEPT = "accept"
    BEGIN = "begin"
    COMPLETE = "complete"
    APPRAISE = "appraise"
    WITHDRAW = "withdraw"


class Actor(StrEnum):
    """Who has to act next."""

    WRITER = "writer"
    DESK = "desk"
    """The focal point or deputy of the asking state."""
    ADDRESSEES = "addressees"
    BOTH = "both"
    NOBODY = "nobody"


class StageRefusedError(RuleBrokenError):
    """The request's stage does not allow the deed."""


@dataclass(frozen=True)
class Course:
    """What happened to a request and when; None: it did not, or not any more."""

    drafted_at: datetime
    submitted_at: datetime | None = None
    circulated_at: datetime | None = None
    offered_at: datetime | None = None
    """The earliest offer that is still open or was accepted."""
    matched_at: datetime | None = None
    begun_at: datetime | None = None
    completed_at: datetime | None = None
    appraised_at: datetime | None = None
    """When the last of both sides' appraisals was given."""
    withdrawn_at: datetime | None = None


_ORDER: tuple[tuple[Stage, str], ...] = (
    (Stage.WITHDRAWN, "withdrawn_at"),
    (Stage.APPRAISED, "appraised_at"),
    (Stage.COMPLETED, "completed_at"),
    (Stage.UNDER_WAY, "begun_at"),
    (Stage.MATCHED, "matched_at"),
    (Stage.OFFERED, "offered_at"),
    (Stage.CIRCULATED, "circulated_at"),
    (Stage.SUBMITTED, "submitted_at"),
)
"""Of what happened, the furthest decides."""

ALLOWED: dict[Deed, frozenset[Stage]] = {
    Deed.SUBMIT: frozenset({Stage.DRAFT}),
    Deed.RETURN: frozenset({Stage.SUBMITTED}),
    Deed.CIRCULATE: frozenset({Stage.SUBMITTED}),
    # What is not covered yet can still be offered once the first helpers are on their way.
    Deed.OFFER: frozenset({Stage.CIRCULATED, Stage.OFFERED, Stage.MATCHED, Stage.UNDER_WAY}),
    Deed.TAKE_BACK_OFFERS: frozenset({Stage.OFFERED}),
    Deed.ACCEPT: frozenset({Stage.OFFERED, Stage.MATCHED, Stage.UNDER_WAY}),
    Deed.BEGIN: frozenset({Stage.MATCHED, Stage.UNDER_WAY}),
    Deed.COMPLETE: frozenset({Stage.UNDER_WAY}),
    Deed.APPRAISE: frozenset({Stage.COMPLETED}),
    Deed.WITHDRAW: frozenset(Stage) - {Stage.COMPLETED, Stage.APPRAISED, Stage.WITHDRAWN},
}
ENDED = frozenset({Stage.APPRAISED, Stage.WITHDRAWN})
"""Nothing waits for anybody any more."""

_ACTORS = {
    Stage.DRAFT: Actor.WRITER,
    Stage.SUBMITTED: Actor.DESK,
    Stage.CIRCULATED: Actor.ADDRESSEES,
    Stage.OFFERED: Actor.DESK,
    Stage.MATCHED: Actor.DESK,
    Stage.UNDER_WAY: Actor.DESK,
    Stage.COMPLETED: Actor.BOTH,
}
_SETS = {
    Deed.SUBMIT: "submitted_at",
    Deed.CIRCULATE: "circulated_at",
    Deed.OFFER: "offered_at",
    Deed.ACCEPT: "matched_at",
    Deed.BEGIN: "begun_at",
    Deed.COMPLETE: "completed_at",
    Deed.APPRAISE: "appraised_at",
    Deed.WITHDRAW: "withdrawn_at",
}
_UNDOES = {Deed.RETURN: "submitted_at", Deed.TAKE_BACK_OFFERS: "offered_at"}


def stage_of(course: Course) -> Stage:
    """Where the request stands."""
    return next((stage for stage, when in _ORDER if getattr(course, when) is not None), Stage.DRAFT)


def since(course: Course) -> datetime:
    """Since when it stands there."""
    stage = stage_of(course)
    when: datetime = getattr(course, dict(_ORDER).get(stage, "drafted_at"))
    return when


def actor_of(stage: Stage) -> Actor:
    """Who has to act while a request stands at ``stage``."""
    return _ACTORS.get(stage, Actor.NOBODY)


def allows(course: Course, deed: Deed) -> bool:
    """Whether the stage allows the deed."""
    return stage_of(course) in ALLOWED[deed]


def expect(course: Course, deed: Deed) -> None:
    """Refuse what the stage does not allow.

    Raises:
        StageRefusedError: with the stage that stands in the way.
    """
    if not allows(course, deed):
        stage = stage_of(course).value.replace("_", " ")
        raise StageRefusedError(f"The request is {stage}; at this stage that is not possible.")


def after(course: Course, deed: Deed, now: datetime) -> Course:
    """The course once the deed is done at ``now``; what happened first stays the first.

    Raises:
        StageRefusedError: the stage does not allow it.
    """
    expect(course, deed)
    changed: dict[str, Any] = {_UNDOES[deed]: None} if deed in _UNDOES else {}
    if deed in _SETS:
        changed = {_SETS[deed]: getattr(course, _SETS[deed]) or now}
    return replace(course, **changed)

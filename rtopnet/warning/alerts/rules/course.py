"""Through which stages a warning goes, who may move it, and when each stage is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rtopnet.kernel.errors import RuleBrokenError


class Stage(StrEnum):
    """Where a warning stands, in the order in which it goes."""

    SIGNAL = "signal"
    ASSESSED = "assessed"
    CONSULTATION = "consultation"
    ISSUED = "issued"
    RESPONSE = "response"
    CLOSED = "closed"


class Level(StrEnum):
    """How near the danger is, from an issued warning on."""

    WATCH = "watch"
    ELEVATED = "elevated"
    IMMINENT = "imminent"
    ONGOING = "ongoing"


class Outcome(StrEnum):
    """What became of what was warned of; ``MISSED`` happened without a warning."""

    AVERTED = "averted"
    SUBSIDED = "subsided"
    HAPPENED = "happened"
    MISTAKEN = "mistaken"
    MISSED = "missed"


class Deed(StrEnum):
    """What can be done with a warning."""

    ASSESS = "assess"
    CONSULT = "consult"
    ISSUE = "issue"
    SET_LEVEL = "set_level"
    ANSWER = "answer"
    CLOSE = "close"


class Crime(StrEnum):
    """The four crimes, apart, and their incitement."""

    GENOCIDE = "genocide"
    CRIMES_AGAINST_HUMANITY = "crimes_against_humanity"
    WAR_CRIMES = "war_crimes"
    ETHNIC_CLEANSING = "ethnic_cleansing"
    INCITEMENT = "incitement"


class AnswerKind(StrEnum):
    """How somebody who was warned answers."""

    NOTED = "noted"
    STATEMENT = "statement"
    OFFERS_HELP = "offers_help"
    REQUEST = "request"
    STEP = "step"
    MEETING = "meeting"


class LinkKind(StrEnum):
    """What a record that is linked to a warning is for it."""

    EVIDENCE = "evidence"
    ASSESSMENT = "assessment"
    ANSWER = "answer"


class Mark(StrEnum):
    """Other lines of a warning's time than its stages."""

    LEVEL = "level"
    ESCALATED = "escalated"


BEFORE_ISSUE = (Stage.SIGNAL, Stage.ASSESSED, Stage.CONSULTATION)
AFTER_ISSUE = (Stage.ISSUED, Stage.RESPONSE)

DEFAULT_HOURS: Mapping[Stage, int] = {
    Stage.SIGNAL: 72,
    Stage.ASSESSED: 48,
    Stage.CONSULTATION: 96,
    Stage.ISSUED: 168,
    Stage.RESPONSE: 720,
}
"""Hours after which a stage is overdue where a region has agreed on no others; the consultation's leave a day
after the 72 hours of the right of reply."""


class AlertStageError(RuleBrokenError):
    """The warning is not at a stage at which this can be done."""


class ConsultationRunsError(AlertStageError):
    """A state concerned has not been heard, and its time is not over."""


@dataclass(frozen=True)
class Course:
    """As much of a warning as decides about its next stage.

    ``concerns_others``: whether it names a state other than its owner; ``all_heard``: whether each of these
    has replied, let its time pass, or people would be endangered by waiting.
    """

    stage: Stage = Stage.SIGNAL
    concerns_others: bool = False
    all_heard: bool = False


def why_not(course: Course, deed: Deed) -> AlertStageError | None:
    """What forbids the deed at present, or None."""
    if deed is Deed.ISSUE and course.concerns_others and course.stage in BEFORE_ISSUE[1:]:
        if course.stage is Stage.CONSULTATION and course.all_heard:
            return None
        return ConsultationRunsError(
            "A state concerned has not been heard: consult it and wait for its reply or the end of its time."
        )
    if course.stage in _STAGES[deed]:
        if deed is Deed.CONSULT and not course.concerns_others:
            return AlertStageError("The warning names no other state to consult.")
        return None
    return AlertStageError(_REFUSALS[deed])


def allows(course: Course, deed: Deed) -> bool:
    """Whether the deed can be done now."""
    return why_not(course, deed) is None


def expect(course: Course, deed: Deed) -> None:
    """Refuse a deed out of its time.

    Raises:
        AlertStageError: the warning is not there yet, or is beyond it.
    """
    if refused := why_not(course, deed):
        raise refused


def after(course: Course, deed: Deed) -> Course:
    """The course once the deed is done.

    Raises:
        AlertStageError: it cannot be done now.
    """
    expect(course, deed)
    return replace(course, stage=_NEXT.get(deed, course.stage))


def outcomes_at(stage: Stage) -> tuple[Outcome, ...]:
    """How a warning at that stage may end; one that was never issued can have averted nothing."""
    if stage in BEFORE_ISSUE:
        return (Outcome.SUBSIDED, Outcome.MISTAKEN)
    return (Outcome.AVERTED, Outcome.SUBSIDED, Outcome.HAPPENED, Outcome.MISTAKEN)


def due_at(stage: Stage, entered_at: datetime, hours: Mapping[Stage, int] = DEFAULT_HOURS) -> datetime | None:
    """By when the stage should be over; a closed warning is due for nothing."""
    allowed = hours.get(stage, DEFAULT_HOURS.get(stage))
    return entered_at + timedelta(hours=allowed) if allowed is not None else None


_STAGES: Mapping[Deed, tuple[Stage, ...]] = {
    Deed.ASSESS: (Stage.SIGNAL,),
    Deed.CONSULT: (Stage.ASSESSED, Stage.CONSULTATION),
    Deed.ISSUE: (Stage.ASSESSED, Stage.CONSULTATION),
    Deed.SET_LEVEL: AFTER_ISSUE,
    Deed.ANSWER: AFTER_ISSUE,
    Deed.CLOSE: (*BEFORE_ISSUE, *AFTER_ISSUE),
}
_NEXT: Mapping[Deed, Stage] = {
    Deed.ASSESS: Stage.ASSESSED,
    Deed.CONSULT: Stage.CONSULTATION,
    Deed.ISSUE: Stage.ISSUED,
    Deed.ANSWER: Stage.RESPONSE,
    Deed.CLOSE: Stage.CLOSED,
}
_REFUSALS: Mapping[Deed, str] = {
    Deed.ASSESS: "Only a signal can be assessed.",
    Deed.CONSULT: "Assess the signal first; once a warning is issued, its states concerned have been heard.",
    Deed.ISSUE: "Only what was assessed can be issued, and only once.",
    Deed.SET_LEVEL: "Only a warning that is issued and not closed has a level.",
    Deed.ANSWER: "Only a warning that is issued and not closed can be answered.",
    Deed.CLOSE: "The warning is closed already.",
}

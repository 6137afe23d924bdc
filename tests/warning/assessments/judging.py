"""Steps that many tests begin with: an assessment prepared, opened, scored, shown."""

from datetime import date, timedelta

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.sharing.public import Marking
from rtopnet.warning.assessments.public import (
    Confidence,
    Crime,
    Presence,
    Scope,
    Scored,
    Trend,
    assessment_sheet,
    draft_assessment,
    hand_in,
    open_scoring,
    reveal_scores,
    save_score,
)

TITLE = "Violence along the coast"
FACTORS = tuple(str(number) for number in range(1, 15))
PANEL = ("XAA", "XAB", "XAC", "secretariat")


def desk(world, code="XAA"):
    return world.scribe(code).account


def state(world, code="XAB"):
    return world.states[code].pk


def scope(world, *, panel=PANEL, about="XAB", title=TITLE, **changes):
    said = {
        "title": title,
        "body": "Attacks spread.",
        "state": state(world, about),
        "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 9, 30),
        "closes_at": now() + timedelta(days=7),
        "assessors": [desk(world, code) for code in panel],
        "crimes": tuple(Crime),
    }
    return Scope(**(said | changes))


def drafted(world, *, by="XAA", marking=Marking.AMBER, **more):
    return draft_assessment(
        by=desk(world, by), owner=world.body(by).pk, scope=scope(world, **more), marking=marking
    )


def opened(world, *, by="XAA", **more):
    record = drafted(world, by=by, **more)
    open_scoring(by=desk(world, by), record=record)
    return record


def scored(presence=Presence.PRESENT, **changes):
    said = {
        "presence": presence,
        "trend": Trend.WORSENING,
        "confidence": Confidence.MEDIUM,
        "reason": "Villages were burned.",
        "found_no_contrary": True,
    }
    return Scored(**(said | changes))


def answers_all(world, record, code, presence=Presence.PRESENT, **changes):
    """One assessor answers every factor and hands in."""
    for factor in FACTORS:
        save_score(by=desk(world, code), record=record, code=factor, scored=scored(presence, **changes))
    hand_in(by=desk(world, code), record=record)


def shown(world, *, by="XAA", panel=("XAA", "XAB"), presences=(Presence.PRESENT, Presence.STRONG), **more):
    """An assessment whose first round is shown."""
    record = opened(world, by=by, panel=panel, **more)
    for code, presence in zip(panel, presences, strict=True):
        answers_all(world, record, code, presence)
    reveal_scores(by=desk(world, by), record=record)
    return record


def seen_by(world, code, read, *args, **kwargs):
    """What a query answers the desk of a state or institution."""
    with acting_as(desk(world, code)):
        return read(*args, **kwargs)


def sheet(world, record, code="XAA"):
    return seen_by(world, code, assessment_sheet, record)

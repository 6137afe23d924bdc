"""Meetings for the tests of their room, in the small network of the tests of sharing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rtopnet.meetings.public import Invites, ItemWords, When, plan_meeting, propose_item
from rtopnet.sharing.public import Audience, Marking, release_record

NETWORK = Audience(network=True)
SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=30)


def desk(world, code="secretariat"):
    return world.scribe(code).account


def body(world, code):
    key = "state" if code in world.states else "institution"
    return {key: world.body(code).pk}


def states(world, *codes):
    return Audience(states=frozenset(world.states[code].pk for code in codes))


def when(starts_at=SOON, *, hours=3, **more):
    plain = When("in_person", starts_at, starts_at + timedelta(hours=hours), "UTC", place="Harbour hall")
    return replace(plain, **more)


def make_meeting(world, *, by="secretariat", audience=NETWORK, marking=None, released=True, **more):
    """A meeting of a body, by default released to the network; its record's id."""
    invites = Invites(
        more.pop("title", "Spring meeting"),
        more.pop("text", "We look at the year."),
        marking if marking is not None else Marking.GREEN if audience.network else Marking.AMBER,
        audience,
    )
    planned = {key: more.pop(key) for key in ("series", "number") if key in more}
    record = plan_meeting(
        by=desk(world, by), when=when(**more), invites=invites, **planned, **body(world, by)
    )
    if released:
        release_record(by=desk(world, by), record=record)
    return record


def make_item(world, meeting, *, by="secretariat", audience=NETWORK, released=True, **more):
    """An item of a body, by default released to the network; its record's id."""
    record = propose_item(
        by=desk(world, by),
        meeting=meeting,
        words=ItemWords(more.pop("title", "The outlook"), "What it is about.", 30, "discussion"),
        marking=Marking.GREEN if audience.network else Marking.AMBER,
        audience=audience,
        **body(world, by),
    )
    if released:
        release_record(by=desk(world, by), record=record)
    return record

"""Texts in silence for the tests of meetings: a small network, a proposal, and time that passes."""

from datetime import timedelta

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.meetings.models import Procedure
from rtopnet.meetings.public import (
    Circle,
    circulate_proposal,
    draft_proposal,
    move_story_back,
)
from tests.sharing.worlds import make_world

REEF = ("XAA", "XAB", "XAC")
"""The states of the region."""


def make_circle_world():
    """Three states of a region and its secretariat, which chairs."""
    return make_world()


def desk(world, code):
    """The account that decides for a state or institution."""
    return world.scribe(code).account


def network(world):
    """The whole region, chaired by its secretariat."""
    states = frozenset(world.states[code].pk for code in REEF)
    return Circle(world.bodies["secretariat"].pk, chair_is_state=False, states=states, network=True)


def circle_of(world, *codes):
    """Some states, chaired by the secretariat."""
    states = frozenset(world.states[code].pk for code in codes)
    return Circle(world.bodies["secretariat"].pk, chair_is_state=False, states=states)


def draft(world, code="XAA", *, title="A programme", body="We agree on a programme.", drafters=()):
    """A proposal that a state has drafted."""
    return draft_proposal(
        by=desk(world, code),
        title=title,
        body=body,
        state=world.states[code].pk,
        drafters=frozenset(world.states[one].pk for one in drafters),
    )


def circulate(world, record, code="XAA", *, circle=None, days=14):
    """Put a proposal in silence; the round's id."""
    return circulate_proposal(
        by=desk(world, code),
        record=record,
        circle=circle or network(world),
        day=today() + timedelta(days=days),
    )


def in_silence(world, **kwargs):
    """A proposal in silence before the network: record and round."""
    record = draft(world)
    return record, circulate(world, record, **kwargs)


def let_pass(record, **time):
    """Let so much time pass for the rounds on a record."""
    move_story_back(record=record, by=timedelta(**time))


def row_of(world, procedure, code="XAA"):
    """The round's row, as a state sees it."""
    with acting_as(desk(world, code)):
        return Procedure.objects.get(pk=procedure)

"""A state concerned is heard before the network reads."""

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import (
    Audience,
    ConsultationOpenError,
    Marking,
    Terms,
    Words,
    address_record,
    consult_state,
    consultations_asked_of,
    draft_record,
    name_concerned,
    record_sheet,
    release_record,
    reply_as_concerned,
    waive_waiting,
)
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


@pytest.fixture
def told(world):
    """A record for the network that concerns XAB, which was told and has not replied."""
    terms, words = Terms("situation_report", Marking.GREEN), Words("Signs along the shore", "Seen.")
    by, state = desk(world), world.states["XAB"].pk
    record = draft_record(by=by, terms=terms, words=words, state=world.states["XAA"].pk)
    address_record(by=by, record=record, audience=Audience(network=True))
    name_concerned(by=by, record=record, states=frozenset({state}))
    with pytest.raises(ConsultationOpenError):
        release_record(by=by, record=record)
    consult_state(by=by, record=record, state=state, words="It concerns your shore.")
    with pytest.raises(ConsultationOpenError):
        release_record(by=by, record=record)
    return record


def is_read(world, record, code="XAC"):
    with acting_as(desk(world, code)):
        return record_sheet(record) is not None


def test_its_reply_frees_the_record(world, told):
    state, by = world.states["XAB"].pk, desk(world, "XAB")
    with acting_as(by):
        (asked,) = consultations_asked_of(frozenset({state}))
    reply_as_concerned(by=by, consultation=asked.id, body="Our view.")
    release_record(by=desk(world), record=told)
    assert is_read(world, told)


def test_a_reason_not_to_wait_frees_it_as_well(world, told):
    state = world.states["XAB"].pk
    waive_waiting(by=desk(world), record=told, state=state, because="Boats leave tonight.")
    release_record(by=desk(world), record=told)
    assert is_read(world, told)


def test_unheard_the_network_does_not_read_it(world, told):
    assert not is_read(world, told)
    assert not is_read(world, told, "XAB")

"""Whose ledger tells of a record: its owner's, and that of those to whom it is addressed; nobody else's."""

import pytest

from rtopnet.audit.public import own_entries
from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import Audience, Marking, note_reading
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import database_now, make_record, make_world, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def released(world, marking, **audience):
    record, _ = make_record(
        world, "XAA", marking=marking, audience=Audience(**audience), released_at=database_now()
    )
    return record


def told(world, code, record):
    """The verbs on the record in the book of a state, as its desk reads it."""
    with acting_as(world.scribe(code).account):
        entries = own_entries(world.body(code).pk, newest=10**6)
    return [entry.verb for entry in entries if entry.subject == str(record.pk)]


def test_a_reading_is_in_the_owners_book_and_the_addressees(world):
    record = released(world, Marking.AMBER, states=frozenset({world.body("XAB").pk}))
    note_reading(by=world.scribe("XAB").account, record=record.pk)
    assert told(world, "XAA", record)[0] == "opened"
    assert told(world, "XAB", record) == ["opened"]
    assert told(world, "XAC", record) == []


def test_what_a_person_alone_may_read_is_not_in_their_states_book(world):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAB")
    record = released(world, Marking.RED, persons=frozenset({contributor.account}))
    note_reading(by=contributor.account, record=record.pk)
    assert told(world, "XAA", record)[0] == "opened"
    assert told(world, "XAB", record) == []

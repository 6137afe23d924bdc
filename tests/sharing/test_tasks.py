"""What waits for a desk in the room of records, and the home page that lists it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at
from rtopnet.network.models import Account
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    consult_state,
    draft_record,
    name_concerned,
    recall_record,
    record_tasks_for,
    release_record,
    reply_as_concerned,
    request_release,
)
from rtopnet.sharing.queries import consultations_asked_of
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import database_now, make_world, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def draft(world, marking=Marking.AMBER, **terms):
    return draft_record(
        by=desk(world),
        terms=Terms("situation_report", marking, **terms),
        words=Words("Signs along the shore", "Seen."),
        state=world.states["XAA"].pk,
    )


def consulted(world, code="XAB"):
    record = draft(world)
    state = world.states[code].pk
    name_concerned(by=desk(world), record=record, states=frozenset({state}))
    consult_state(by=desk(world), record=record, state=state, words="It concerns your shore.")
    return record


def recalled(world, code="XAB"):
    record = draft(world)
    audience = Audience(states=frozenset({world.states[code].pk}))
    address_record(by=desk(world), record=record, audience=audience)
    release_record(by=desk(world), record=record)
    recall_record(by=desk(world), record=record)
    return record


def asked_for(world, code="XAB"):
    record = draft(world, Marking.GREEN, existence_only=True)
    address_record(by=desk(world), record=record, audience=Audience(network=True))
    release_record(by=desk(world), record=record)
    return request_release(by=desk(world, code), record=record, reason="Our shore too.")


def tasks(account):
    with acting_as(account):
        return record_tasks_for(Account.objects.get(pk=account), "en")


def titles(account):
    return [task.title for task in tasks(account)]


def home(account):
    with acting_for(Capacity.SIGN_IN):
        found = Account.objects.get(pk=account)
    client = Client()
    client.force_login(found, backend="rtopnet.network.authentication.AccountBackend")
    return client


def text_of(client):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/").content.decode()))


def test_what_waits_for_a_desk_soonest_first(world):
    recalled(world)
    consulted(world)
    found = tasks(desk(world, "XAB"))
    assert [task.title for task in found] == [
        "State XAA consults your state before it shares a record with the network",
        "State XAA recalled a record and asks what became of your copies",
    ]
    assert all(task.since < task.due_at and task.url.startswith("/records/") for task in found)
    assert tasks(desk(world, "XAC")) == tasks(desk(world)) == []


def test_a_request_waits_for_the_owner_and_not_for_who_asked(world):
    asked = asked_for(world)
    (task,) = tasks(desk(world))
    assert task.title.endswith("asks to read “Signs along the shore”")
    assert task.url == f"/records/requests/{asked}/"
    assert tasks(desk(world, "XAB")) == []


def test_what_was_answered_waits_no_longer(world):
    consulted(world)
    by = desk(world, "XAB")
    with acting_as(by):
        (asked,) = consultations_asked_of(frozenset({world.states["XAB"].pk}))
    reply_as_concerned(by=by, consultation=asked.id, body="Our view.")
    assert tasks(by) == []


def test_contributors_are_asked_nothing(world):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAB")
    recalled(world)
    consulted(world)
    assert tasks(contributor.account) == []


def test_home_lists_what_waits_and_says_in_words_what_is_overdue(world):
    recalled(world)
    page = text_of(home(desk(world, "XAB")))
    assert re.search(r"\d things wait for you", page)
    assert "asks what became of your copies" in page
    overdue = page.count("Overdue")
    with clock_at(database_now() + timedelta(days=8)):
        assert text_of(home(desk(world, "XAB"))).count("Overdue") > overdue


def test_home_names_the_newest_notices(world):
    for _number in range(4):
        recalled(world)
    page = text_of(home(desk(world, "XAB")))
    assert "4 notices are unread" in page
    assert page.count("Unread ") == 3


def test_home_asks_as_much_whatever_waits(world):
    reader = home(desk(world, "XAB"))

    def questions():
        reader.get("/")
        with CaptureQueriesContext(connection) as asked:
            reader.get("/")
        return len(asked)

    recalled(world)
    consulted(world)
    few = questions()
    for _number in range(5):
        recalled(world)
        consulted(world)
    assert questions() == few <= 64

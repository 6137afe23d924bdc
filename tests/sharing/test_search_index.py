"""The index of search: whom it holds words for, and that even a mistake in it shows nothing."""

from datetime import timedelta

import pytest
from django.db import connection, connections

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.rules import Audience, Marking
from rtopnet.sharing.searched import search_function
from tests.sharing.worlds import database_now, make_part, make_record, make_world

pytestmark = pytest.mark.usefixtures("committed")
HOUR = timedelta(hours=1)
PLANTED = """
INSERT INTO sharing_posting (entry, principal, at, tokens)
SELECT e.id, p, now() - interval '1 hour', array_to_tsvector(ARRAY(
    SELECT sharing_key(p, sharing_quarter(now() - interval '1 hour')) || t FROM unnest(e.tokens) t))
FROM sharing_searchentry e CROSS JOIN unnest(%s::uuid[]) p
"""


@pytest.fixture
def world():
    return make_world()


def to_state(world, code="XAB"):
    return Audience(states=frozenset({world.states[code].pk}))


def owner_asks(statement, *given):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def found(account, token):
    with acting_as(account), connection.cursor() as cursor:
        cursor.execute(
            "SELECT record, entry FROM sharing_search(%s, '{}', '{}', 99, NULL, NULL, NULL, NULL, NULL)",
            [[token]],
        )
        return [record for record, _ in cursor.fetchall()]


def principals_of(record):
    rows = owner_asks(
        "SELECT principal FROM sharing_posting p JOIN sharing_searchentry e ON e.id = p.entry "
        "WHERE e.record_id = %s",
        record.pk,
    )
    return {principal for (principal,) in rows}


def test_the_index_holds_words_for_those_who_may_read_them_and_no_others(world):
    now = database_now()
    owner, reader = world.states["XAA"].pk, world.states["XAB"].pk
    audience, strict = to_state(world), Marking.AMBER_STRICT
    for columns, expected in (
        ({}, {owner}),
        ({"released_at": now}, {owner, reader}),
        ({"released_at": now, "recalled_at": now}, {owner}),
        ({"released_at": now, "expires_at": now - HOUR}, {owner}),
    ):
        record, _ = make_record(world, "XAA", marking=strict, audience=audience, **columns)
        assert principals_of(record) == expected


def test_an_embargo_keeps_words_apart_from_those_that_a_look_up_begins_with(world):
    now = database_now()
    embargo = now + timedelta(days=400)
    record, _ = make_record(world, "XAA", audience=to_state(world), released_at=now, embargo_until=embargo)
    assert found(world.scribe("XAB").account, "t") == []
    assert found(world.scribe("XAA").account, "t") == [record.pk]


def test_what_stands_in_the_index_by_mistake_is_not_found(world):
    now, audience = database_now(), to_state(world)
    shared, _ = make_record(world, "XAA", audience=audience, released_at=now)
    make_part(world, "XAA", shared)
    make_record(world, "XAA", audience=audience)
    for columns in ({"embargo_until": now + HOUR}, {"expires_at": now - HOUR}, {"recalled_at": now}):
        make_record(world, "XAA", audience=audience, released_at=now - 2 * HOUR, **columns)
    accounts = [world.scribe(code).account for code in ("XAB", "XAC")]
    owner_asks(PLANTED, accounts)
    assert found(accounts[0], "t") == [shared.pk]
    assert found(accounts[0], "s") == []
    assert found(accounts[1], "t") == []


def test_nobody_looks_into_the_index_by_themselves(world):
    make_record(world, "XAA")
    with acting_as(world.scribe("XAA").account), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('sharing_posting', 'SELECT, INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)


def test_the_look_up_in_the_database_is_the_one_in_the_program():
    [(source,)] = owner_asks("SELECT prosrc FROM pg_proc WHERE proname = 'sharing_search'")
    assert source.strip() == search_function().split("$$")[1].strip()

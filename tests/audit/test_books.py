"""Books: each body's own chain, numbered by itself, readable by its desk, and signed."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections

from rtopnet.audit import jobs
from rtopnet.audit.public import (
    books_of,
    check_ledger,
    checkpoint_book,
    checkpoint_ledger,
    end_of,
    own_checkpoints,
    own_entries,
    record_deed,
)
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Holding, State
from tests.factories import make_account, make_region

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def two():
    region = make_region()
    accounts = make_account(region, "XAA"), make_account(region, "XAB")
    with acting_for(Capacity.INSTALLATION):
        states = [State.objects.get(iso3=code).pk for code in ("XAA", "XAB")]
    return list(zip(accounts, states, strict=True))


def write(account, count=3, **more):
    with acting_as(account.pk):
        for number in range(count):
            record_deed(verb="tried", kind="test.thing", subject=new_id(), detail={"number": number}, **more)


def owner_does(*statements):
    with connections["owner"].cursor() as cursor:
        for table, trigger in (
            ("audit_ledger", "audit_append_only"),
            ("audit_book_entry", "audit_book_append_only"),
            ("audit_checkpoint", "audit_checkpoint_append_only"),
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        for statement in statements:
            cursor.execute(statement)
        for table, trigger in (
            ("audit_ledger", "audit_append_only"),
            ("audit_book_entry", "audit_book_append_only"),
            ("audit_checkpoint", "audit_checkpoint_append_only"),
        ):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def numbers(account, book):
    with acting_as(account.pk):
        return [entry.number for entry in own_entries(book, newest=10**9)]


def test_a_deed_stands_in_the_book_of_the_actors_state_and_of_those_named(two):
    (one, its), (other, others) = two
    write(one, 2)
    write(other, 1, books=[its])
    assert (numbers(one, its), numbers(other, others)) == ([3, 2, 1], [1])
    with acting_as(one.pk):
        newest = own_entries(its, newest=3)[0]
    assert (newest.account, newest.verb) == (str(other.pk), "tried")


def test_numbers_tell_nothing_of_others(two):
    (one, its), (other, _) = two
    write(one, 1)
    write(other, 20)
    write(one, 1)
    assert numbers(one, its) == [2, 1]


def test_what_was_named_twice_stands_once(two):
    (one, its), _ = two
    write(one, 1, books=[its, its])
    assert numbers(one, its) == [1]


def test_nobody_but_its_desk_reads_a_book(two):
    (one, its), (other, _) = two
    write(one)
    with acting_as(one.pk):
        record_deed(verb="tried", kind="test.thing", subject="x")
        checkpoint_book(its)
    with acting_as(other.pk):
        assert own_entries(its, newest=10**9) == []
        assert own_checkpoints(its) == []
        assert end_of(its) is None
        assert end_of(None) is None
        assert checkpoint_book(its) is None
    assert own_entries(its, newest=10**9) == []


def test_a_holding_that_ended_leaves_the_book(two):
    (one, its), _ = two
    assert books_of(one.pk) == [its]
    with acting_for(Capacity.INSTALLATION), connection.cursor() as cursor:
        cursor.execute("UPDATE network_holding SET ends_at = statement_timestamp()")
        record_deed(verb="ended", kind="test.thing", subject="x")
    assert books_of(one.pk) == []
    with acting_for(Capacity.INSTALLATION):
        assert Holding.objects.count() == 2


@pytest.mark.parametrize(
    ("tampering", "number"),
    [
        ("DELETE FROM audit_book_entry WHERE number = 2 AND book = %s", 2),
        ("DELETE FROM audit_book_entry WHERE number = 4 AND book = %s", 4),
        ("DELETE FROM audit_book_entry WHERE book = %s", 1),
        ("UPDATE audit_book_entry SET hash = sha256('x') WHERE number = 3 AND book = %s", 3),
        ("UPDATE audit_book_entry SET entry = 1 WHERE number = 2 AND book = %s", 2),
        (
            "UPDATE audit_book_entry SET number = CASE number WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE number END "
            "WHERE book = %s;UPDATE audit_book_entry SET number = -number WHERE number < 0",
            2,
        ),
        ("UPDATE audit_book SET hash = sha256('x') WHERE book = %s", 4),
        ("UPDATE audit_book SET number = 3 WHERE book = %s", 4),
        ("DELETE FROM audit_book WHERE book = %s", 1),
    ],
)
def test_tampering_with_a_book_names_book_and_number(two, tampering, number):
    (one, its), (other, _) = two
    write(one, 4)
    write(other, 4)
    owner_does(tampering.replace("%s", f"'{its}'"))
    check = check_ledger(using="owner")
    assert check.fault is None
    assert (UUID(check.book_fault.book), check.book_fault.number) == (its, number)


def test_left_alone_books_are_intact(two):
    (one, _), (other, its) = two
    write(one)
    write(other, books=[its])
    check = check_ledger(using="owner")
    assert (check.fault, check.book_fault, check.checkpoint_fault, check.books) == (None, None, "", 2)


def test_an_entry_gone_from_the_ledger_is_missed_in_its_book(two):
    (one, its), _ = two
    write(one, 3)
    with acting_as(one.pk):
        pass
    owner_does("DELETE FROM audit_ledger WHERE seq = (SELECT entry FROM audit_book_entry WHERE number = 2)")
    fault = check_ledger(using="owner").book_fault
    assert (UUID(fault.book), fault.number) == (its, 2)


def test_checkpoints_sign_every_book_that_went_on_and_the_whole(two):
    (one, its), (other, others) = two
    write(one, 3)
    write(other, 2)
    with acting_for(Capacity.INSTALLATION):
        points = {point.book: point.number for point in checkpoint_ledger()}
    assert points[str(its)] == 3
    assert points[str(others)] == 2
    assert "" in points
    with acting_for(Capacity.INSTALLATION):
        assert [point.book for point in checkpoint_ledger()] == [""], (
            "nobody but the installation did anything"
        )
    assert check_ledger(using="owner").checkpoint_fault == ""


def test_the_daily_job_signs(two):
    (one, its), _ = two
    write(one, 1)
    jobs.checkpoint_daily.func(timestamp=0)
    with acting_as(one.pk):
        assert [point.number for point in own_checkpoints(its)] == [1]


def test_a_book_rewritten_whole_contradicts_its_checkpoint(two):
    (one, its), _ = two
    write(one, 2)
    with acting_for(Capacity.INSTALLATION):
        checkpoint_ledger()
    owner_does("DELETE FROM audit_book_entry", "DELETE FROM audit_book")
    write(one, 2)
    check = check_ledger(using="owner")
    assert (check.fault, check.book_fault) == (None, None)
    assert check.checkpoint_fault == f"book {its} was rewritten at or before 2, which a checkpoint had signed"


def test_a_checkpoint_that_no_key_of_ours_signed_is_named(two):
    write(two[0][0], 1)
    with acting_for(Capacity.INSTALLATION):
        checkpoint_ledger()
    owner_does("UPDATE audit_checkpoint SET at = at + interval '1 second'")
    assert "is not signed by a key of ours" in check_ledger(using="owner").checkpoint_fault


def test_a_checkpoint_signs_an_end_as_it_is(two):
    with (
        pytest.raises(DatabaseError, match="as it is"),
        acting_for(Capacity.INSTALLATION),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT audit_keep_checkpoint(NULL, 999, sha256('x'), now(), repeat('0', 16), "
            "decode(repeat('00', 64), 'hex'))"
        )


@pytest.mark.parametrize("table", ["audit_book", "audit_book_entry", "audit_checkpoint"])
def test_the_restricted_role_reaches_books_only_through_functions(table):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")


def test_the_restricted_role_enters_nothing_past_the_ledger():
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT audit_enter(%s, 1, '')", [[new_id()]])


@pytest.mark.parametrize("table", ["audit_book_entry", "audit_checkpoint"])
def test_books_and_checkpoints_refuse_change(table, two):
    write(two[0][0], 1)
    with acting_for(Capacity.INSTALLATION):
        checkpoint_ledger()
    for statement in (f"UPDATE {table} SET number = 9", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


def test_a_guard_that_was_taken_away_is_named():
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER POLICY state_read ON network_state RENAME TO gone")
        found = check_ledger(using="owner").guards_off
        cursor.execute("ALTER POLICY gone ON network_state RENAME TO state_read")
    assert found == ["network_state: policy state_read is gone"]


def test_a_deed_can_be_left_out_of_the_actors_own_books(two):
    (one, its), (_, others) = two
    write(one, 2, in_own_books=False, books=[others])
    assert numbers(one, its) == []
    assert numbers(two[1][0], others) == [2, 1]

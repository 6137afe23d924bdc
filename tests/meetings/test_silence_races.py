"""Two who act at once in a round, each with a connection; and the tables' owner, who changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, connections, transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.models import Procedure, ProcedureAct
from rtopnet.meetings.public import (
    ExtendedBeforeError,
    SilenceOverError,
    adopt_due,
    ask_for_more_time,
    break_silence,
    join_with_reservation,
    withdraw_from_silence,
)
from rtopnet.sharing.public import RecordChangedError
from rtopnet.sharing.rules import Role
from tests.meetings.circles import desk, in_silence, let_pass, make_circle_world
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.usefixtures("committed")


def at_once(*deeds):
    """What became of each of several deeds that begin together: nothing, or the rule that refused it."""
    together = Barrier(len(deeds))

    def do(deed):
        try:
            together.wait()
            deed()
        except RuleBrokenError as error:
            return type(error)
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return set(pool.map(do, deeds))


def two_deputies(world, code="XAB"):
    return [take_seat(world, Role.DEPUTY, code).account for _number in range(2)]


def seen_by(world, table):
    with acting_as(desk(world, "XAA")):
        return list(table.objects.all())


def test_of_two_deputies_who_break_at_once_one_is_told_that_it_is_over():
    world = make_circle_world()
    _record, procedure = in_silence(world)
    first, second = two_deputies(world)
    done = at_once(
        lambda: break_silence(by=first, procedure=procedure, reason="No."),
        lambda: break_silence(by=second, procedure=procedure, reason="No!"),
    )
    assert done == {None, SilenceOverError}
    assert len(seen_by(world, ProcedureAct)) == 1


def test_of_two_states_that_ask_for_time_at_once_one_has_it():
    world = make_circle_world()
    _record, procedure = in_silence(world)
    done = at_once(
        lambda: ask_for_more_time(by=desk(world, "XAB"), procedure=procedure),
        lambda: ask_for_more_time(by=desk(world, "XAC"), procedure=procedure),
    )
    assert done == {None, ExtendedBeforeError}


def test_of_two_reservations_of_a_state_neither_is_lost_unseen():
    world = make_circle_world()
    _record, procedure = in_silence(world)
    first, second = two_deputies(world)
    done = at_once(
        lambda: join_with_reservation(by=first, procedure=procedure, words="One.", seen=""),
        lambda: join_with_reservation(by=second, procedure=procedure, words="Two.", seen=""),
    )
    assert done == {None, RecordChangedError}


def test_a_break_and_a_withdrawal_at_once_leave_one_ending():
    world = make_circle_world()
    _record, procedure = in_silence(world)
    done = at_once(
        lambda: break_silence(by=desk(world, "XAB"), procedure=procedure, reason="No."),
        lambda: withdraw_from_silence(by=desk(world, "XAA"), procedure=procedure),
    )
    assert done == {None, SilenceOverError}
    (row,) = seen_by(world, Procedure)
    assert (row.broken_at is None) != (row.withdrawn_at is None)


def test_adopting_twice_at_once_adopts_once():
    world = make_circle_world()
    record, _procedure = in_silence(world)
    let_pass(record, days=20)
    adopted = []
    at_once(*[lambda: adopted.append(adopt_due())] * 3)
    assert sorted(adopted) == [0, 0, 1]


def test_even_the_tables_owner_cannot_change_a_decision():
    world = make_circle_world()
    record, procedure = in_silence(world)
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="As our law allows.")
    let_pass(record, days=20)
    adopt_due()
    for table in ("meetings_procedure", "meetings_procedureact", "meetings_decision"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET record_id = gen_random_uuid()"):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(using="owner"),
                connections["owner"].cursor() as cursor,
            ):
                cursor.execute(statement)

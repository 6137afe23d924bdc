"""Whom the database takes us for."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from rtopnet.kernel.acting import Capacity, acting_account, acting_as, acting_capacity, acting_for
from rtopnet.kernel.database import refuse_powerful_role
from rtopnet.kernel.errors import SetUpError
from rtopnet.kernel.ids import new_id

pytestmark = pytest.mark.usefixtures("committed")


def test_an_account_acts_for_the_length_of_the_block_only():
    account = new_id()
    assert acting_account() is None
    with acting_as(account):
        assert acting_account() == account
    assert acting_account() is None


def test_after_a_failure_nobody_acts():
    with pytest.raises(ZeroDivisionError), acting_as(new_id()):
        1 / 0  # noqa: B018 -- to fail
    assert acting_account() is None


def test_an_inner_block_gives_back_the_outer_one():
    outer, inner = new_id(), new_id()
    with acting_as(outer):
        with acting_as(inner):
            assert acting_account() == inner
        assert acting_account() == outer
        with pytest.raises(DatabaseError), acting_for(Capacity.INSTALLATION), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert (acting_account(), acting_capacity()) == (outer, None)


def test_capacity_and_account_exclude_each_other():
    with acting_for(Capacity.SIGN_IN), acting_as(new_id()):
        assert acting_capacity() is None


def test_the_setting_does_not_outlive_its_transaction_on_the_same_connection():
    with acting_as(new_id()):
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT acting_account(), acting_capacity(), acting_region()")
        assert cursor.fetchone() == (None, None, None)


def test_the_restricted_role_is_accepted_and_powerful_ones_are_not():
    refuse_powerful_role()
    with pytest.raises(SetUpError, match="owns the database or tables"):
        refuse_powerful_role(using="owner")


def test_functions_that_run_as_their_owner_are_not_misled_by_temporary_tables():
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT proname, array_to_string(proconfig, ' ') FROM pg_proc p "
            "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE prosecdef AND nspname = 'public'"
        )
        found = dict(cursor.fetchall())
    assert {"audit_append", "audit_note_write", "audit_require_entry", "acting_region"} <= set(found)
    assert all(settings.endswith("pg_temp") for settings in found.values()), found


def test_the_restricted_role_makes_no_temporary_tables_and_rewrites_no_history():
    for statement in (
        "CREATE TEMPORARY TABLE audit_pending (transaction xid8)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('network', '9999', now())",
        "DELETE FROM auth_permission",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)

"""The ledger in the database: written with every deed, checked from end to end."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from rtopnet.audit.public import check_ledger, record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Region

pytestmark = pytest.mark.usefixtures("committed")


def region(slug):
    return Region(slug=slug, names={"en": slug}, kind="exercise", working_language="en", pack_sha256="0" * 64)


def write_entries(count):
    with acting_for(Capacity.INSTALLATION):
        for number in range(count):
            record_deed(verb="tried", kind="test.thing", subject=new_id(), detail={"number": number})


def owner_does(statement, *parameters):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_ledger DISABLE TRIGGER audit_append_only")
        cursor.execute(statement, parameters)
        cursor.execute("ALTER TABLE audit_ledger ENABLE TRIGGER audit_append_only")


def test_a_chain_left_alone_is_intact():
    write_entries(5)
    check = check_ledger(using="owner")
    assert (check.entries, check.fault) == (5, None)


@pytest.mark.parametrize(
    ("tampering", "first"),
    [
        ("UPDATE audit_ledger SET verb = 'did' WHERE seq = 3", 3),
        ("UPDATE audit_ledger SET at = at + interval '1 microsecond' WHERE seq = 2", 2),
        ("DELETE FROM audit_ledger WHERE seq = 3", 3),
        ("DELETE FROM audit_ledger WHERE seq = 1", 1),
        ("DELETE FROM audit_ledger WHERE seq >= 4", 4),
        (
            "INSERT INTO audit_ledger SELECT 6, at, account, capacity, region, verb, kind, subject, detail, "
            "hash, sha256('x'), transaction FROM audit_ledger WHERE seq = 5",
            6,
        ),
        (
            "UPDATE audit_ledger SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3);"
            "UPDATE audit_ledger SET seq = -seq WHERE seq < 0",
            2,
        ),
        ("UPDATE audit_head SET hash = sha256('x')", 5),
        (
            # A whole entry swapped for one whose own hash is right.
            "UPDATE audit_ledger SET detail = '', hash = sha256(convert_to(concat_ws(E'\\n', seq::text, "
            "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
            "coalesce(account::text, ''), capacity, coalesce(region::text, ''), verb, kind, subject, '', "
            "encode(previous, 'hex')), 'UTF8')) WHERE seq = 2",
            2,
        ),
    ],
)
def test_tampering_is_found_and_the_first_entry_named(tampering, first):
    write_entries(5)
    owner_does(tampering)
    assert check_ledger(using="owner").fault.seq == first


def test_a_chain_rewritten_whole_is_seen_against_a_noted_end():
    write_entries(5)
    noted = check_ledger(using="owner").head
    owner_does("DELETE FROM audit_ledger WHERE seq >= 4")
    owner_does("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_ledger WHERE seq = 3)")
    assert check_ledger(using="owner").fault is None
    assert check_ledger(using="owner", noted=noted).fault.seq == 4
    write_entries(4)
    assert check_ledger(using="owner", noted=noted).fault.seq == 5


def test_a_guard_that_was_switched_off_is_named():
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE network_account DISABLE TRIGGER account_ledgered")
        cursor.execute("ALTER TABLE network_state DISABLE ROW LEVEL SECURITY")
        found = check_ledger(using="owner").guards_off
        cursor.execute("ALTER TABLE network_account ENABLE TRIGGER account_ledgered")
        cursor.execute("ALTER TABLE network_state ENABLE ROW LEVEL SECURITY")
    assert found == ["network_account: trigger account_ledgered is off", "network_state: row security is off"]


def test_no_setting_stands_in_for_an_entry():
    with (
        pytest.raises(DatabaseError, match="left no ledger entry"),
        acting_for(Capacity.INSTALLATION),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('rtopnet.noted', pg_current_xact_id()::text, true)")
        region("quiet").save()


def test_a_write_without_an_entry_cannot_commit():
    with (
        pytest.raises(DatabaseError, match="wrote to network_region and left no ledger entry"),
        acting_for(Capacity.INSTALLATION),
    ):
        region("quiet").save()
    with acting_for(Capacity.INSTALLATION):
        assert not Region.objects.exists()


def test_an_entry_of_a_rolled_back_savepoint_does_not_count():
    with pytest.raises(DatabaseError, match="left no ledger entry"), acting_for(Capacity.INSTALLATION):
        region("kept").save()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record_deed(verb="tried", kind="test.thing", subject="x")
            1 / 0  # noqa: B018 -- to fail


def test_the_ledger_cannot_be_changed_even_by_its_owner():
    write_entries(1)
    for statement in (
        "UPDATE audit_ledger SET verb = 'x'",
        "DELETE FROM audit_ledger",
        "TRUNCATE audit_ledger",
    ):
        with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("table", ["audit_ledger", "audit_head", "audit_pending"])
def test_the_restricted_role_reaches_the_ledger_only_through_its_function(table):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")


def test_rolled_back_deeds_leave_no_gap():
    write_entries(1)
    with pytest.raises(ZeroDivisionError), acting_for(Capacity.INSTALLATION):
        record_deed(verb="tried", kind="test.thing", subject="x")
        1 / 0  # noqa: B018 -- to fail
    write_entries(1)
    check = check_ledger(using="owner")
    assert (check.entries, check.fault) == (2, None)

"""What an outsider finds in the room's tables by plain SQL, and may not write there: nothing."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.sharing.rules import Role
from rtopnet.warning.evidence.models import CustodyStep, FieldReport
from rtopnet.warning.evidence.public import Graded, RabatPart, Slot, grade_speech, note_opened
from tests.sharing.worlds import take_seat
from tests.warning.evidence.helping import PLACE, desk, drafted, named_for, shared, speech, state

pytestmark = pytest.mark.django_db
OURS = ("evidence_custodystep", "evidence_fieldreport", "evidence_rabatgrade", "evidence_speech")


@pytest.fixture
def busy(world):
    """Something in every table, by XAA, one report shared with XAB."""
    record = speech(world)
    grade_speech(by=desk(world), record=record, grades={RabatPart.INTENT: Graded(1, "x")})
    return {"speech": record, "shared": shared(world, drafted(world))}


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_these_are_tables_of_the_room():
    assert {*OURS} <= {model._meta.db_table for model in apps.get_app_config("evidence").get_models()}


def test_an_outsider_finds_nothing_in_any_table(world, busy):
    late = take_seat(world, Role.CONTRIBUTOR, "XAA", reads=False).account
    for who in (desk(world, "XAC"), desk(world, "secretariat"), desk(world, "XBA"), late):
        with acting_as(who):
            assert {table: rows(table) for table in OURS} == dict.fromkeys(OURS, 0)


def test_nor_does_the_program_itself(world, busy):
    for capacity in Capacity:
        with acting_for(capacity):
            assert {table: rows(table) for table in OURS} == dict.fromkeys(OURS, 0)


def test_the_owner_finds_something_in_each(world, busy):
    with acting_as(desk(world)):
        assert all(rows(table) for table in OURS)


def test_a_reader_finds_the_shared_report_and_nothing_of_its_chain(world, busy):
    with acting_as(desk(world, "XAB")):
        assert {table: rows(table) for table in OURS} == dict.fromkeys(OURS, 0) | {"evidence_fieldreport": 1}
    note_opened(by=desk(world, "XAB"), record=busy["shared"])
    with acting_as(desk(world, "XAB")):
        assert rows("evidence_custodystep") == 1


def test_no_column_of_an_open_row_holds_the_exact_place(world, busy):
    with acting_as(desk(world, "XAB")), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM evidence_fieldreport r")
        open_row = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM sharing_recordpart")
        assert cursor.fetchone()[0] == 0
    for secret in (PLACE.words, "12.34", "98.76", "nurse", "cousins"):
        assert secret not in open_row


def test_the_part_of_the_place_is_found_by_who_is_named_for_it(world):
    record = drafted(world)
    named_for(world, record, Slot.PLACE)
    shared(world, record, to=("XAB", "XAC"))
    for code, found in (("XAB", 1), ("XAC", 0)):
        with acting_as(desk(world, code)):
            assert rows("sharing_recordpart") == found


def test_an_outsider_writes_nothing(world, busy):
    outsider = desk(world, "XAC")
    facts = {
        "act": "killing",
        "occurred_from": today(),
        "occurred_to": today(),
        "time_precision": "day",
        "place_precision": "state",
        "target_ground": "other",
        "actor_kind": "unknown",
    }
    with acting_as(outsider):
        refused(
            lambda: FieldReport.objects.create(
                record_id=busy["speech"], state_id=state(world), writer_id=outsider, **facts
            )
        )
        refused(
            lambda: CustodyStep.objects.create(record_id=busy["shared"], what="collected", by_id=outsider)
        )
        assert FieldReport.objects.update(act="other") == 0
        record_deed(verb="tried", kind="evidence.report", subject=busy["shared"])


def test_a_reader_adds_no_step_but_their_own_opening(world, busy):
    reader, owner = desk(world, "XAB"), desk(world)
    with acting_as(reader):
        for what, by in (("collected", reader), ("hashed", reader), ("opened", owner)):
            refused(
                lambda what=what, by=by: CustodyStep.objects.create(
                    record_id=busy["shared"], what=what, by_id=by, sha256="a" * 64
                )
            )
        assert FieldReport.objects.update(act="other") == 0
        record_deed(verb="tried", kind="evidence.report", subject=busy["shared"])


def test_nobody_changes_or_deletes_a_step(world, busy):
    with acting_as(desk(world)):
        assert CustodyStep.objects.update(note="") == 0
        assert CustodyStep.objects.all().delete()[0] == 0
        record_deed(verb="tried", kind="evidence.report", subject=busy["shared"])


def test_who_opened_it_is_for_the_desk_and_not_for_its_contributors(world):
    from rtopnet.sharing.public import Audience, address_record, release_record
    from rtopnet.warning.evidence.public import Owner, custody_of, draft_report
    from tests.warning.evidence.helping import told

    late = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = draft_report(
        by=desk(world), owner=Owner(state(world)), told=told(world), open_to_contributors=True
    )
    address_record(by=desk(world), record=record, audience=Audience(states=frozenset([state(world, "XAB")])))
    release_record(by=desk(world), record=record)
    note_opened(by=desk(world, "XAB"), record=record)
    with acting_as(late):
        assert [step.what.value for step in custody_of(record)] == ["received"]
    with acting_as(desk(world)):
        assert [step.what.value for step in custody_of(record)] == ["received", "opened"]


@pytest.mark.parametrize(
    "impossible",
    [
        {"occurred_to": "2020-01-01"},
        {"occurred_hour": 5},
        {"place_precision": "village"},
        {"killed_low": 9},
        {"killed_best": None},
        {"source_grade": "Z"},
        {"information_grade": 7},
        {"target_ground": "tall"},
    ],
)
def test_the_database_refuses_the_impossible(world, impossible):
    record = drafted(world)
    with acting_as(desk(world)):
        refused(lambda: FieldReport.objects.filter(record_id=record).update(**impossible))
        record_deed(verb="tried", kind="evidence.report", subject=record)

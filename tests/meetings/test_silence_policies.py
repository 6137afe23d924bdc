"""What the database refuses in the silence procedure, whatever statement it is given."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.meetings.models import (
    ChairStatement,
    Decision,
    Procedure,
    ProcedureAct,
    SilentNote,
    WorkingText,
)
from rtopnet.meetings.public import (
    add_statement,
    adopt_due,
    break_silence,
    comment_on_round,
    join_with_reservation,
    stay_silent,
)
from rtopnet.sharing.models import Addressee, Record, RecordText
from tests.meetings.circles import circle_of, circulate, desk, draft, in_silence, let_pass, make_circle_world
from tests.sharing.worlds import database_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_circle_world()


def refused(world, code, deed, *, state="RT"):
    """The deed as that desk, which the database refuses with an error of ours or of row security."""
    with pytest.raises(DatabaseError) as caught, acting_as(desk(world, code)):
        deed()
        record_deed(verb="tried", kind="meetings.round", subject=new_id())
    found = getattr(caught.value.__cause__, "sqlstate", "")
    assert found.startswith(state) or found == "42501", found


def act(world, procedure, code, **columns):
    row = Procedure.objects.filter(pk=procedure).first()
    ProcedureAct.objects.create(
        **{
            "procedure_id": procedure,
            "record_id": row.record_id if row else new_id(),
            "body": world.states[code].pk,
            "by_id": desk(world, code),
            "at": database_now(),
            "deed": "comment",
            "words": "w",
        }
        | columns
    )


def test_an_outsider_sees_no_row_of_a_closed_circle(world):
    record = draft(world)
    procedure = circulate(world, record, circle=circle_of(world, "XAB"))
    comment_on_round(by=desk(world, "XAB"), procedure=procedure, words="w")
    let_pass(record, days=20)
    adopt_due()
    add_statement(by=desk(world, "secretariat"), procedure=procedure, words="w")
    tables = (Procedure, ProcedureAct, ChairStatement, Decision)
    with acting_as(desk(world, "XAB")):
        assert [table.objects.count() for table in tables] == [1, 1, 1, 1]
    for code in ("XAC", "XBA"):
        with acting_as(desk(world, code)):
            assert [table.objects.count() for table in (*tables, WorkingText)] == [0] * 5
    with acting_for(Capacity.INSTALLATION):
        assert [table.objects.count() for table in (*tables, WorkingText, SilentNote)] == [0] * 6


def test_a_note_of_silence_is_for_ones_own_desk(world):
    _record, procedure = in_silence(world)
    stay_silent(by=desk(world, "XAB"), procedure=procedure)
    for code, seen in (("XAB", 1), ("XAA", 0), ("XAC", 0), ("secretariat", 0)):
        with acting_as(desk(world, code)):
            assert SilentNote.objects.count() == seen


def test_nobody_acts_for_another_state_or_under_another_name(world):
    _record, procedure = in_silence(world)
    refused(world, "XAB", lambda: act(world, procedure, "XAB", body=world.states["XAC"].pk))
    refused(world, "XAB", lambda: act(world, procedure, "XAB", by_id=desk(world, "XAC")))


def test_a_hidden_round_and_none_answer_alike(world):
    record = draft(world)
    procedure = circulate(world, record, circle=circle_of(world, "XAB"))
    states = []
    for one in (procedure, new_id()):
        with pytest.raises(DatabaseError) as caught, acting_as(desk(world, "XAC")):
            act(world, one, "XAC", record_id=record)
        states.append((caught.value.__cause__.sqlstate, str(caught.value).splitlines()[0]))
    assert states[0] == states[1]


@pytest.mark.parametrize(
    "columns",
    [
        {"deed": "withdrawal"},
        {"deed": "extension", "until": "2031-01-01T00:00Z"},
        {"deed": "extension", "until": None},
        {"deed": "break", "words": ""},
        {"deed": "reservation", "words": ""},
    ],
)
def test_impossible_acts_cannot_be_written(world, columns):
    _record, procedure = in_silence(world)
    refused(world, "XAB", lambda: act(world, procedure, "XAB", **columns), state="")


def test_an_act_cannot_be_dated_back(world):
    record, procedure = in_silence(world)
    let_pass(record, days=20)
    refused(
        world,
        "XAB",
        lambda: act(world, procedure, "XAB", at=database_now() - timedelta(days=30)),
        state="RT015",
    )


def test_a_break_written_by_statement_ends_the_round(world):
    record, procedure = in_silence(world)
    with acting_as(desk(world, "XAB")):
        act(world, procedure, "XAB", deed="break")
        record_deed(verb="broke_silence", kind="meetings.round", subject=procedure)
    refused(world, "XAC", lambda: act(world, procedure, "XAC"), state="RT015")
    let_pass(record, days=20)
    assert adopt_due() == 0


def adopted(world):
    record, procedure = in_silence(world)
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="w")
    let_pass(record, days=20)
    adopt_due()
    add_statement(by=desk(world, "secretariat"), procedure=procedure, words="w")
    return record, procedure


TABLES = ("meetings_procedure", "meetings_procedureact", "meetings_chairstatement", "meetings_decision")


@pytest.mark.parametrize("code", ["XAA", "XAB", "secretariat"])
def test_after_adoption_no_statement_of_the_web_changes_anything(world, code):
    record, _procedure = adopted(world)
    with acting_as(desk(world, code)), connection.cursor() as cursor:
        for table in TABLES:
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = gen_random_uuid()"):
                cursor.execute(statement)
                assert cursor.rowcount == 0
    for field in ("recalled_at", "withdrawn_at", "expires_at"):
        if code == "XAA":
            refused(
                world,
                code,
                lambda field=field: Record.objects.filter(pk=record).update(**{field: database_now()}),
                state="RT008",
            )


@pytest.mark.parametrize("is_adopted", [False, True])
def test_the_owners_desk_changes_nothing_of_a_held_record(world, is_adopted):
    record = adopted(world)[0] if is_adopted else in_silence(world)[0]
    by = desk(world, "XAA")
    deeds = (
        lambda: Record.objects.filter(pk=record).update(marking=1),
        lambda: Record.objects.filter(pk=record).update(oldest_version=2),
        lambda: Addressee.objects.filter(record=record).delete(),
        lambda: Addressee.objects.create(record_id=record, reach=1, state_id=world.states["XAB"].pk),
        lambda: RecordText.objects.create(record_id=record, version=2, title="t", body="b", written_by_id=by),
    )
    for deed in deeds:
        refused(world, "XAA", deed, state="RT008")


def test_only_the_program_adopts_reminds_and_moves_back(world):
    record, procedure = in_silence(world)
    for call in (
        "meetings_adopt_due()",
        "meetings_remind_due()",
        f"meetings_round_facts('{procedure}')",
        f"meetings_move_back('{record}', '1 day')",
    ):
        refused(
            world,
            "XAA",
            lambda call=call: connection.cursor().execute(f"SELECT * FROM {call}"),
            state="RT007",
        )


def test_what_is_adopted_is_not_moved_and_a_real_region_has_no_told_past(world):
    record, _procedure = adopted(world)
    with pytest.raises(DatabaseError):
        let_pass(record, days=1)
    other, _procedure = in_silence(world)
    world.regions["reef"].kind = "real"
    with acting_for(Capacity.INSTALLATION):
        world.regions["reef"].save()
        record_deed(verb="made", kind="network.region", subject=world.regions["reef"].pk)
    with pytest.raises(DatabaseError):
        let_pass(other, days=1)


def test_a_round_cannot_be_opened_by_statement_for_who_could_not_read_or_too_soon(world):
    record, procedure = in_silence(world)
    break_silence(by=desk(world, "XAB"), procedure=procedure, reason="w")
    other = world.states["XBA"].pk

    def opened(**columns):
        now = database_now()
        later = now + timedelta(days=12)
        Procedure.objects.create(
            **{
                "record_id": record,
                "region_id": world.regions["reef"].pk,
                "round": 1,
                "version": 1,
                "participants": [world.states["XAB"].pk],
                "whole_network": True,
                "chair": world.bodies["secretariat"].pk,
                "opened_by_id": desk(world, "XAA"),
                "opened_at": now,
                "last_day": later.date(),
                "last_hour": 24,
                "first_deadline": later,
                "deadline": later,
            }
            | columns
        )

    refused(world, "XAA", opened, state="RT012")
    with acting_as(desk(world, "XAA")):
        RecordText.objects.create(
            record_id=record, version=2, title="t", body="b", written_by_id=desk(world, "XAA")
        )
        record_deed(verb="revised", kind="sharing.record", subject=record)
    refused(world, "XAA", lambda: opened(participants=[other]), state="RT014")
    refused(world, "XAA", lambda: opened(chair=other), state="RT014")
    refused(world, "XAA", lambda: opened(deadline=database_now() + timedelta(hours=71)), state="RT013")
    refused(world, "XAA", lambda: opened(deadline=database_now() + timedelta(days=5)), state="RT013")
    refused(world, "XAB", lambda: opened(opened_by_id=desk(world, "XAB")), state="RT005")


def test_a_co_drafter_writes_the_text_and_does_not_name_others(world):
    record = draft(world, drafters=("XAB",))
    with acting_as(desk(world, "XAB")):
        WorkingText.objects.filter(record=record).update(title="t", written_by_id=desk(world, "XAB"))
        record_deed(verb="drafted", kind="meetings.proposal", subject=record)
    more = [world.states["XAB"].pk, world.states["XAC"].pk]
    refused(
        world,
        "XAB",
        lambda: WorkingText.objects.filter(record=record).update(
            drafters=more, written_by_id=desk(world, "XAB")
        ),
        state="RT004",
    )
    with acting_as(desk(world, "XAC")):
        assert WorkingText.objects.filter(record=record).update(title="x") == 0


def test_an_outsider_is_refused_alike_whether_a_record_is_held_or_not(world):
    record = draft(world)
    states = []
    for _is_held in (False, True):
        with pytest.raises(DatabaseError) as caught, acting_as(desk(world, "XAC")):
            RecordText.objects.create(
                record_id=record, version=9, title="t", body="b", written_by_id=desk(world, "XAC")
            )
        states.append(caught.value.__cause__.sqlstate)
        if not _is_held:
            circulate(world, record, circle=circle_of(world, "XAB"))
    assert states == ["42501", "42501"]

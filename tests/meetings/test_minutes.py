"""Minutes written by several people at once, closed, and lifted into actions."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.meeting_rules import NotResponsibleError
from rtopnet.meetings.models import Passage, PassageText
from rtopnet.meetings.public import (
    MeetingNotInSightError,
    MinutesClosedError,
    PassageClashError,
    Promise,
    actions_carried_to,
    actions_in_sight,
    add_passage,
    begin_minutes,
    close_minutes,
    keep_series,
    minutes_of_meeting,
    minutes_sheet,
    name_writers,
    note_progress,
    promise_action,
    reopen_minutes,
    save_passage,
    texts_of_passage,
)
from rtopnet.network.models import Post
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    recall_record,
    record_sheet,
    release_record,
)
from tests.meetings.gatherings import NETWORK, SOON, body, desk, make_item, make_meeting, states

pytestmark = pytest.mark.django_db


def begun(world, meeting, *writers):
    record = begin_minutes(by=desk(world), meeting=meeting, title="Minutes")
    name_writers(by=desk(world), minutes=record, accounts=[desk(world, code) for code in writers])
    return record


def seen_by(world, code, record):
    with acting_as(desk(world, code)):
        return minutes_sheet(record)


def passage_of(world, record, code="secretariat"):
    return seen_by(world, code, record).passages[0]


def save(world, code, passage, base, text):
    return save_passage(by=desk(world, code), passage=passage, base=base, text=text)


def test_minutes_begin_with_the_agenda_and_only_their_writers_read_them(world):
    meeting = make_meeting(world)
    make_item(world, meeting, title="One")
    make_item(world, meeting, title="Two")
    record = begun(world, meeting, "XAA")
    assert [line.heading for line in seen_by(world, "XAA", record).passages] == ["One", "Two"]
    assert seen_by(world, "XAB", record) is None
    with acting_as(desk(world, "XAB")):
        assert minutes_of_meeting(meeting) is None
        assert not Passage.objects.exists()


def test_two_who_write_other_lines_lose_nothing(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    passage = passage_of(world, record).id
    base = save(world, "secretariat", passage, 1, "Opened at nine.\n\nThe outlook.\n\nClosed.")
    save(world, "XAA", passage, base, "Opened at ten.\n\nThe outlook.\n\nClosed.")
    save(world, "secretariat", passage, base, "Opened at nine.\n\nThe outlook.\n\nClosed at noon.")
    assert passage_of(world, record).text == "Opened at ten.\n\nThe outlook.\n\nClosed at noon."


def test_who_writes_the_same_line_is_shown_both_and_both_are_kept(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    passage = passage_of(world, record).id
    save(world, "secretariat", passage, 1, "Opened at nine.")
    with pytest.raises(PassageClashError) as clash:
        save(world, "XAA", passage, 1, "Opened at ten.")
    assert (clash.value.present, clash.value.mine) == ("Opened at nine.", "Opened at ten.")
    assert passage_of(world, record).text == "Opened at nine."
    with acting_as(desk(world, "XAA")):
        kept = [(text.text, text.set_aside) for text in texts_of_passage(passage)]
    assert ("Opened at ten.", True) in kept
    assert save(world, "XAA", passage, clash.value.number, "Opened at half past nine.") == 3


def test_a_passage_on_an_item_is_read_by_who_reads_the_item(world):
    meeting = make_meeting(world)
    item = make_item(world, meeting, by="XAA", audience=states(world, "XAB"), title="Closed")
    record = begun(world, meeting, "XAA")
    assert seen_by(world, "secretariat", record).passages == ()
    passage = add_passage(by=desk(world, "XAA"), minutes=record, item=item)
    save(world, "XAA", passage, 1, "Between us two.")
    close_minutes(by=desk(world), minutes=record)
    for code, count in (("XAA", 1), ("XAB", 1), ("XAC", 0), ("secretariat", 0)):
        assert len(seen_by(world, code, record).passages) == count, code
        with acting_as(desk(world, code)):
            assert Passage.objects.count() == count


def test_what_was_typed_on_the_way_is_for_those_who_write(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    save(world, "XAA", passage_of(world, record).id, 1, "A word too many.")
    close_minutes(by=desk(world), minutes=record)
    assert seen_by(world, "XAB", record).passages[0].text == "A word too many."
    with acting_as(desk(world, "XAB")):
        assert not PassageText.objects.exists()


def test_nobody_writes_in_closed_minutes_until_they_are_opened_again(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    passage = passage_of(world, record).id
    close_minutes(by=desk(world), minutes=record)
    for code in ("secretariat", "XAA"):
        with pytest.raises(MinutesClosedError):
            save(world, code, passage, 1, "Late.")
        with acting_as(desk(world, code)):
            assert Passage.objects.update(text="Late.") == 0
    reopen_minutes(by=desk(world), minutes=record)
    assert save(world, "XAA", passage, 1, "In time.") == 2


def test_others_neither_write_nor_name_nor_close(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    passage = passage_of(world, record).id
    with pytest.raises(MeetingNotInSightError):
        save(world, "XAB", passage, 1, "Ours.")
    with pytest.raises(OwnerDecidesError):
        name_writers(by=desk(world, "XAA"), minutes=record, accounts=[])
    with pytest.raises(OwnerDecidesError):
        close_minutes(by=desk(world, "XAA"), minutes=record)
    with pytest.raises(DatabaseError, match="row-level"), acting_as(desk(world, "XAB")), transaction.atomic():
        Passage.objects.create(record_id=record, position=1, written_by_id=desk(world, "XAB"))


def test_recalled_minutes_are_gone_for_writers_too(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting, "XAA")
    close_minutes(by=desk(world), minutes=record)
    recall_record(by=desk(world), record=record)
    assert seen_by(world, "XAA", record) is None
    assert seen_by(world, "XAB", record) is None


def post_of(world, code):
    with acting_as(desk(world, code)):
        return Post.objects.filter(state=world.states[code], kind="focal_point", holding__isnull=False)[0].pk


def promised(world, *, meeting=None, code="XAA", audience=NETWORK, due_on=None, **more):
    record = promise_action(
        by=desk(world),
        promise=Promise(more.pop("title", "Send the list"), "", post_of(world, code), due_on),
        marking=Marking.GREEN if audience.network else Marking.AMBER,
        audience=audience,
        meeting=meeting,
        **body(world, "secretariat"),
        **more,
    )
    release_record(by=desk(world), record=record)
    return record


def actions(world, code, shown="all"):
    with acting_as(desk(world, code)):
        return actions_in_sight(shown=shown)[0]


def test_an_action_reaches_who_answers_for_it_whoever_else_reads(world):
    promised(world, code="XAB", audience=Audience())
    assert len(actions(world, "XAB")) == 1
    assert actions(world, "XAB")[0].is_mine
    assert actions(world, "XAC") == []


def test_what_became_of_an_action_is_told_by_who_answers_and_seen_by_all_its_readers(world):
    action = promised(world)
    note_progress(by=desk(world, "XAA"), action=action, became="progress", text="Half of it.")
    assert actions(world, "XAC", "open")[0].last_note == "Half of it."
    note_progress(by=desk(world, "XAA"), action=action, became="done", text="Sent.")
    assert [line.is_done for line in actions(world, "XAC", "done")] == [True]
    assert actions(world, "XAC", "open") == []
    note_progress(by=desk(world), action=action, became="reopened")
    assert len(actions(world, "XAC", "open")) == 1
    with pytest.raises(NotResponsibleError):
        note_progress(by=desk(world, "XAC"), action=action, became="done")


def test_a_line_of_minutes_becomes_an_action(world):
    meeting = make_meeting(world)
    make_item(world, meeting)
    record = begun(world, meeting)
    passage = passage_of(world, record).id
    action = promised(world, meeting=meeting, passage=passage)
    assert actions(world, "XAB")[0].record == action
    assert actions(world, "XAB")[0].meeting == meeting


def test_what_is_open_runs_on_to_the_next_meeting_of_the_series(world):
    series = keep_series(by=desk(world), name="Yearly", **body(world, "secretariat"))
    first = make_meeting(world, series=series, starts_at=SOON - timedelta(days=200))
    second = make_meeting(world, series=series)
    done, still = promised(world, meeting=first, title="Done"), promised(world, meeting=first, title="Open")
    note_progress(by=desk(world, "XAA"), action=done, became="done")
    with acting_as(desk(world, "XAB")):
        assert [line.record for line in actions_carried_to(second)] == [still]
        assert actions_carried_to(first) == []


def test_the_record_of_closed_minutes_says_what_all_its_readers_read(world):
    meeting = make_meeting(world)
    shut = make_item(world, meeting, by="XAA", audience=states(world, "XAB"), title="Closed")
    make_item(world, meeting, title="The outlook")
    record = begun(world, meeting, "XAA")
    save(world, "XAA", passage_of(world, record).id, 1, "Taken note of.")
    passage = add_passage(by=desk(world, "XAA"), minutes=record, item=shut)
    save(world, "XAA", passage, 1, "Between us two.")
    close_minutes(by=desk(world), minutes=record)
    with acting_as(desk(world, "XAB")):
        sheet = record_sheet(record)
    assert sheet.body == "The outlook\n\nTaken note of."
    reopen_minutes(by=desk(world), minutes=record)
    save(world, "XAA", passage_of(world, record).id, 2, "Taken note of, with thanks.")
    close_minutes(by=desk(world), minutes=record)
    with acting_as(desk(world, "XAB")):
        assert record_sheet(record).version == 2

"""Calling meetings, answering, and what stands on an agenda, by the room's verbs."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import AgendaItem, Delegate, Delegation, Enclosure, HostPack, Meeting
from rtopnet.meetings.public import (
    AnswerWords,
    DelegateWords,
    HostWords,
    MeetingNotInSightError,
    MeetingOverError,
    MeetingTimesError,
    NotInvitedError,
    agenda_of,
    answer_invitation,
    awaited_states,
    cancel_meeting,
    change_meeting,
    delegations_to,
    enclose_papers,
    keep_host_pack,
    keep_series,
    meeting_sheet,
    meetings_past,
    meetings_to_come,
    order_items,
    own_answers,
    suggested_chair,
    suggested_number,
)
from rtopnet.sharing.public import OwnerDecidesError, recall_record
from rtopnet.sharing.rules import Role
from tests.meetings.gatherings import NETWORK, SOON, body, desk, make_item, make_meeting, states, when
from tests.sharing.worlds import make_record, take_seat

pytestmark = pytest.mark.django_db


def seen_by(world, code, query, *arguments):
    with acting_as(desk(world, code)):
        return query(*arguments)


def answered(world, meeting, code="XAA", coming="yes", **person):
    people = (DelegateWords("N. Tavor", **person),)
    return answer_invitation(
        by=desk(world, code),
        meeting=meeting,
        state=world.states[code].pk,
        answer=AnswerWords(coming, f"Answer of {code}", "We bring our own interpreter.", people),
    )


def test_a_draft_invites_nobody_and_a_release_does(world):
    drafted = make_meeting(world, released=False)
    called = make_meeting(world, title="Summer meeting")
    assert [line.title for line in seen_by(world, "XAA", meetings_to_come)] == ["Summer meeting"]
    assert {line.record for line in seen_by(world, "secretariat", meetings_to_come)} == {drafted, called}
    assert seen_by(world, "XBA", meetings_to_come) == []


def test_a_meeting_that_is_over_stands_with_the_past_ones(world):
    make_meeting(world, starts_at=SOON - timedelta(days=90))
    assert seen_by(world, "XAA", meetings_to_come) == []
    assert len(seen_by(world, "XAA", meetings_past)) == 1


def test_only_a_desk_calls_a_meeting_and_it_takes_time(world):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    with pytest.raises(OwnerDecidesError):
        keep_series(by=contributor, name="Coast", **body(world, "XAA"))
    with pytest.raises(MeetingTimesError):
        make_meeting(world, hours=0)


def test_a_change_counts_on_and_an_unchanged_one_does_not(world):
    meeting, by = make_meeting(world), desk(world)
    change_meeting(by=by, meeting=meeting, when=when())
    assert seen_by(world, "XAA", meeting_sheet, meeting).line.sequence == 0
    change_meeting(by=by, meeting=meeting, when=when(place="Town hall"))
    cancel_meeting(by=by, meeting=meeting)
    line = seen_by(world, "XAA", meeting_sheet, meeting).line
    assert (line.place, line.sequence, line.is_cancelled) == ("Town hall", 2, True)
    for refused in (cancel_meeting, lambda **deed: change_meeting(**deed, when=when(hours=5))):
        with pytest.raises(MeetingOverError):
            refused(by=by, meeting=meeting)


def test_others_neither_move_a_meeting_nor_learn_that_a_hidden_one_is_there(world):
    meeting = make_meeting(world)
    hidden = make_meeting(world, audience=states(world, "XAB"))
    with pytest.raises(OwnerDecidesError):
        change_meeting(by=desk(world, "XAA"), meeting=meeting, when=when(hours=4))
    with pytest.raises(MeetingNotInSightError):
        change_meeting(by=desk(world, "XAA"), meeting=hidden, when=when(hours=4))
    with acting_as(desk(world, "XAA")):
        assert Meeting.objects.update(place="x") == 0


def test_the_host_writes_its_pack_and_no_other_state_does(world):
    meeting = make_meeting(world, host_state=world.states["XAB"].pk)
    keep_host_pack(by=desk(world, "XAB"), meeting=meeting, words=HostWords(venue="By the sea"))
    assert seen_by(world, "XAC", meeting_sheet, meeting).host_says.venue == "By the sea"
    with pytest.raises(OwnerDecidesError):
        keep_host_pack(by=desk(world, "XAC"), meeting=meeting, words=HostWords(venue="Ours"))
    with acting_as(desk(world, "XAC")):
        assert HostPack.objects.update(venue="x") == 0


def test_the_chair_goes_round_in_the_order_of_the_region(world):
    series = keep_series(by=desk(world), name="Yearly", **body(world, "secretariat"))
    region = world.regions["reef"].pk
    first, last = world.states["XAA"].pk, world.states["XAC"].pk
    assert seen_by(world, "secretariat", suggested_chair, series, region) == first
    make_meeting(world, series=series, number=4, chair_state=last)
    assert seen_by(world, "secretariat", suggested_chair, series, region) == first
    assert seen_by(world, "secretariat", suggested_number, series) == 5


def test_an_answer_is_for_owner_and_host_and_no_other_state(world):
    meeting = make_meeting(world, host_state=world.states["XAB"].pk)
    answered(world, meeting, dietary="no fish")
    for code, count in (("XAA", 1), ("secretariat", 1), ("XAB", 1), ("XAC", 0), ("XBA", 0)):
        assert len(seen_by(world, code, delegations_to, meeting)) == count, code
        with acting_as(desk(world, code)):
            assert Delegate.objects.count() == Delegation.objects.count() == count


def test_an_answer_can_be_changed_and_taken_back(world):
    meeting = make_meeting(world)
    record = answered(world, meeting)
    assert answered(world, meeting, coming="no") == record
    (line,) = seen_by(world, "secretariat", delegations_to, meeting)
    assert (line.coming, len(line.delegates)) == ("no", 1)
    recall_record(by=desk(world, "XAA"), record=record)
    assert seen_by(world, "secretariat", delegations_to, meeting) == []
    assert answered(world, meeting) != record


def test_nobody_answers_for_another_state_or_too_late(world):
    meeting = make_meeting(world)
    words = AnswerWords("yes", "Answer")
    with pytest.raises(NotInvitedError):
        answer_invitation(by=desk(world, "XAA"), meeting=meeting, state=world.states["XAB"].pk, answer=words)
    with pytest.raises(MeetingNotInSightError):
        answer_invitation(by=desk(world, "XBA"), meeting=meeting, state=world.states["XBA"].pk, answer=words)
    cancel_meeting(by=desk(world), meeting=meeting)
    with pytest.raises(MeetingOverError):
        answered(world, meeting)


def test_the_owner_sees_who_has_not_answered(world):
    meeting = make_meeting(world)
    answered(world, meeting)
    region = world.regions["reef"].pk
    awaited = seen_by(world, "secretariat", awaited_states, meeting, NETWORK, region)
    assert [one.answer is not None for one in awaited] == [True, False, False]
    assert list(seen_by(world, "XAA", own_answers, [meeting]).values()) == ["yes"]
    assert seen_by(world, "XAB", own_answers, [meeting]) == {}


def test_items_are_numbered_for_each_reader_without_a_gap(world):
    meeting = make_meeting(world)
    make_item(world, meeting, title="First")
    make_item(world, meeting, by="XAA", audience=states(world, "XAB"), title="Closed")
    make_item(world, meeting, title="Last")
    told = {
        code: [(line.number, line.title) for line in seen_by(world, code, agenda_of, meeting)]
        for code in ("XAB", "XAC", "secretariat")
    }
    assert [number for number, _title in told["XAB"]] == [1, 2, 3]
    assert {title for _number, title in told["XAB"]} == {"First", "Closed", "Last"}
    assert told["XAC"] == told["secretariat"] == [(1, "First"), (2, "Last")]


def test_whoever_does_not_read_the_meeting_finds_no_item_of_it(world):
    meeting = make_meeting(world, audience=states(world, "XAA", "XAB"))
    make_item(world, meeting, by="XAA", audience=states(world, "XAB", "XAC"))
    assert len(seen_by(world, "XAB", agenda_of, meeting)) == 1
    with acting_as(desk(world, "XAC")):
        assert not AgendaItem.objects.exists()


def test_a_draft_is_read_by_the_state_that_writes_it_alone(world):
    meeting = make_meeting(world)
    make_item(world, meeting, by="XAA", released=False)
    assert len(seen_by(world, "XAA", agenda_of, meeting)) == 1
    assert seen_by(world, "secretariat", agenda_of, meeting) == []


def test_the_owner_orders_the_agenda_and_changes_nothing_else_of_it(world):
    meeting = make_meeting(world)
    first, second = make_item(world, meeting, by="XAA"), make_item(world, meeting, by="XAB")
    order_items(by=desk(world), meeting=meeting, order={second: 1, first: 2})
    assert [line.record for line in seen_by(world, "XAC", agenda_of, meeting)] == [second, first]
    with pytest.raises(DatabaseError, match="owner alone"), acting_as(desk(world)), transaction.atomic():
        AgendaItem.objects.filter(record=first).update(minutes=5)
    with acting_as(desk(world, "XAC")):
        assert AgendaItem.objects.update(position=1) == 0


def test_a_paper_shows_to_who_reads_it_and_the_item(world):
    meeting = make_meeting(world)
    item = make_item(world, meeting, by="XAA")
    paper, _ = make_record(
        world,
        "XAA",
        audience=states(world, "XAB"),
        released_at=SOON - timedelta(days=40),
    )
    enclose_papers(by=desk(world, "XAA"), item=item, papers=[paper.pk])
    for code, count in (("XAA", 1), ("XAB", 1), ("XAC", 0), ("secretariat", 0)):
        (line,) = seen_by(world, code, agenda_of, meeting)
        assert len(line.papers) == count, code
        with acting_as(desk(world, code)):
            assert Enclosure.objects.count() == count

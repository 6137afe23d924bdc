"""The silence procedure from circulating to adoption, and what it refuses."""

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import Decision, Procedure
from rtopnet.meetings.public import (
    Deed,
    DrafterWithdrawsError,
    ExtendedBeforeError,
    NextVersionNeededError,
    NotTakingPartError,
    RoundOpenError,
    SilenceOverError,
    Stage,
    add_statement,
    adopt_due,
    ask_for_more_time,
    break_silence,
    comment_on_round,
    join_with_reservation,
    proposal_page,
    stage_on,
    stay_silent,
    take_back_reservation,
    withdraw_from_silence,
    write_proposal,
)
from rtopnet.sharing.public import (
    Audience,
    RecordHeldError,
    RecordNotInSightError,
    Words,
    address_record,
    recall_record,
    revise_record,
    withdraw_record,
)
from tests.meetings.circles import circle_of, circulate, desk, draft, in_silence, let_pass, make_circle_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_circle_world()


def page(world, record, code="XAB"):
    with acting_as(desk(world, code)):
        return proposal_page(record)


def test_a_draft_is_its_drafters_alone(world):
    record = draft(world, drafters=("XAB",))
    assert page(world, record, "XAA").may_circulate
    assert page(world, record, "XAB").drafting.title == "A programme"
    assert not page(world, record, "XAB").may_circulate
    assert page(world, record, "XAC") is None
    assert page(world, record, "secretariat") is None


def test_silence_until_the_deadline_adopts(world):
    record, _procedure = in_silence(world)
    assert page(world, record).stage is Stage.IN_SILENCE
    let_pass(record, days=30)
    assert page(world, record).stage is Stage.ADOPTED
    assert page(world, record).reference == ""
    assert adopt_due() == 1
    assert adopt_due() == 0
    found = page(world, record)
    assert found.reference.startswith("REEF/")
    assert found.reference.endswith("/1")


def test_nothing_is_adopted_before_its_deadline(world):
    in_silence(world)
    assert adopt_due() == 0


def test_a_broken_silence_is_back_with_its_drafter_and_comes_again(world):
    record, procedure = in_silence(world)
    break_silence(by=desk(world, "XAB"), procedure=procedure, reason="The second paragraph goes too far.")
    assert page(world, record, "XAC").stage is Stage.BROKEN
    let_pass(record, days=30)
    assert adopt_due() == 0
    with pytest.raises(NextVersionNeededError):
        circulate(world, record)
    write_proposal(by=desk(world, "XAA"), record=record, title="A programme", body="We agree on less.")
    assert page(world, record, "XAC").body == "We agree on a programme."
    second = circulate(world, record)
    assert page(world, record, "XAC").body == "We agree on less."
    assert page(world, record, "XAC").round.number == 2
    let_pass(record, days=30)
    assert adopt_due() == 1
    with acting_as(desk(world, "XAC")):
        assert Decision.objects.get().procedure_id == second


def test_silence_is_broken_with_a_reason_and_once(world):
    _record, procedure = in_silence(world)
    break_silence(by=desk(world, "XAB"), procedure=procedure, reason="No.")
    with pytest.raises(SilenceOverError):
        break_silence(by=desk(world, "XAC"), procedure=procedure, reason="Neither do we.")


def test_an_act_after_the_deadline_comes_too_late(world):
    record, procedure = in_silence(world)
    let_pass(record, days=30)
    with pytest.raises(SilenceOverError):
        break_silence(by=desk(world, "XAB"), procedure=procedure, reason="No.")


def test_a_drafter_withdraws_and_does_not_break(world):
    record, procedure = in_silence(world)
    with pytest.raises(DrafterWithdrawsError):
        break_silence(by=desk(world, "XAA"), procedure=procedure, reason="No.")
    withdraw_from_silence(by=desk(world, "XAA"), procedure=procedure)
    assert page(world, record).stage is Stage.WITHDRAWN
    circulate(world, record)
    assert page(world, record).stage is Stage.IN_SILENCE


def test_more_time_is_asked_for_once_by_whoever_asks_first(world):
    record, procedure = in_silence(world)
    before = page(world, record).round.deadline
    ask_for_more_time(by=desk(world, "XAB"), procedure=procedure)
    assert (page(world, record).round.deadline - before).days >= 5
    assert Deed.EXTENSION not in page(world, record, "XAC").open_deeds
    with pytest.raises(ExtendedBeforeError):
        ask_for_more_time(by=desk(world, "XAC"), procedure=procedure)


def test_a_reservation_is_replaced_taken_back_and_printed(world):
    record, procedure = in_silence(world)
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="As far as our law allows.")
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="As our law allows.")
    join_with_reservation(by=desk(world, "XAC"), procedure=procedure, words="Hm.")
    take_back_reservation(by=desk(world, "XAC"), procedure=procedure)
    let_pass(record, days=30)
    assert [act.words for act in page(world, record).round.reservations] == ["As our law allows."]


def test_who_takes_no_part_does_nothing(world):
    record = draft(world)
    procedure = circulate(world, record, circle=circle_of(world, "XAB"))
    assert page(world, record, "XAC") is None
    with pytest.raises(RecordNotInSightError):
        break_silence(by=desk(world, "XAC"), procedure=procedure, reason="No.")
    with pytest.raises(NotTakingPartError):
        break_silence(by=desk(world, "secretariat"), procedure=procedure, reason="No.")
    comment_on_round(by=desk(world, "secretariat"), procedure=procedure, words="Please look at annex 2.")


def test_that_a_state_means_to_stay_silent_is_its_own(world):
    record, procedure = in_silence(world)
    stay_silent(by=desk(world, "XAB"), procedure=procedure)
    assert page(world, record, "XAB").is_noted_silent
    for code in ("XAA", "XAC", "secretariat"):
        assert not page(world, record, code).is_noted_silent


@pytest.mark.parametrize("is_adopted", [False, True])
def test_a_record_in_silence_or_adopted_stays_as_it_is(world, is_adopted):
    record, _procedure = in_silence(world)
    if is_adopted:
        let_pass(record, days=30)
        adopt_due()
    by = desk(world, "XAA")
    for deed in (
        lambda: recall_record(by=by, record=record),
        lambda: withdraw_record(by=by, record=record),
        lambda: revise_record(by=by, record=record, words=Words("t", "b")),
        lambda: address_record(by=by, record=record, audience=Audience()),
    ):
        with pytest.raises(RecordHeldError):
            deed()
    with pytest.raises(RoundOpenError):
        circulate(world, record)


def test_the_chair_states_once_after_adoption(world):
    record, procedure = in_silence(world)
    let_pass(record, days=30)
    adopt_due()
    assert page(world, record, "secretariat").may_state
    add_statement(by=desk(world, "secretariat"), procedure=procedure, words="The network thanks all.")
    assert page(world, record, "XAB").statement.words == "The network thanks all."
    assert not page(world, record, "secretariat").may_state


def test_narrower_circles_count_for_themselves(world):
    references = []
    for codes in (("XAB",), ("XAB",), ("XAC",), None):
        record = draft(world)
        circulate(world, record, circle=circle_of(world, *codes) if codes else None)
        let_pass(record, days=30)
        adopt_due()
        references.append(page(world, record, "XAA").reference)
    first, second, other, whole = references
    assert first.removesuffix("1") == second.removesuffix("2")
    assert other.split("/")[2].split("-")[0] != first.split("/")[2].split("-")[0]
    assert whole.split("/")[2] == "1"


def test_stage_on_tells_other_rooms(world):
    record, _procedure = in_silence(world)
    with acting_as(desk(world, "XAB")):
        assert stage_on(record) is Stage.IN_SILENCE
        assert Procedure.objects.count() == 1

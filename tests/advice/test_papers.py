"""Papers drafted together, kept back by what may not travel, and cleared by silence."""

from datetime import timedelta

import pytest

from rtopnet.advice.models import ClearedReference, PaperReference
from rtopnet.advice.public import (
    AskedBeforeError,
    Bar,
    FrameRefusedError,
    ReferenceBlocksError,
    SectionMissingError,
    Stage,
    StageRefusedError,
    UnsupportedStatementError,
    add_statement,
    ask_to_let_travel,
    begin_paper,
    change_statement,
    circulate_paper,
    cite_record,
    drop_reference,
    set_frame,
    strike_statement,
    withdraw_paper,
    write_title,
)
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.meetings.public import adopt_due, break_silence, move_story_back
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    RecordChangedError,
    RecordNotInSightError,
    address_record,
    answer_request,
    recall_record,
    record_sheet,
    requests_on,
)
from tests.advice.papers import (
    OFFICE,
    REEF,
    body,
    circulated,
    cleared,
    desk,
    drafted,
    frame,
    page_for,
    report,
    seen_by,
)

pytestmark = pytest.mark.django_db


def statements(page):
    return [one for section in page.draft.sections for one in section.statements]


def test_a_draft_is_known_to_those_who_draft_it_alone(world):
    record = drafted(world, drafters=("XAB",))
    assert page_for(world, record).draft.title == "Advice on the coast"
    assert page_for(world, record, "XAB").drafts
    assert page_for(world, record, "XAB").sheet is None
    for code in ("XAC", "secretariat", OFFICE, "XBA"):
        assert page_for(world, record, code) is None


def test_an_unknown_form_or_office_is_refused(world):
    with pytest.raises(FrameRefusedError):
        drafted(world, form="speech")
    wrong = frame(world)
    wrong = type(wrong)(office=body(world, "ministry"), circle=wrong.circle)
    with pytest.raises(FrameRefusedError):
        begin_paper(by=desk(world, "XAA"), form="briefing", title="t", frame=wrong, state=body(world, "XAA"))


def test_the_secretariat_drafts_in_its_own_name(world):
    record = drafted(world, code="secretariat")
    assert page_for(world, record, "secretariat").is_own


def test_others_write_statements_with_the_owner(world):
    record = drafted(world, drafters=("XAB",))
    made = add_statement(by=desk(world, "XAB"), record=record, section="points", text="Ports are full.")
    change_statement(by=desk(world, "XAA"), statement=made, text="Ports are nearly full.", is_own_words=True)
    texts = [one.text for one in statements(page_for(world, record, "XAB"))]
    assert texts == ["Boats cross by night.", "Shelter is needed.", "Ports are nearly full."]
    with pytest.raises(RecordNotInSightError):
        add_statement(by=desk(world, "XAC"), record=record, section="points", text="No.")


def test_two_changes_of_the_same_lines_clash_and_of_others_do_not(world):
    record = drafted(world)
    made = add_statement(
        by=desk(world, "XAA"), record=record, section="points", text="One.\nTwo.\nThree.", is_own_words=True
    )
    base = "One.\nTwo.\nThree."

    def change(text):
        change_statement(by=desk(world, "XAA"), statement=made, text=text, is_own_words=True, base=base)

    change("First.\nTwo.\nThree.")
    change("One.\nTwo.\nThird.")
    assert statements(page_for(world, record))[-1].text == "First.\nTwo.\nThird."
    with pytest.raises(RecordChangedError, match="First"):
        change("Other.\nTwo.\nThree.")


def test_who_is_left_out_no_longer_drafts(world):
    record = drafted(world, drafters=("XAB",))
    with pytest.raises(OwnerDecidesError):
        set_frame(by=desk(world, "XAB"), record=record, frame=frame(world))
    set_frame(by=desk(world, "XAA"), record=record, frame=frame(world))
    assert page_for(world, record, "XAB") is None


def test_the_title_is_written_by_who_saw_the_last_one(world):
    record = drafted(world)
    seen = page_for(world, record).draft.written_at
    write_title(by=desk(world, "XAA"), record=record, title="New", seen=seen)
    with pytest.raises(RecordChangedError):
        write_title(by=desk(world, "XAA"), record=record, title="Newer", seen=seen)


def test_every_statement_names_what_it_rests_on_or_is_the_networks_own(world):
    record = drafted(world)
    made = add_statement(by=desk(world, "XAA"), record=record, section="points", text="It is so.")
    assert statements(page_for(world, record))[-1].is_unsupported
    with pytest.raises(UnsupportedStatementError, match="Statement 3"):
        circulated(world, record)
    strike_statement(by=desk(world, "XAA"), statement=made)
    circulated(world, record)


def test_a_needed_section_must_say_something(world):
    record = drafted(world)
    strike_statement(by=desk(world, "XAA"), statement=statements(page_for(world, record))[0].id)
    with pytest.raises(SectionMissingError, match="In short"):
        circulated(world, record)


def test_a_reference_that_reaches_everybody_travels(world):
    record = drafted(world, cited=[report(world)])
    (reference,) = statements(page_for(world, record))[0].references
    assert reference.bars == ()
    assert reference.title == "Boats by night"
    circulated(world, record)
    page = page_for(world, record, "XAC")
    assert page.stage is Stage.CLEARANCE
    assert "1. Boats cross by night. [1]" in page.round.body
    assert "2. Shelter is needed. [stated by the network itself]" in page.round.body
    (title, (first,)), *_others = page.circulated
    assert (title, first.references[0].title) == ("In short", "Boats by night")


@pytest.mark.parametrize(
    ("how", "bars"),
    [
        ({"office": False}, (Bar.OFFICE,)),
        ({"marking": Marking.AMBER, "network": False, "to": ("XAA",)}, (Bar.MARKING, Bar.CIRCLE)),
        ({"marking": Marking.GREEN, "network": False, "to": ("XAA", "XAC")}, (Bar.CIRCLE,)),
    ],
)
def test_what_does_not_reach_everybody_blocks(world, how, bars):
    record = drafted(world, cited=[report(world, **how)])
    (reference,) = statements(page_for(world, record))[0].references
    assert reference.bars == bars
    assert page_for(world, record).draft.is_blocked
    with pytest.raises(ReferenceBlocksError):
        circulated(world, record)
    assert seen_by(world, "XAB", record_sheet, record) is None


def test_what_was_recalled_blocks_and_can_be_taken_out(world):
    cited = report(world)
    record = drafted(world, cited=[cited, report(world, title="Another")])
    recall_record(by=desk(world, "XAB"), record=cited)
    first, second = statements(page_for(world, record))[0].references
    assert (first.bars, first.title) == ((Bar.OUT_OF_SIGHT,), "")
    assert second.bars == ()
    with pytest.raises(ReferenceBlocksError):
        circulated(world, record)
    drop_reference(by=desk(world, "XAA"), reference=first.id)
    circulated(world, record)


def test_its_owner_is_asked_once_and_releasing_unblocks(world):
    cited = report(world, office=False)
    record = drafted(world, cited=[cited])
    (reference,) = statements(page_for(world, record))[0].references
    assert reference.may_ask
    ask_to_let_travel(by=desk(world, "XAA"), reference=reference.id)
    with pytest.raises(AskedBeforeError):
        ask_to_let_travel(by=desk(world, "XAA"), reference=reference.id)
    (asked,) = seen_by(world, "XAB", requests_on, cited)
    assert "UN office" in asked.reason
    assert "Advice on the coast" not in asked.reason
    (reference,) = statements(page_for(world, record))[0].references
    assert (reference.asked_at, reference.is_overdue) == (asked.asked_at, False)
    audience = Audience(network=True, institutions=frozenset({body(world, OFFICE)}))
    address_record(by=desk(world, "XAB"), record=cited, audience=audience)
    answer_request(by=desk(world, "XAB"), request=asked.id, granted=True, answer="Take it.")
    assert not page_for(world, record).draft.is_blocked
    circulated(world, record)


def test_a_refusal_is_shown_with_its_words(world):
    cited = report(world, office=False)
    record = drafted(world, cited=[cited])
    (reference,) = statements(page_for(world, record))[0].references
    request = ask_to_let_travel(by=desk(world, "XAA"), reference=reference.id)
    answer_request(by=desk(world, "XAB"), request=request, granted=False, answer="Not yet.")
    (reference,) = statements(page_for(world, record))[0].references
    assert (reference.was_refused, reference.answer) == (True, "Not yet.")


def test_a_co_drafters_reference_out_of_sight_blocks_and_tells_no_more(world):
    cited = report(
        world, "XAB", title="Our own", marking=Marking.AMBER, network=False, to=("XAC",), office=False
    )
    record = drafted(world, drafters=("XAB",))
    first = statements(page_for(world, record))[0]
    cite_record(by=desk(world, "XAB"), statement=first.id, cited=cited, shows="Names")
    seen = statements(page_for(world, record))[0]
    assert (seen.references, seen.rests_on_unseen, seen.blocks) == ((), True, True)
    assert statements(page_for(world, record, "XAB"))[0].references[0].title == "Our own"
    with acting_as(desk(world, "XAA")):
        assert not PaperReference.objects.exists()
    with pytest.raises(ReferenceBlocksError, match="cannot read"):
        circulated(world, record)
    strike_statement(by=desk(world, "XAA"), statement=first.id)
    add_statement(by=desk(world, "XAA"), record=record, section="summary", text="Anew.", is_own_words=True)
    circulated(world, record)


def test_one_rests_only_on_what_one_reads(world):
    hidden = report(world, "XAB", marking=Marking.AMBER, network=False, to=("XAC",), office=False)
    record = drafted(world)
    first = statements(page_for(world, record))[0]
    for cited in (hidden, record):
        with pytest.raises(RecordNotInSightError):
            cite_record(by=desk(world, "XAA"), statement=first.id, cited=cited)


def test_some_states_clear_it_and_others_learn_nothing(world):
    record = drafted(world, "XAA", "XAB")
    circulated(world, record)
    assert page_for(world, record, "XAB").stage is Stage.CLEARANCE
    assert page_for(world, record, "XAC") is None
    assert page_for(world, record, OFFICE) is None


def test_who_drafts_reads_it_when_it_is_circulated(world):
    record = drafted(world, "XAA", "XAB", drafters=("XAC",))
    circulated(world, record)
    assert page_for(world, record, "XAC").sheet is not None
    with pytest.raises(StageRefusedError):
        add_statement(by=desk(world, "XAC"), record=record, section="points", text="Late.")


def test_a_broken_silence_returns_it_as_a_draft_whose_next_version_says_something_else(world):
    record = drafted(world)
    procedure = circulated(world, record)
    break_silence(by=desk(world, "XAB"), procedure=procedure, reason="Not the first point.")
    page = page_for(world, record)
    assert (page.stage, page.needs_next_version) == (Stage.DRAFT, True)
    first = statements(page)[0]
    change_statement(by=desk(world, "XAA"), statement=first.id, text="Boats cross.", is_own_words=True)
    assert page_for(world, record, "XAB").draft is None
    circulated(world, record)
    page = page_for(world, record, "XAB")
    assert (page.round.version, len(page.round.earlier)) == (2, 1)
    assert "Boats cross." in page.round.body


def test_what_is_cleared_stays_as_it_was_agreed(world):
    record = cleared(world)
    page = page_for(world, record)
    assert page.stage is Stage.CLEARED
    assert page.reference.startswith("REEF/")
    for deed in (
        lambda: add_statement(by=desk(world, "XAA"), record=record, section="points", text="More."),
        lambda: set_frame(by=desk(world, "XAA"), record=record, frame=frame(world)),
        lambda: withdraw_paper(by=desk(world, "XAA"), record=record),
        lambda: circulated(world, record),
    ):
        with pytest.raises(StageRefusedError):
            deed()
    assert record_in(world, record).held


def record_in(world, record):
    return seen_by(world, "XAA", record_sheet, record)


def test_it_is_withdrawn_before_it_is_cleared(world):
    record = drafted(world)
    circulated(world, record)
    with pytest.raises(OwnerDecidesError):
        withdraw_paper(by=desk(world, "XAB"), record=record)
    withdraw_paper(by=desk(world, "XAA"), record=record, reason="Overtaken by events.")
    assert page_for(world, record).stage is Stage.WITHDRAWN
    assert page_for(world, record, "XAB") is None
    move_story_back(record=record, by=timedelta(days=30))
    assert adopt_due() == 0


def test_a_draft_is_withdrawn_without_anybody_learning_of_it(world):
    record = drafted(world)
    withdraw_paper(by=desk(world, "XAA"), record=record)
    assert page_for(world, record).stage is Stage.WITHDRAWN
    with pytest.raises(StageRefusedError):
        circulate_paper(by=desk(world, "XAA"), record=record, day=today() + timedelta(days=14))


def test_a_reader_of_the_paper_sees_of_what_it_rests_on_what_they_read(world):
    cited = report(world)
    cleared(world, cited=[cited])
    assert all(seen_by(world, code, ClearedReference.objects.count) == 1 for code in REEF)
    recall_record(by=desk(world, "XAB"), record=cited)
    assert seen_by(world, "XAC", ClearedReference.objects.count) == 0

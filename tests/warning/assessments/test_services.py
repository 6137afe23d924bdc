"""From a draft to what was concluded, by the room's verbs."""

from datetime import timedelta
from uuid import UUID

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.kernel.events import subscribe
from rtopnet.network.models import Notice
from rtopnet.sharing.public import (
    Asked,
    ConsultationOpenError,
    Marking,
    OwnerDecidesError,
    RecordNotInSightError,
    address_record,
    concerned_states,
    records_found,
)
from rtopnet.sharing.rules import Audience
from rtopnet.warning.assessments.models import Assessor
from rtopnet.warning.assessments.public import (
    SECOND,
    AssessmentConcluded,
    Crime,
    Deed,
    EvidenceRefusedError,
    HandedInError,
    Move,
    PanelRefusedError,
    Presence,
    ProfileLevel,
    ScopeRefusedError,
    ScoresMissingError,
    Stage,
    StageRefusedError,
    WordsMissingError,
    assessment_sheet,
    assessments_in_sight,
    comment_on,
    conclude_assessment,
    draft_assessment,
    factor_changes,
    hand_in,
    keep_minority_view,
    newest_assessment_of,
    open_scoring,
    open_second_round,
    own_answers,
    result_of,
    reveal_scores,
    revise_assessment,
    save_score,
    since_last,
    take_back_scores,
    take_over_first,
    waiting_for,
)
from tests.warning.assessments.judging import (
    FACTORS,
    TITLE,
    answers_all,
    desk,
    drafted,
    opened,
    scope,
    scored,
    seen_by,
    sheet,
    shown,
    state,
)

pytestmark = pytest.mark.django_db


def result(world, record, turn=1, code="XAA"):
    with acting_as(desk(world, code)):
        return result_of(assessment_sheet(record), turn)


def test_a_draft_is_its_owners_alone_until_scoring_opens(world):
    record = drafted(world)
    assert sheet(world, record).stage is Stage.DRAFT
    assert sheet(world, record, "XAB") is None
    open_scoring(by=desk(world), record=record)
    assert sheet(world, record, "XAB").stage is Stage.SCORING
    with pytest.raises(StageRefusedError):
        open_scoring(by=desk(world), record=record)


def test_only_a_desk_begins_one_and_only_for_its_own(world):
    with pytest.raises(OwnerDecidesError):
        draft_assessment(by=desk(world), owner=state(world, "XAB"), scope=scope(world))
    assert drafted(world, by="secretariat")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"crimes": ()}, ScopeRefusedError),
        ({"ends_on": now().date().replace(year=2001)}, ScopeRefusedError),
        ({"panel": ("XAB",)}, PanelRefusedError),
        ({"about": "XBA"}, ScopeRefusedError),
    ],
)
def test_what_contradicts_itself_is_refused(world, change, error):
    with pytest.raises(error):
        drafted(world, **change)


def test_a_draft_can_be_written_anew_with_another_panel(world):
    record = drafted(world)
    revise_assessment(by=desk(world), record=record, scope=scope(world, panel=("XAB", "XAC"), title="New"))
    found = sheet(world, record)
    assert (found.sheet.title, found.panel_size, len(found.panel)) == ("New", 2, 2)
    with pytest.raises(StageRefusedError):
        open_scoring(by=desk(world), record=record)
        revise_assessment(by=desk(world), record=record, scope=scope(world))


def test_a_day_that_is_over_opens_nothing(world):
    record = drafted(world, closes_at=now() - timedelta(days=1))
    with pytest.raises(ScopeRefusedError):
        open_scoring(by=desk(world), record=record)


def test_the_state_that_is_judged_is_named_as_concerned_and_heard_before_the_network_reads(world):
    record = shown(world, marking=Marking.GREEN)
    assert [one.state for one in seen_by(world, "XAA", concerned_states, record)] == [state(world)]
    with pytest.raises(ConsultationOpenError):
        address_record(by=desk(world), record=record, audience=Audience(network=True))


def test_numbers_are_drawn_and_bodies_told_without_who_is_who(world):
    record = opened(world)
    with acting_as(desk(world)):
        assert set(Assessor.objects.values_list("number", flat=True)) == {1, 2, 3, 4}
    assert len(sheet(world, record, "XAB").body_names) == 4
    assert sheet(world, record, "XAB").panel == ()


def test_a_score_is_kept_as_far_as_it_is_written(world):
    record, by = opened(world), desk(world, "XAB")
    save_score(by=by, record=record, code="7", scored=scored(presence=None, reason=""))
    save_score(by=by, record=record, code="7", scored=scored(marks={"7.10": Presence.STRONG}))
    answer = seen_by(world, "XAB", own_answers, record, 1)["7"]
    assert answer.is_complete
    assert answer.marks == {"7.10": Presence.STRONG}


def test_contrary_evidence_is_asked_for_and_none_is_an_answer(world):
    record, by = opened(world), desk(world, "XAB")
    for number, changes in enumerate(({"found_no_contrary": False}, {"contrary": "Calm in the north."}), 1):
        save_score(by=by, record=record, code=str(number), scored=scored(**changes))
    answers = seen_by(world, "XAB", own_answers, record, 1)
    assert not answers["1"].is_complete
    assert answers["2"].is_complete
    assert not answers["2"].found_no_contrary


def test_what_is_no_factor_no_indicator_or_no_page_is_refused(world):
    record, by = opened(world), desk(world, "XAB")
    with pytest.raises(StageRefusedError):
        save_score(by=by, record=record, code="15", scored=scored())
    with pytest.raises(StageRefusedError):
        save_score(by=by, record=record, code="7", scored=scored(marks={"8.1": Presence.ABSENT}))
    for changes in ({"pages": [("javascript:x", "t")]}, {"records": [UUID(int=5)]}):
        with pytest.raises(EvidenceRefusedError):
            save_score(by=by, record=record, code="7", scored=scored(**changes))


def test_who_has_no_seat_scores_nothing(world):
    record = opened(world, panel=("XAA", "XAB"))
    with pytest.raises(RecordNotInSightError):
        save_score(by=desk(world, "XAC"), record=record, code="1", scored=scored())


def test_handing_in_needs_every_factor_and_can_be_taken_back(world):
    record, by = opened(world), desk(world, "XAB")
    with pytest.raises(ScoresMissingError):
        hand_in(by=by, record=record)
    answers_all(world, record, "XAB")
    assert sheet(world, record).handed_in == 1
    with pytest.raises(HandedInError):
        save_score(by=by, record=record, code="1", scored=scored())
    take_back_scores(by=by, record=record)
    assert sheet(world, record).handed_in == 0
    save_score(by=by, record=record, code="1", scored=scored())


def test_scores_are_shown_by_the_owner_once_all_are_in(world):
    record = opened(world, panel=("XAA", "XAB"))
    answers_all(world, record, "XAB")
    assert not sheet(world, record).can(Deed.REVEAL)
    with pytest.raises(StageRefusedError):
        reveal_scores(by=desk(world), record=record)
    answers_all(world, record, "XAA", Presence.ABSENT)
    with pytest.raises(RecordNotInSightError):
        reveal_scores(by=desk(world, "XAB"), record=record)
    assert result(world, record) is None
    reveal_scores(by=desk(world), record=record)
    found = result(world, record, code="XAB")
    assert {len(one.answers) for one in found.factors} == {2}
    assert (found.factor("1").middle, found.factor("1").lowest) == (1.0, Presence.ABSENT)


def test_agreement_is_told_for_each_factor_and_over_all(world):
    record = shown(world)
    found = result(world, record)
    assert found.agreement < 0
    assert {round(one.agreement, 6) for one in found.factors} == {round(found.agreement, 6)}


def test_evidence_is_shown_to_who_can_read_it(world):
    record = opened(world, panel=("XAA", "XAB"))
    own = drafted(world, by="XAB", title="Their own draft", panel=("XAB", "XAA"))
    linked = scored(records=[own], pages=[("https://x.example/a", "A report")])
    for code in FACTORS:
        save_score(by=desk(world, "XAB"), record=record, code=code, scored=linked)
    hand_in(by=desk(world, "XAB"), record=record)
    answers_all(world, record, "XAA")
    reveal_scores(by=desk(world), record=record)
    for code, titles in (("XAB", {"Their own draft", "A report"}), ("XAA", {"A report"})):
        answers = result(world, record, code=code).factor("1").answers
        assert {one.title for answer in answers for one in answer.evidence} == titles


def test_a_second_round_begins_from_ones_own_first_scores_and_both_stay(world):
    record = shown(world)
    with pytest.raises(StageRefusedError):
        take_over_first(by=desk(world, "XAB"), record=record)
    open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=3))
    for code in ("XAA", "XAB"):
        take_over_first(by=desk(world, code), record=record)
    save_score(by=desk(world, "XAB"), record=record, code="9", scored=scored(Presence.ABSENT))
    for code in ("XAA", "XAB"):
        hand_in(by=desk(world, code), record=record)
    reveal_scores(by=desk(world), record=record)
    assert result(world, record, 1).factor("9").middle == 2.5
    assert result(world, record, SECOND).factor("9").middle == 1
    assert result(world, record, SECOND).factor("1").middle == 2.5
    with pytest.raises(StageRefusedError):
        open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=3))


def test_assessors_and_owner_discuss_once_scores_are_shown(world):
    record = opened(world, panel=("XAA", "XAB"))
    with pytest.raises(StageRefusedError):
        comment_on(by=desk(world, "XAB"), record=record, words="Too early.")
    record = shown(world, title="shown")
    comment_on(by=desk(world, "XAB"), record=record, words="Look at the harbour.", code="3")
    keep_minority_view(by=desk(world, "XAB"), record=record, words="I see intent.", code="10")
    with pytest.raises(WordsMissingError):
        comment_on(by=desk(world, "XAB"), record=record, words=" ")
    with pytest.raises(RecordNotInSightError):
        keep_minority_view(by=desk(world, "XAC"), record=record, words="x")
    found = sheet(world, record)
    assert [(one.code, one.words) for one in found.sayings] == [("3", "Look at the harbour.")]
    assert [one.words for one in found.minority] == ["I see intent."]


def test_a_conclusion_keeps_the_levels_and_is_found_by_search(world):
    record = shown(world)
    told = []
    subscribe(AssessmentConcluded)(told.append)
    conclude_assessment(by=desk(world), record=record, words="Prepare for flight across the strait.")
    found = sheet(world, record)
    assert found.stage is Stage.CONCLUDED
    assert found.conclusion.levels[Crime.GENOCIDE] is ProfileLevel.PRONOUNCED
    assert found.conclusion.levels[Crime.INCITEMENT] is None
    assert record in {one.record for one in seen_by(world, "XAA", records_found, Asked("strait")).finds}
    assert found.asked == "Attacks spread."
    with pytest.raises(StageRefusedError):
        conclude_assessment(by=desk(world), record=record, words="again")


def test_what_changed_since_the_last_one_of_the_same_place_is_told(world):
    first = shown(world, presences=(Presence.UNCLEAR, Presence.UNCLEAR), title="Earlier")
    assert seen_by(world, "XAA", since_last, first) is None
    conclude_assessment(by=desk(world), record=first, words="w")
    elsewhere = shown(world, title="Elsewhere", place="North")
    assert seen_by(world, "XAA", since_last, elsewhere) is None
    second = shown(world, title="Later")
    found = seen_by(world, "XAA", since_last, second)
    assert found.before.title == "Earlier"
    assert len(found.moved) == 14
    assert {one.move for one in seen_by(world, "XAA", factor_changes, second)} == {Move.WORSE}
    conclude_assessment(by=desk(world), record=second, words="w")
    assert seen_by(world, "XAA", since_last, first) is None
    assert seen_by(world, "XAA", newest_assessment_of, state(world)).title == "Later"


def test_who_may_not_read_the_earlier_one_is_not_told_what_changed(world):
    first = shown(world, title="Earlier", panel=("XAA", "secretariat"))
    conclude_assessment(by=desk(world), record=first, words="w")
    second = shown(world, title="Later")
    assert seen_by(world, "XAB", since_last, second) is None
    assert {one.move for one in seen_by(world, "XAB", factor_changes, second)} == {Move.NEW}
    assert seen_by(world, "XAB", newest_assessment_of, state(world)) is None


def test_lists_hold_what_is_in_sight(world):
    opened(world, panel=("XAA", "XAB"))
    assert [one.title for one in seen_by(world, "XAB", assessments_in_sight)] == [TITLE]
    assert seen_by(world, "XAC", assessments_in_sight) == []
    assert seen_by(world, "XAB", assessments_in_sight, state=state(world), concluded=True) == []


def test_something_waits_for_assessors_and_owner_at_each_stage(world):
    record = opened(world, panel=("XAA", "XAB"))

    def abouts(code):
        return {one.about for one in seen_by(world, code, waiting_for)}

    assert abouts("XAB") == {"score"}
    answers_all(world, record, "XAB")
    assert abouts("XAB") == set()
    answers_all(world, record, "XAA")
    assert abouts("XAA") == {"reveal"}
    reveal_scores(by=desk(world), record=record)
    assert abouts("XAB") == {"discuss"}
    assert abouts("XAA") == {"discuss", "conclude"}
    open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=3))
    assert abouts("XAB") == {"rescore"}


def test_assessors_are_told_when_asked_shown_and_concluded(world):
    record = shown(world)
    conclude_assessment(by=desk(world), record=record, words="w")
    with acting_as(desk(world, "XAB")):
        kinds = set(Notice.objects.filter(subject=record).values_list("kind", flat=True))
    assert kinds >= {"assessments.asked", "assessments.revealed", "assessments.concluded"}

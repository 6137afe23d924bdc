"""From accepted offers to a lesson that both sides agree on."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from rtopnet.assistance.events import LessonAgreed
from rtopnet.assistance.models import Appraisal, Confirmation, Deployment, Participant
from rtopnet.assistance.public import (
    AppraisalRefusedError,
    ConsentAnsweredError,
    ConsentMissingError,
    DeploymentRefusedError,
    LessonRefusedError,
    Marks,
    OfferRefusedError,
    Stage,
    answer_consent,
    answer_lesson,
    appraise,
    ask_consent,
    begin_deployment,
    complete_request,
    confirm_participant,
    deployment_sheet,
    deployments_listed,
    end_deployment,
    lesson_in_sight,
    pace_of_own,
    propose_lesson,
    report_on_deployment,
    request_sheet,
    set_duty_done,
    share_lesson,
    waiting_for,
    withdraw_request,
)
from rtopnet.assistance.queries import marks_known
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError
from rtopnet.sharing.rules import Role
from tests.assistance.helping import (
    accepted,
    circulated,
    deployed,
    desk,
    offered,
    rostered,
    seen_by,
    state,
)
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db
GOOD = Marks(5, 4, 5)


@pytest.fixture
def matched(world):
    """A request with two partial offers accepted: of an expert by the one, of two by the other."""
    record, needs = circulated(world)
    entry = rostered(world)
    first = offered(world, record, needs[0], entry=entry, number=1)
    second = offered(world, record, needs[0], code="XAC", number=2)
    return record, [accepted(world, first), accepted(world, second)], entry


def stage(world, record):
    return seen_by(world, "XAA", request_sheet, record).stage


def abouts(world, code):
    return sorted({one.about for one in seen_by(world, code, waiting_for)})


def finished(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines, begin=True)
    end_deployment(by=desk(world), deployment=work, words="All went home.")
    complete_request(by=desk(world), record=record)
    return work


def test_a_deployment_is_read_by_those_who_take_part(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines)
    for code in ("XAA", "XAB", "XAC"):
        assert len(seen_by(world, code, deployment_sheet, work).participants) == 2
    with acting_as(desk(world, "secretariat")):
        assert deployment_sheet(work) is None
        assert not Participant.objects.exists()
    assert abouts(world, "XAB") == ["confirm"]


def test_a_deployment_is_the_states_own_until_it_is_sent(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines, send=False)
    assert seen_by(world, "XAB", deployment_sheet, work) is None
    assert "send" in abouts(world, "XAA")


def test_what_was_not_accepted_or_is_deployed_cannot_be_deployed(world, matched):
    record, lines, _ = matched
    deployed(world, record, lines[:1])
    with pytest.raises(DeploymentRefusedError):
        deployed(world, record, lines)


def test_nothing_begins_before_the_expert_agrees(world, matched):
    record, lines, entry = matched
    work = deployed(world, record, lines)
    mine, other = seen_by(world, "XAB", deployment_sheet, work).participants
    if mine.entry is None:
        mine, other = other, mine
    with pytest.raises(ConsentMissingError):
        confirm_participant(by=desk(world, "XAB"), participant=mine.id)
    with acting_as(desk(world, "XAB")), pytest.raises(ProgrammingError), transaction.atomic():
        Confirmation.objects.create(
            record_id=work, participant_id=mine.id, body=state(world, "XAB"), by_id=desk(world, "XAB")
        )
    confirm_participant(by=desk(world, "XAC"), participant=other.id)
    with pytest.raises(ConsentMissingError):
        begin_deployment(by=desk(world), deployment=work)
    consent = ask_consent(by=desk(world, "XAB"), deployment=work, entry=entry, words="At the coast.")
    with pytest.raises(DeploymentRefusedError, match="how"):
        answer_consent(by=desk(world, "XAB"), consent=consent, given=True)
    answer_consent(by=desk(world, "XAB"), consent=consent, given=True, note="By telephone.")
    confirm_participant(by=desk(world, "XAB"), participant=mine.id)
    begin_deployment(by=desk(world), deployment=work)
    assert stage(world, record) is Stage.UNDER_WAY


def test_an_expert_with_an_account_answers_for_themself(world):
    record, needs = circulated(world)
    expert = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    entry = rostered(world, account=expert)
    line = accepted(world, offered(world, record, needs[0], entry=entry, number=1))
    work = deployed(world, record, [line])
    consent = ask_consent(by=desk(world, "XAB"), deployment=work, entry=entry, words="At the coast.")
    with pytest.raises(RecordNotInSightError):
        answer_consent(by=desk(world, "XAB"), consent=consent, given=True, note="They said so.")
    with acting_as(expert):
        assert [one.about for one in waiting_for()] == ["consent"]
        assert deployment_sheet(work) is not None  # of its state's people, as it is AMBER
    answer_consent(by=expert, consent=consent, given=False)
    with pytest.raises(ConsentAnsweredError):
        answer_consent(by=expert, consent=consent, given=True)
    [sent] = seen_by(world, "XAB", deployment_sheet, work).participants
    with pytest.raises(ConsentMissingError):
        confirm_participant(by=desk(world, "XAB"), participant=sent.id)


def test_each_side_sees_to_its_own_duties(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines)
    set_duty_done(by=desk(world), deployment=work, body=state(world), item="security_plan", done=True)
    sender = {"by": desk(world, "XAB"), "deployment": work, "body": state(world, "XAB")}
    set_duty_done(**sender, item="insurance", done=True, note="Policy 12.")
    with pytest.raises(DeploymentRefusedError):
        set_duty_done(**sender, item="security_plan", done=True)
    with pytest.raises(OwnerDecidesError):
        set_duty_done(by=desk(world, "XAB"), deployment=work, body=state(world), item="insurance", done=True)
    done = [line.item for line in seen_by(world, "XAC", deployment_sheet, work).duty if line.done_at]
    assert done == ["security_plan", "insurance"]
    set_duty_done(**sender, item="insurance", done=False)
    done = [line.item for line in seen_by(world, "XAC", deployment_sheet, work).duty if line.done_at]
    assert done == ["security_plan"]


def test_every_side_reports_and_every_side_reads(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines, begin=True)
    said = {"deployment": work, "happened_on": today(), "words": "The first week is over."}
    report_on_deployment(by=desk(world, "XAB"), body=state(world, "XAB"), **said)
    assert [one.words for one in seen_by(world, "XAC", deployment_sheet, work).reports] == [said["words"]]
    with pytest.raises(RecordNotInSightError):
        report_on_deployment(by=desk(world, "secretariat"), body=world.bodies["secretariat"].pk, **said)
    with pytest.raises(DeploymentRefusedError):
        report_on_deployment(
            by=desk(world), body=state(world), **(said | {"happened_on": today() + timedelta(days=1)})
        )


def test_the_request_is_over_once_both_sides_appraised_all_of_it(world, matched):
    record = matched[0]
    work = finished(world, matched)
    assert stage(world, record) is Stage.COMPLETED
    assert abouts(world, "XAA") == abouts(world, "XAB") == ["appraise"]
    pairs = [("XAA", "XAB"), ("XAA", "XAC"), ("XAB", "XAA"), ("XAC", "XAA")]
    for by, about in pairs:
        appraise(
            by=desk(world, by),
            deployment=work,
            body=state(world, by),
            about=state(world, about),
            marks=GOOD,
            words=f"{by} on {about}",
        )
    assert stage(world, record) is Stage.APPRAISED
    assert abouts(world, "XAA") == abouts(world, "XAB") == []


def test_an_appraisal_is_between_two(world, matched):
    work = finished(world, matched)
    judge = {"deployment": work, "marks": GOOD, "words": "w"}
    appraise(by=desk(world), body=state(world), about=state(world, "XAB"), **judge)
    assert len(seen_by(world, "XAB", deployment_sheet, work).appraisals) == 1
    assert seen_by(world, "XAC", deployment_sheet, work).appraisals == ()
    with acting_as(desk(world, "XAC")):
        assert not Appraisal.objects.exists()
    with pytest.raises(AppraisalRefusedError):
        appraise(by=desk(world), body=state(world), about=state(world, "XAB"), **judge)
    with pytest.raises(RecordNotInSightError):
        appraise(by=desk(world, "XAC"), body=state(world, "XAC"), about=state(world, "XAB"), **judge)


def test_a_shared_appraisal_counts_in_the_keepers_matching(world, matched):
    work = finished(world, matched)
    appraise(
        by=desk(world), deployment=work, body=state(world), about=state(world, "XAB"), marks=GOOD, words=""
    )
    assert seen_by(world, "XAB", marks_known) == {matched[2]: (4,)}
    assert seen_by(world, "XAC", marks_known) == {}


def test_nothing_is_appraised_before_it_ends(world, matched):
    work = deployed(world, matched[0], matched[1], begin=True)
    with pytest.raises(AppraisalRefusedError):
        appraise(
            by=desk(world),
            deployment=work,
            body=state(world),
            about=state(world, "XAB"),
            marks=GOOD,
            words="",
        )


def test_what_is_under_way_has_to_end_before_the_request_is_completed(world, matched):
    record, lines, _ = matched
    deployed(world, record, lines, begin=True)
    with pytest.raises(DeploymentRefusedError):
        complete_request(by=desk(world), record=record)


def test_a_completed_request_takes_no_more_offers(world, matched):
    record = matched[0]
    finished(world, matched)
    needs = seen_by(world, "XAB", request_sheet, record).needs
    with pytest.raises(OfferRefusedError):
        offered(world, record, needs[0].id)


def test_withdrawing_ends_what_is_under_way_and_calls_off_the_rest(world, matched):
    record, lines, _ = matched
    running = deployed(world, record, lines[:1], begin=True)
    planned = deployed(world, record, lines[1:])
    withdraw_request(by=desk(world), record=record, words="Enough.")
    assert seen_by(world, "XAB", deployment_sheet, running).end_words == "Enough."
    assert seen_by(world, "XAC", deployment_sheet, planned) is None
    assert abouts(world, "XAC") == []


def test_a_lesson_goes_to_the_network_only_when_both_agree(
    world, matched, django_capture_on_commit_callbacks, monkeypatch
):
    work = finished(world, matched)
    told = []
    monkeypatch.setattr("rtopnet.assistance.services.appraising.publish", told.append)
    lesson = propose_lesson(
        by=desk(world, "XAB"),
        deployment=work,
        body=state(world, "XAB"),
        other=state(world),
        title="Begin with the clerks",
        words="They know the witnesses.",
    )
    assert seen_by(world, "XAC", lesson_in_sight, lesson) is None
    with pytest.raises(LessonRefusedError):
        share_lesson(by=desk(world, "XAB"), lesson=lesson)
    assert "agree" in abouts(world, "XAA")
    answer_lesson(by=desk(world), lesson=lesson, agreed=True, words="Yes.")
    assert "share" in abouts(world, "XAB")
    share_lesson(by=desk(world, "XAB"), lesson=lesson)
    about, _ = seen_by(world, "XAC", lesson_in_sight, lesson)
    assert (about.title, about.is_shared) == ("Begin with the clerks", True)
    assert told == [LessonAgreed(lesson, desk(world, "XAB"))]
    assert "share" not in abouts(world, "XAB")


def test_a_lesson_that_is_refused_stays_between_the_two(world, matched):
    work = finished(world, matched)
    lesson = propose_lesson(
        by=desk(world),
        deployment=work,
        body=state(world),
        other=state(world, "XAB"),
        title="Never begin with the clerks",
        words="They do not.",
    )
    answer_lesson(by=desk(world, "XAB"), lesson=lesson, agreed=False, words="We see it otherwise.")
    with pytest.raises(LessonRefusedError):
        share_lesson(by=desk(world), lesson=lesson)


def test_the_time_to_offer_and_arrival_is_measured(world, matched):
    record, lines, _ = matched
    deployed(world, record, lines, begin=True)
    pace = seen_by(world, "XAA", pace_of_own)
    assert (pace.offers, pace.arrivals) == (1, 1)
    assert timedelta(0) <= pace.to_offer <= pace.to_arrival
    assert seen_by(world, "XAB", pace_of_own).offers == 0


def test_nobody_outside_writes_into_a_deployment(world, matched):
    record, lines, _ = matched
    work = deployed(world, record, lines)
    with acting_as(desk(world, "XAB")):
        assert Deployment.objects.filter(record=work).update(end_words="x") == 0
    assert [line.id for line in seen_by(world, "XAB", deployments_listed)] == [work]

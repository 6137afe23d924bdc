"""A warning stage by stage, through the room's verbs."""

from datetime import timedelta

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import clock_at, now, today
from rtopnet.network.public import Account
from rtopnet.sharing.public import (
    Audience,
    Marking,
    MarkingTooNarrowError,
    NobodyAddressedError,
    OwnerDecidesError,
    RecordNotInSightError,
    Terms,
    Words,
    acting_principals,
    draft_record,
    recall_record,
    withdraw_record,
)
from rtopnet.sharing.rules import Role
from rtopnet.warning.alerts.models import Alert, AlertLink, Milestone
from rtopnet.warning.alerts.public import (
    AlertRefusedError,
    AlertStageError,
    AnswerKind,
    AnswerRefusedError,
    ConsultationRunsError,
    Crime,
    Level,
    LinkKind,
    Outcome,
    Saying,
    Stage,
    alerts_overview,
    answer_alert,
    ask_to_sign,
    assess_alert,
    close_alert,
    escalate_overruns,
    issue_alert,
    link_to_alert,
    raise_signal,
    record_missed,
    revise_alert,
    set_alert_level,
    sign_alert,
    take_name_off,
    unlink_from_alert,
    waiting_for,
    waive_consultation,
    warning_tasks_for,
)
from tests.sharing.worlds import take_seat
from tests.warning.alerts.warned import (
    assessed,
    consulted,
    desk,
    heard,
    issued,
    saying,
    seen_by,
    sheet,
    signal,
    state,
)

pytestmark = pytest.mark.django_db
ALL = Audience(network=True)


def answer(world, record, code="XAB", kind=AnswerKind.STEP, **more):
    return answer_alert(
        by=desk(world, code), record=record, body=state(world, code), kind=kind, words="w", **more
    )


def test_a_signal_is_its_owners_alone(world):
    record = signal(world)
    assert sheet(world, record).stage is Stage.SIGNAL
    assert sheet(world, record, "XAB") is None
    assert sheet(world, record).running.due_at > now()


def test_a_warning_names_a_crime(world):
    with pytest.raises(AlertRefusedError):
        raise_signal(by=desk(world), body=state(world), saying=Saying("Something"))


def test_nobody_warns_for_another_state(world):
    with pytest.raises(OwnerDecidesError):
        raise_signal(by=desk(world, "XAC"), body=state(world), saying=saying(world))


def test_an_institution_can_warn(world):
    record = signal(world, code="secretariat")
    assert sheet(world, record, "secretariat").is_own


def test_it_goes_out_once_the_state_concerned_is_heard(world):
    record = issued(world)
    found = sheet(world, record, "XAC")
    assert found.stage is Stage.ISSUED
    assert found.level is Level.ELEVATED
    assert [reply.body for reply in found.sheet.replies] == ["Police were sent there."]
    assert {one.body for one in found.asked} == {state(world, "XAB"), state(world, "XAC")}
    assert [point.about for point in found.line][:3] == ["signal", "assessed", "consultation"]


def test_issue_waits_for_the_consultation_whatever_the_audience(world):
    record = consulted(world)
    for audience in (ALL, Audience(states=frozenset({state(world, "XAC")}))):
        with pytest.raises(ConsultationRunsError):
            issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=audience)
    assert sheet(world, record, "XAC") is None


def test_without_a_consultation_begun_nothing_is_issued(world):
    with pytest.raises(ConsultationRunsError):
        issue_alert(by=desk(world), record=assessed(world), level=Level.WATCH, audience=ALL)


def test_a_documented_danger_does_not_wait(world):
    record = consulted(world)
    waive_consultation(by=desk(world), record=record, state=state(world, "XAB"), because="Buses are ready.")
    issue_alert(by=desk(world), record=record, level=Level.IMMINENT, audience=ALL)
    assert sheet(world, record, "XAC").stage is Stage.ISSUED
    waived = [point.words for point in sheet(world, record).line if point.about == "waived"]
    assert waived == ["Buses are ready."]


def test_a_state_that_concerns_itself_warns_without_consulting(world):
    record = assessed(world, concerned=())
    issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL)
    assert sheet(world, record).stage is Stage.ISSUED


def test_its_marking_bounds_whom_it_goes_to(world):
    record = heard(world, marking=Marking.AMBER)
    with pytest.raises(MarkingTooNarrowError):
        issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL)
    issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL, marking=Marking.GREEN)
    assert sheet(world, record, "XAC") is not None


def test_it_warns_somebody_and_only_once(world):
    record = heard(world)
    with pytest.raises(NobodyAddressedError):
        issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=Audience())
    issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL)
    with pytest.raises(AlertStageError):
        issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL)


def test_others_do_none_of_it(world):
    record = issued(world)
    with pytest.raises(RecordNotInSightError):
        close_alert(by=desk(world, "XAB"), record=record, outcome=Outcome.MISTAKEN, words="w", lesson="l")
    with pytest.raises(RecordNotInSightError):
        assess_alert(by=desk(world, "XAC"), record=signal(world), words="w")


def test_whoever_was_warned_is_asked_until_they_answer(world):
    record = issued(world)
    assert [one.about for one in seen_by(world, "XAB", waiting_for)] == ["answer"]
    answer(world, record)
    assert seen_by(world, "XAB", waiting_for) == []
    found = sheet(world, record)
    assert found.stage is Stage.RESPONSE
    assert (found.tally.in_time, found.tally.waiting) == (1, 1)
    assert [one.kind for one in found.answers] == [AnswerKind.STEP]


def test_an_answer_is_for_the_owner_unless_its_author_opens_it(world):
    record = issued(world)
    answer(world, record)
    assert sheet(world, record, "XAC").answers == ()
    answer(world, record, openly=True)
    assert len(sheet(world, record, "XAC").answers) == 1


def test_among_named_states_nobody_learns_who_else_was_asked(world):
    record = issued(world, to=("XAB", "XAC"))
    answer(world, record)
    assert [one.is_mine for one in sheet(world, record, "XAC").asked] == [True]
    assert len(sheet(world, record).asked) == 2


def test_among_named_states_nobody_learns_that_another_answered_or_did_not(world):
    record = issued(world, to=("XAB", "XAC"))
    answer(world, record)
    assert sheet(world, record, "XAB").stage is Stage.RESPONSE
    others = sheet(world, record, "XAC")
    assert others.stage is Stage.ISSUED
    assert "response" not in [point.about for point in others.line]
    answer(world, record, "XAC")
    with later(days=60):
        escalate_overruns()
        shown = [point.about for point in sheet(world, record, "XAC").line]
    assert "escalated" not in shown
    assert "escalated" in [point.about for point in sheet(world, record).line]


def test_a_contributor_answers_for_nobody_not_even_for_what_they_read_as(world):
    record = issued(world)
    writer = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    with acting_as(writer):
        everything = acting_principals()
    for principal in everything:
        with pytest.raises(OwnerDecidesError):
            answer_alert(by=writer, record=record, body=principal, kind=AnswerKind.NOTED, words="w")


def test_an_answer_says_something_and_is_ones_own(world):
    record = issued(world)
    with pytest.raises(AnswerRefusedError):
        answer_alert(
            by=desk(world, "XAB"), record=record, body=state(world, "XAB"), kind=AnswerKind.NOTED, words=" "
        )
    with pytest.raises(OwnerDecidesError):
        answer_alert(
            by=desk(world, "XAB"), record=record, body=state(world, "XAC"), kind=AnswerKind.NOTED, words="w"
        )


def test_several_answers_bring_it_on_once(world):
    record = issued(world)
    for code in ("XAB", "XAC", "XAB"):
        answer(world, record, code)
    with acting_as(desk(world)):
        assert Milestone.objects.filter(record_id=record, kind="response").count() == 1


def test_it_closes_with_an_outcome_and_a_lesson(world):
    record = issued(world)
    answer(world, record)
    with pytest.raises(AlertRefusedError):
        close_alert(by=desk(world), record=record, outcome=Outcome.AVERTED, words="They were heard.")
    close_alert(
        by=desk(world), record=record, outcome=Outcome.AVERTED, words="They were heard.", lesson="Go early."
    )
    found = sheet(world, record, "XAC")
    assert (found.stage, found.outcome, found.lesson) == (Stage.CLOSED, Outcome.AVERTED, "Go early.")
    with pytest.raises(AlertStageError):
        answer(world, record, "XAC")
    with pytest.raises(AlertStageError):
        revise_alert(by=desk(world), record=record, saying=saying(world))


def test_what_was_never_issued_averted_nothing(world):
    record = assessed(world)
    with pytest.raises(AlertRefusedError):
        close_alert(by=desk(world), record=record, outcome=Outcome.AVERTED, words="w", lesson="l")
    close_alert(by=desk(world), record=record, outcome=Outcome.MISTAKEN, words="A rumour.")
    assert sheet(world, record).outcome is Outcome.MISTAKEN


def test_its_level_changes_with_a_reason(world):
    record = issued(world)
    with pytest.raises(AlertRefusedError):
        set_alert_level(by=desk(world), record=record, level=Level.ELEVATED, words="same")
    set_alert_level(by=desk(world), record=record, level=Level.ONGOING, words="It began.")
    found = sheet(world, record, "XAC")
    assert found.level is Level.ONGOING
    assert [point.detail for point in found.line if point.about == "level"] == ["elevated", "ongoing"]


def test_a_change_after_release_is_a_version(world):
    record = issued(world)
    revise_alert(by=desk(world), record=record, saying=saying(world, concerned=("XAB",), title="Worse"))
    found = sheet(world, record, "XAC")
    assert (found.sheet.title, found.sheet.version) == ("Worse", 2)


def test_states_sign_and_leave_for_themselves(world):
    record = assessed(world)
    ask_to_sign(by=desk(world), record=record, state=state(world, "XAC"))
    assert sheet(world, record, "XAC") is not None
    assert [one.about for one in seen_by(world, "XAC", waiting_for)] == ["sign"]
    sign_alert(by=desk(world, "XAC"), record=record, state=state(world, "XAC"))
    assert [one.has_signed for one in sheet(world, record).sponsors] == [True]
    take_name_off(by=desk(world, "XAC"), record=record, state=state(world, "XAC"))
    assert [one.has_signed for one in sheet(world, record).sponsors] == [False]
    with pytest.raises(OwnerDecidesError):
        sign_alert(by=desk(world, "XAB"), record=record, state=state(world, "XAC"))


def test_once_issued_a_name_stands(world):
    record = heard(world)
    ask_to_sign(by=desk(world), record=record, state=state(world, "XAC"))
    sign_alert(by=desk(world, "XAC"), record=record, state=state(world, "XAC"))
    issue_alert(by=desk(world), record=record, level=Level.WATCH, audience=ALL)
    with pytest.raises(AlertStageError):
        take_name_off(by=desk(world, "XAC"), record=record, state=state(world, "XAC"))
    assert [one.has_signed for one in sheet(world, record, "XAB").sponsors] == [True]


def other_record(world, code="XAA"):
    return draft_record(
        by=desk(world, code),
        terms=Terms("situation_report", Marking.AMBER),
        words=Words("What was seen", ""),
        state=state(world, code),
    )


def test_a_link_is_seen_by_whom_reads_both(world):
    record, report = issued(world), other_record(world)
    link_to_alert(by=desk(world), record=record, linked=report, kind=LinkKind.EVIDENCE)
    assert [one.title for one in sheet(world, record).links] == ["What was seen"]
    assert sheet(world, record, "XAC").links == ()
    with acting_as(desk(world, "XAC")):
        assert not AlertLink.objects.exists()


def test_nobody_ties_what_they_do_not_read(world):
    record, secret = issued(world), other_record(world, "XAC")
    for linked in (secret, state(world)):
        with pytest.raises(RecordNotInSightError):
            link_to_alert(by=desk(world), record=record, linked=linked, kind=LinkKind.EVIDENCE)


def test_whoever_answers_ties_what_they_do(world):
    record, request = issued(world), other_record(world, "XAB")
    answer(world, record, linked=request)
    assert [one.is_mine for one in sheet(world, record, "XAB").links] == [True]
    assert sheet(world, record).links == ()
    unlink_from_alert(by=desk(world, "XAB"), record=record, linked=request)
    assert sheet(world, record, "XAB").links == ()


def later(**time):
    return clock_at(now() + timedelta(**time))


def test_an_overrun_is_told_once_and_shows(world):
    record = signal(world)
    assert escalate_overruns() == 0
    with later(hours=73):
        assert escalate_overruns() == 1
        assert escalate_overruns() == 0
    assert [point.detail for point in sheet(world, record).line if point.about == "escalated"] == ["signal"]


def notices_of(world, code):
    from rtopnet.network.models import Notice

    with acting_as(desk(world, code)):
        return set(Notice.objects.values_list("kind", flat=True))


def test_an_overrun_of_a_draft_is_told_to_nobody_outside(world):
    signal(world)
    with later(hours=73):
        escalate_overruns()
    assert "alerts.overrun" in notices_of(world, "XAA")
    assert not {"alerts.overrun"} & notices_of(world, "secretariat")


def test_overdue_answers_go_to_whom_the_network_agreed(world):
    record = issued(world)
    answer(world, record)
    with later(hours=24 * 31):
        escalate_overruns()
    assert "alerts.overrun" in notices_of(world, "secretariat")
    record = issued(world)
    with later(hours=169):
        escalate_overruns()
    assert "alerts.answer_overdue" in notices_of(world, "XAC")


def test_a_recalled_warning_waits_for_nobody(world):
    record = issued(world)
    recall_record(by=desk(world), record=record)
    assert seen_by(world, "XAB", waiting_for) == []
    assert sheet(world, record, "XAB") is None


def test_withdrawing_it_deletes_what_belongs_to_it(world, django_capture_on_commit_callbacks):
    record = issued(world)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_record(by=desk(world), record=record)
    with acting_as(desk(world)):
        assert not Alert.objects.exists()
        assert not Milestone.objects.exists()


def test_what_was_missed_is_counted_honestly(world):
    record = record_missed(
        by=desk(world),
        body=state(world),
        saying=Saying("A village was burned", "", (Crime.ETHNIC_CLEANSING,)),
        happened_on=today(),
        words="Nobody read the reports.",
    )
    _, closed, pace = seen_by(world, "XAA", alerts_overview)
    assert [line.id for line in closed] == [record]
    assert pace.outcomes[Outcome.MISSED] == 1
    assert seen_by(world, "XAB", alerts_overview)[2].closed == 0


def test_the_network_sees_its_pace(world):
    answer(world, issued(world))
    opened, _, pace = seen_by(world, "XAC", alerts_overview)
    assert len(opened) == 1
    assert {one.stage for one in pace.medians} >= {Stage.SIGNAL, Stage.CONSULTATION}
    assert (pace.tally.asked, pace.tally.in_time) == (2, 1)


def test_tasks_have_words_and_due_times(world):
    issued(world)
    with acting_as(desk(world, "XAB")):
        [task] = warning_tasks_for(Account.objects.get(pk=desk(world, "XAB")), "en")
    assert task.title.startswith("Answer the warning of State XAA: ")
    assert task.due_at is not None

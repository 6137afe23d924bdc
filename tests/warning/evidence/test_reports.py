"""Writing reports, what others read of them, counting, grading, the chain of custody, and withdrawal."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from rtopnet.kernel import events
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import (
    OwnerDecidesError,
    RecordNotInSightError,
    records_found,
    withdraw_record,
)
from rtopnet.sharing.queries.search import Asked
from rtopnet.warning.evidence.models import CustodyStep, FieldReport, Speech
from rtopnet.warning.evidence.public import (
    ExactPlace,
    Graded,
    Outcome,
    Owner,
    Precision,
    Protected,
    RabatPart,
    ReportRefusedError,
    ReportReleased,
    Slot,
    SourceGrade,
    Step,
    Wanted,
    add_step,
    custody_of,
    draft_report,
    forget_facts,
    grade_report,
    grade_speech,
    note_opened,
    report_counts,
    report_sheet,
    reports_in_sight,
    revise_report,
)
from tests.warning.evidence.helping import (
    PLACE,
    SOURCE,
    desk,
    drafted,
    named_for,
    seen_by,
    shared,
    speech,
    state,
    told,
)

pytestmark = pytest.mark.django_db


def test_the_owner_reads_all_of_it(world):
    found = seen_by(world, "XAA", report_sheet, drafted(world))
    assert found.facts.killed == (2, 3)
    assert found.protected == Protected(SOURCE, "Two cousins", PLACE)


def test_nobody_else_reads_a_draft(world):
    record = drafted(world)
    assert seen_by(world, "XAB", report_sheet, record) is None
    assert seen_by(world, "secretariat", report_sheet, record) is None


def test_whoever_it_is_shared_with_reads_the_facts_and_nothing_protected(world):
    record = shared(world, drafted(world))
    found = seen_by(world, "XAB", report_sheet, record)
    assert found.facts.target_group == "Shore fishers"
    assert found.protected == Protected()
    assert found.sheet.parts == ()


def test_who_is_named_for_a_protected_part_reads_that_part_alone(world):
    record = drafted(world)
    named_for(world, record, Slot.PLACE)
    shared(world, record, to=("XAB", "XAC"))
    assert seen_by(world, "XAB", report_sheet, record).protected == Protected(place=PLACE)
    assert seen_by(world, "XAC", report_sheet, record).protected == Protected()


def test_a_new_version_keeps_who_is_named_and_parts_added_elsewhere(world):
    record = drafted(world)
    named_for(world, record, Slot.PLACE)
    shared(world, record)
    moved = Protected(SOURCE, place=ExactPlace("On the quay"))
    revise_report(by=desk(world), record=record, told=told(world, protected=moved, killed=(3, 5)))
    found = seen_by(world, "XAB", report_sheet, record)
    assert found.protected == Protected(place=ExactPlace("On the quay"))
    assert found.facts.killed == (3, 5)
    assert found.sheet.version == 2


def test_what_is_sent_twice_is_kept_once(world):
    mark = uuid4()
    assert drafted(world, sent_as=mark) == drafted(world, sent_as=mark)
    assert drafted(world, code="XAB", sent_as=mark) != drafted(world, sent_as=mark)
    assert len(seen_by(world, "XAA", reports_in_sight).reports) == 1


def test_a_report_that_contradicts_itself_is_refused(world):
    with pytest.raises(ReportRefusedError, match="occurred_to"):
        drafted(world, occurred_to=today() - timedelta(days=9))
    with pytest.raises(ReportRefusedError, match="act"):
        drafted(world, act="boredom")


def test_nobody_reports_for_another_body(world):
    with pytest.raises(OwnerDecidesError):
        draft_report(by=desk(world), owner=Owner(state(world, "XAB")), told=told(world))


def test_lists_are_narrowed_and_go_on(world):
    first = drafted(world, occurred_from=date(2026, 1, 1), occurred_to=date(2026, 1, 1))
    second = drafted(world, act="detention")
    page = seen_by(world, "XAA", reports_in_sight, size=1)
    assert [line.id for line in page.reports] == [second]
    assert [line.id for line in seen_by(world, "XAA", reports_in_sight, after=page.next).reports] == [first]
    for wanted, ids in (
        (Wanted(act="detention"), [second]),
        (Wanted(until=date(2026, 1, 1)), [first]),
        (Wanted(since=date(2026, 1, 2)), [second]),
        (Wanted(state=state(world, "XAB")), [second, first]),
        (Wanted(state=state(world, "XAC")), []),
        (Wanted(source_grade="A"), []),
        (Wanted(own=False), []),
    ):
        assert [line.id for line in seen_by(world, "XAA", reports_in_sight, wanted).reports] == ids


def test_counts_are_of_what_one_reads(world):
    day = date(2026, 2, 20)
    when = {"occurred_from": day, "occurred_to": day}
    shared(world, drafted(world, **when))
    drafted(world, **when)
    drafted(world, **when, precision=Precision.YEAR)
    span = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    place = {"state": state(world, "XAB")}
    assert seen_by(world, "XAA", report_counts, **place, **span) == {date(2026, 2, 1): 2}
    assert seen_by(world, "XAB", report_counts, **place, **span) == {date(2026, 2, 1): 1}
    assert seen_by(world, "XAC", report_counts, **place, **span) == {}
    assert seen_by(world, "XAA", report_counts, **place, **span, target="fishers") == {date(2026, 2, 1): 2}
    assert seen_by(world, "XAA", report_counts, **place, **span, target="ethnic") == {}
    assert seen_by(world, "XAA", report_counts, state=None, **span, region_name="North") == {}


def test_a_grade_stands_with_its_reason_in_the_chain(world):
    record = drafted(world)
    grade_report(
        by=desk(world), record=record, source=SourceGrade.C, information=3, reason="One witness alone."
    )
    assert seen_by(world, "XAA", report_sheet, record).facts.grade == "C3"
    steps = seen_by(world, "XAA", custody_of, record)
    assert [step.what for step in steps] == [Step.RECEIVED, Step.GRADED]
    assert steps[-1].note == "C3: One witness alone."
    with pytest.raises(ReportRefusedError):
        grade_report(by=desk(world), record=record, source=None, information=7, reason="x")


def test_a_reader_cannot_grade_or_add_steps(world):
    record = shared(world, drafted(world))
    reader = {"by": desk(world, "XAB"), "record": record}
    with pytest.raises(RecordNotInSightError):
        grade_report(**reader, source=SourceGrade.A, information=1, reason="x")
    with pytest.raises(RecordNotInSightError):
        add_step(**reader, what=Step.COLLECTED, holder="us")


def test_what_people_write_into_the_chain_is_kept_and_what_the_program_writes_is_not_theirs(world):
    record = drafted(world)
    add_step(by=desk(world), record=record, what=Step.HANDED_OVER, holder="Registry", happened_on=today())
    assert seen_by(world, "XAA", custody_of, record)[-1].holder == "Registry"
    for wrong in (
        {"what": Step.HASHED, "holder": "x"},
        {"what": Step.COLLECTED, "holder": " "},
        {"what": Step.COLLECTED, "holder": "x", "item": uuid4()},
        {"what": Step.COLLECTED, "holder": "x", "happened_on": today() + timedelta(days=1)},
    ):
        with pytest.raises(ReportRefusedError):
            add_step(by=desk(world), record=record, **wrong)


def test_opening_is_written_down_once_an_hour_for_the_owner(world):
    record = shared(world, drafted(world))
    for _ in range(2):
        note_opened(by=desk(world, "XAB"), record=record)
    note_opened(by=desk(world), record=record)
    opened = [step for step in seen_by(world, "XAA", custody_of, record) if step.what is Step.OPENED]
    assert [step.by for step in opened] == [desk(world, "XAB")]
    with pytest.raises(RecordNotInSightError):
        note_opened(by=desk(world, "XAC"), record=record)


def test_a_speech_is_graded_part_by_part(world):
    record = speech(world)
    grade_speech(by=desk(world), record=record, grades={RabatPart.INTENT: Graded(1, "Repeated.")})
    judged = seen_by(world, "XAA", report_sheet, record).speech.judged
    assert judged.outcome is Outcome.OPEN
    every = {part: Graded(2, "Shown.") for part in RabatPart}
    grade_speech(by=desk(world), record=record, grades=every)
    assert seen_by(world, "XAA", report_sheet, record).speech.judged.outcome is Outcome.REACHED
    with pytest.raises(ReportRefusedError):
        grade_speech(by=desk(world), record=record, grades={RabatPart.INTENT: Graded(2, "")})


def test_a_speech_is_found_by_its_words_by_who_reads_it(world):
    record = speech(world)

    def finds(code):
        return [one.record for one in seen_by(world, code, records_found, Asked("quai")).finds]

    assert finds("XAA") == [record]
    assert finds("XAB") == []
    shared(world, record)
    assert finds("XAB") == [record]


def test_what_is_withdrawn_leaves_the_chain_alone(world):
    record = shared(world, speech(world))
    withdraw_record(by=desk(world), record=record)
    forget_facts(by=desk(world), record=record)
    with acting_as(desk(world)):
        assert not FieldReport.objects.exists()
        assert not Speech.objects.exists()
        assert CustodyStep.objects.filter(record_id=record).exists()


def test_a_release_is_told_to_the_rooms_above(world, monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setitem(events._subscribers, ReportReleased, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        record = shared(world, drafted(world))
    assert heard == [ReportReleased(record, desk(world))]

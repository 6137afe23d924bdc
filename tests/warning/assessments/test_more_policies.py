"""Who writes what into an assessment's tables, by plain SQL without a word of who may read it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now, today
from rtopnet.sharing.public import Audience, Marking, Terms, address_record, recall_record, set_terms
from rtopnet.sharing.rules import Role
from rtopnet.warning.assessments.models import (
    Assessment,
    Assessor,
    Comment,
    Conclusion,
    HandIn,
    MinorityView,
    OutlookNote,
    Reveal,
    Score,
    Turn,
)
from rtopnet.warning.assessments.public import comment_on, open_second_round, save_score
from tests.sharing.worlds import take_seat
from tests.warning.assessments.judging import desk, drafted, opened, scored, shown, state

pytestmark = pytest.mark.django_db
CONTENT = ("assessments_assessment", "assessments_turn", "assessments_conclusion", "assessments_outlooknote")
SAID = ("assessments_comment", "assessments_minorityview")
EVERY = (*CONTENT, *SAID, "assessments_assessor", "assessments_reveal")


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def tried(record):
    record_deed(verb="tried", kind="assessments.assessment", subject=record)


def rows_for(world, record, by):
    """What an owner's desk can write, by table."""
    note = {"contrast": "agree", "level": "low", "direction": "up", "origin": today(), "words": "w"}
    scope = {
        "state_id": state(world),
        "crimes": [],
        "starts_on": today(),
        "ends_on": today(),
        "closes_at": now(),
        "framework": {},
    }
    said = {"record_id": record, "by_id": by}
    return {
        "assessment": lambda: Assessment.objects.create(record_id=record, **scope),
        "turn": lambda: Turn.objects.create(record_id=record, number=2, closes_at=now()),
        "conclusion": lambda: Conclusion.objects.create(words="w", turn=1, **said),
        "outlooknote": lambda: OutlookNote.objects.create(**note, **said),
        "comment": lambda: Comment.objects.create(words="w", **said),
    }


def written(row):
    """Whether the row could be written; it is taken back."""
    try:
        with transaction.atomic():
            row()
            transaction.set_rollback(True)
    except DatabaseError as error:
        # A row that is there once already was let in by its policy.
        return "row-level security" not in str(error)
    return True


@pytest.fixture
def widened(world):
    """A shown assessment that its owner's contributors read too, and one of these."""
    helper = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = shown(world)
    terms = Terms("assessment", Marking.AMBER, open_to_contributors=True)
    set_terms(by=desk(world), record=record, terms=terms)
    return record, helper


def test_the_desk_writes_in_every_table_of_content(world):
    record = shown(world)
    with acting_as(desk(world)):
        found = {name: written(row) for name, row in rows_for(world, record, desk(world)).items()}
        tried(record)
    assert found == dict.fromkeys(found, True)


def test_neither_an_outsider_nor_an_assessor_writes_content(world):
    for record in (drafted(world), shown(world, title="shown")):
        for code in ("XAB", "XAC"):
            by = desk(world, code)
            with acting_as(by):
                found = {name: written(row) for name, row in rows_for(world, record, by).items()}
                tried(record)
            assert found == dict.fromkeys(found, False)


def test_a_contributor_reads_with_the_owner_and_writes_nothing_once_it_is_out(world, widened):
    record, helper = widened
    with acting_as(helper):
        assert Assessment.objects.count() == 1
        assert Assessor.objects.count() == 2
        assert HandIn.objects.count() == 2
        assert Score.objects.count() == 28
        found = {name: written(row) for name, row in rows_for(world, record, helper).items()}
        refused(lambda: Reveal.objects.create(record_id=record, turn=2))
        refused(lambda: Assessor.objects.create(record_id=record, account_id=helper, number=9))
        tried(record)
    assert found == dict.fromkeys(found, False)


def test_a_contributor_writes_the_draft_with_the_desk(world):
    helper = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = drafted(world)
    set_terms(
        by=desk(world), record=record, terms=Terms("assessment", Marking.AMBER, open_to_contributors=True)
    )
    with acting_as(helper):
        rows = rows_for(world, record, helper)
        assert all(written(rows[name]) for name in ("assessment", "turn", "conclusion", "outlooknote"))
        assert raw("UPDATE assessments_assessment SET place = 'x'") == 1
        assert raw("DELETE FROM assessments_assessor") == 4
        tried(record)


def test_nobody_but_its_owner_changes_a_draft(world):
    record = drafted(world)
    with acting_as(desk(world, "XAB")):
        for table in CONTENT:
            assert raw(f"UPDATE {table} SET record_id = record_id") == 0
        assert raw("DELETE FROM assessments_assessor") == 0
        refused(lambda: Assessor.objects.create(record_id=record, account_id=desk(world, "XAB"), number=9))
        tried(record)


def test_a_reveal_waits_for_the_opening(world):
    record = drafted(world)
    with acting_as(desk(world)):
        refused(lambda: Reveal.objects.create(record_id=record, turn=1))
        tried(record)


def test_once_it_is_out_nobody_changes_or_deletes_anything(world, widened):
    record, helper = widened
    for who in (desk(world), helper, desk(world, "XAB"), desk(world, "XAC")):
        with acting_as(who):
            for table in (*EVERY, "assessments_score", "assessments_handin"):
                assert raw(f"DELETE FROM {table}") == 0, table
                assert raw(f"UPDATE {table} SET record_id = record_id") == 0, table
            tried(record)


def test_what_ended_its_owners_desk_alone_deletes(world, widened):
    record, helper = widened
    recall_record(by=desk(world), record=record)
    for who in (helper, desk(world, "XAB")):
        with acting_as(who):
            assert raw("DELETE FROM assessments_turn") == 0
            tried(record)
    with acting_as(desk(world)):
        assert raw("DELETE FROM assessments_turn") == 1
        tried(record)


def test_an_assessor_changes_their_own_scores_alone_and_only_while_blind(world):
    record = opened(world, panel=("XAA", "XAB"))
    for code, factor in (("XAA", "2"), ("XAB", "1")):
        save_score(by=desk(world, code), record=record, code=factor, scored=scored())
    with acting_as(desk(world, "XAB")):
        assert raw("UPDATE assessments_score SET reason = 'x'") == 1
        refused(lambda: raw(f"UPDATE assessments_score SET account_id = '{desk(world)}'"))
        refused(lambda: raw("UPDATE assessments_score SET number = 9"))
        assert raw("DELETE FROM assessments_score") == 1
        tried(record)
    with acting_as(desk(world, "XAC")):
        assert raw("UPDATE assessments_score SET reason = 'x'") == 0
        assert raw("DELETE FROM assessments_score") == 0
        tried(record)


def embargoed(world, record):
    terms = Terms("assessment", Marking.AMBER, embargo_until=now() + timedelta(days=1))
    set_terms(by=desk(world), record=record, terms=terms)


def addressed_to_others(world, record):
    readers = Audience(persons=frozenset({desk(world, "XAC")}))
    address_record(by=desk(world), record=record, audience=readers)


def recalled(world, record):
    recall_record(by=desk(world), record=record)


@pytest.fixture(params=[embargoed, addressed_to_others, recalled])
def shut(request):
    """A way in which an assessor stops reading an assessment."""
    return request.param


def test_who_does_not_read_it_any_more_neither_scores_hands_in_nor_speaks(world, shut):
    record = opened(world, panel=("XAA", "XAB"))
    by = desk(world, "XAB")
    with acting_as(by):
        number = Assessor.objects.get().number
    save_score(by=by, record=record, code="1", scored=scored())
    shut(world, record)
    row = {"record_id": record, "turn": 1, "account_id": by}
    with acting_as(by):
        refused(lambda: Score.objects.create(**row, code="2", number=number))
        refused(lambda: raw("UPDATE assessments_score SET reason = 'x'"))
        refused(lambda: HandIn.objects.create(**row))
        said = {"record_id": record, "by_id": by, "number": number, "words": "w"}
        refused(lambda: Comment.objects.create(**said))
        refused(lambda: MinorityView.objects.create(**said))
        tried(record)


def test_who_does_not_read_it_any_more_reads_their_own_scores_alone(world, shut):
    record = shown(world)
    open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=1))
    comment_on(by=desk(world), record=record, words="w")
    shut(world, record)
    with acting_as(desk(world, "XAB")):
        found = {table: raw(f"SELECT 1 FROM {table}") for table in EVERY}
        assert set(Score.objects.values_list("account", flat=True)) == {desk(world, "XAB")}
    assert found == dict.fromkeys(EVERY, 0) | {"assessments_assessor": 1}


def test_the_owners_desk_scores_and_speaks_as_an_assessor_whoever_else_reads(world):
    record = opened(world, panel=("XAA", "XAB"))
    addressed_to_others(world, record)
    with acting_as(desk(world)):
        number = Assessor.objects.get(account_id=desk(world)).number
        row = {"record_id": record, "turn": 1, "account_id": desk(world)}
        Score.objects.create(**row, code="2", number=number)
        assert raw("UPDATE assessments_score SET reason = 'x'") == 1
        said = {"record_id": record, "by_id": desk(world), "number": number, "words": "w"}
        assert written(lambda: HandIn.objects.create(**row))
        assert written(lambda: Comment.objects.create(**said))
        assert written(lambda: MinorityView.objects.create(**said))
        tried(record)


def test_a_blind_score_is_not_slipped_among_those_that_are_shown(world):
    record = shown(world)
    open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=1))
    with acting_as(desk(world, "XAB")):
        number = Assessor.objects.get().number
        row = {"record_id": record, "account_id": desk(world, "XAB"), "number": number}
        Score.objects.create(**row, turn=2, code="late")
        refused(lambda: raw("UPDATE assessments_score SET turn = 1 WHERE code = 'late'"))
        tried(record)


def test_who_no_longer_holds_a_post_reads_not_even_their_own(world):
    late = take_seat(world, Role.CONTRIBUTOR, "XAB", ends=timedelta(0)).account
    record = opened(world, panel=("XAA", "XAB"))
    save_score(by=desk(world, "XAB"), record=record, code="1", scored=scored())
    with acting_as(late):
        assert Score.objects.count() == Assessor.objects.count() == 0


def test_nobody_speaks_in_anothers_name(world):
    record = shown(world)
    with acting_as(desk(world, "XAB")):
        number = Assessor.objects.get().number
        other = {"record_id": record, "by_id": desk(world), "words": "w"}
        refused(lambda: Comment.objects.create(number=number, **other))
        refused(lambda: MinorityView.objects.create(number=number, **other))
        mine = other | {"by_id": desk(world, "XAB")}
        assert written(lambda: Comment.objects.create(number=number, **mine))
        assert written(lambda: MinorityView.objects.create(number=number, **mine))
        tried(record)

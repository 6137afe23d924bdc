"""What is blind stays blind: by plain SQL, for the owner, for other assessors, and for whoever reads."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from rtopnet.audit.public import own_entries, record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.sharing.public import Audience, address_record, recall_record
from rtopnet.warning.assessments.models import Assessor, Comment, HandIn, MinorityView, Reveal, Score, Turn
from rtopnet.warning.assessments.public import (
    comment_on,
    conclude_assessment,
    hand_in,
    keep_minority_view,
    open_second_round,
    own_answers,
    reveal_scores,
    save_score,
    take_over_first,
)
from tests.warning.assessments.judging import answers_all, desk, opened, scored, shown

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("assessments").get_models())


def rows(table, where="true"):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {where}')
        return cursor.fetchone()[0]


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


@pytest.fixture
def scoring(world):
    """One assessor has scored something, another has handed in, the owner is an assessor too."""
    record = opened(world)
    save_score(by=desk(world, "XAB"), record=record, code="1", scored=scored())
    answers_all(world, record, "XAC")
    return record


def test_before_the_reveal_each_assessor_reads_their_own_scores_and_no_other(world, scoring):
    for code, expected in (("XAA", 0), ("XAB", 1), ("XAC", 14), ("secretariat", 0)):
        with acting_as(desk(world, code)):
            assert rows("assessments_score") == expected, code


def test_the_owner_learns_who_handed_in_and_not_how_much_was_scored(world, scoring):
    with acting_as(desk(world)):
        assert list(HandIn.objects.values_list("account", flat=True)) == [desk(world, "XAC")]
        assert Score.objects.count() == 0


def test_an_assessor_learns_neither_who_else_scores_nor_who_handed_in(world, scoring):
    with acting_as(desk(world, "XAB")):
        assert [one.account_id for one in Assessor.objects.all()] == [desk(world, "XAB")]
        assert HandIn.objects.count() == 0


def test_the_ledger_books_of_owner_and_assessors_do_not_tell_of_scoring(world, scoring):
    for code in ("XAA", "XAB", "XAC"):
        with acting_as(desk(world, code)):
            verbs = [entry.verb for entry in own_entries(world.states[code].pk, newest=10_000)]
        assert "scored" not in verbs
        assert ("handed_in" in verbs) == (code == "XAA")


def test_no_statement_shows_a_score_early(world, scoring):
    with acting_as(desk(world, "XAB")):
        Score.objects.update(shown_from=now(), reason=F("reason"))
        assert list(Score.objects.values_list("shown_from", flat=True)) == [None]
        record_deed(verb="tried", kind="assessments.assessment", subject=scoring)
    with acting_as(desk(world)):
        assert Score.objects.update(reason="x") == 0
        assert Score.objects.count() == 0


def test_who_is_widened_to_while_scores_are_blind_reads_none(world, scoring):
    readers = Audience(states=frozenset({world.states["XAC"].pk, world.states["XAB"].pk}))
    address_record(by=desk(world), record=scoring, audience=readers)
    with acting_as(desk(world, "XAB")):
        assert rows("assessments_score") == 1


def test_only_the_owners_desk_shows_scores_and_nobody_takes_that_back(world, scoring):
    with acting_as(desk(world, "XAB")):
        refused(lambda: Reveal.objects.create(record_id=scoring, turn=1))
        record_deed(verb="tried", kind="assessments.assessment", subject=scoring)
    record = shown(world, title="another")
    with acting_as(desk(world)):
        at = Reveal.objects.get(record_id=record).at
        assert Reveal.objects.filter(record_id=record).update(turn=2) == 0
        assert Reveal.objects.filter(record_id=record).delete()[0] == 0
        refused(lambda: Reveal.objects.create(record_id=record, turn=1))
        assert Reveal.objects.get(record_id=record).at == at
        record_deed(verb="tried", kind="assessments.assessment", subject=record)


def test_a_reveal_happens_at_the_databases_instant_whatever_is_written(world):
    record = opened(world, panel=("XAA", "XAB"))
    with acting_as(desk(world)):
        Reveal.objects.create(record_id=record, turn=1, at=now().replace(year=2001))
        assert Reveal.objects.get(record_id=record).at.year == now().year
        record_deed(verb="revealed", kind="assessments.assessment", subject=record)


def test_once_shown_all_who_read_the_assessment_read_every_score_and_nobody_changes_one(world):
    record = shown(world)
    with acting_as(desk(world, "XAB")):
        assert rows("assessments_score") == 28
        assert Score.objects.update(reason="x") == 0
        assert Score.objects.all().delete()[0] == 0
        late = {"record_id": record, "turn": 1, "code": "x", "account_id": desk(world, "XAB")}
        refused(lambda: Score.objects.create(number=Assessor.objects.get(record_id=record).number, **late))
        assert HandIn.objects.all().delete()[0] == 0
        record_deed(verb="tried", kind="assessments.assessment", subject=record)


def test_the_second_round_is_blind_again_while_the_first_is_shown(world):
    record = shown(world)
    open_second_round(by=desk(world), record=record, closes_at=now().replace(year=2100))
    take_over_first(by=desk(world, "XAB"), record=record)
    save_score(by=desk(world, "XAB"), record=record, code="9", scored=scored(reason="Otherwise now."))
    with acting_as(desk(world)):
        assert rows("assessments_score", "turn = 2") == 0
        assert rows("assessments_score", "turn = 1") == 28
    with acting_as(desk(world, "XAB")):
        assert own_answers(record, 2)["9"].reason == "Otherwise now."
        assert len(own_answers(record, 2)) == 14


def test_nobody_scores_in_anothers_name_or_without_a_seat(world, scoring):
    with acting_as(desk(world)):
        mine = Assessor.objects.get(account_id=desk(world, "XAA"))
        other = Assessor.objects.get(account_id=desk(world, "XAB"))
    row = {"record_id": scoring, "turn": 1, "code": "2"}
    with acting_as(desk(world)):
        refused(lambda: Score.objects.create(**row, number=other.number, account_id=desk(world, "XAB")))
        refused(lambda: Score.objects.create(**row, number=other.number, account_id=desk(world)))
        refused(lambda: Score.objects.create(**row, number=mine.number, account_id=desk(world, "XAB")))
        refused(lambda: HandIn.objects.create(record_id=scoring, turn=1, account_id=desk(world, "XAB")))
        said = {"record_id": scoring, "words": "w", "by_id": desk(world)}
        refused(lambda: MinorityView.objects.create(**said, number=other.number))
        refused(lambda: Comment.objects.create(**said, number=other.number))
        Score.objects.create(**row, number=mine.number, account_id=desk(world))
        record_deed(verb="tried", kind="assessments.assessment", subject=scoring)
    outsider = opened(world, panel=("XAA", "XAC"), title="without them")
    theirs = {"record_id": outsider, "turn": 1, "account_id": desk(world, "XAB")}
    with acting_as(desk(world, "XAB")):
        refused(lambda: Score.objects.create(code="2", number=1, **theirs))
        refused(lambda: HandIn.objects.create(**theirs))
        record_deed(verb="tried", kind="assessments.assessment", subject=outsider)


def test_the_panel_and_the_turns_are_the_owners_and_stay(world, scoring):
    with acting_as(desk(world, "XAB")):
        refused(lambda: Turn.objects.create(record_id=scoring, number=2, closes_at=now()))
        refused(lambda: Assessor.objects.create(record_id=scoring, account_id=desk(world, "XBA"), number=9))
        record_deed(verb="tried", kind="assessments.assessment", subject=scoring)
    with acting_as(desk(world)):
        refused(lambda: Assessor.objects.create(record_id=scoring, account_id=desk(world, "XBA"), number=9))
        assert Assessor.objects.all().delete()[0] == 0
        record_deed(verb="tried", kind="assessments.assessment", subject=scoring)


@pytest.fixture
def busy(world):
    """Something in every table but one, between XAA and XAB, in a second round."""
    record = shown(world)
    comment_on(by=desk(world, "XAB"), record=record, words="w", code="1")
    keep_minority_view(by=desk(world, "XAB"), record=record, words="w")
    conclude_assessment(by=desk(world), record=record, words="w")
    return record


def test_an_outsider_and_the_program_itself_find_nothing_in_any_table(world, busy):
    for who in (desk(world, "XAC"), desk(world, "secretariat"), desk(world, "XBA")):
        with acting_as(who):
            assert {table: rows(table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    for capacity in Capacity:
        with acting_for(capacity):
            assert {table: rows(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_there_is_something_to_be_found(world, busy):
    with acting_as(desk(world)):
        assert {table for table in TABLES if not rows(table)} == {"assessments_outlooknote"}


def test_after_a_recall_an_assessor_keeps_their_own_words_alone(world, busy):
    recall_record(by=desk(world), record=busy)
    with acting_as(desk(world, "XAB")):
        assert set(Score.objects.values_list("account", flat=True)) == {desk(world, "XAB")}
        assert Comment.objects.count() == MinorityView.objects.count() == 0


def test_a_hand_in_after_the_reveal_is_refused(world):
    record = opened(world, panel=("XAA", "XAB"))
    answers_all(world, record, "XAA")
    answers_all(world, record, "XAB")
    reveal_scores(by=desk(world), record=record)
    with acting_as(desk(world, "XAB")):
        HandIn.objects.filter(record_id=record).delete()
        assert HandIn.objects.filter(record_id=record).count() == 1
        record_deed(verb="tried", kind="assessments.assessment", subject=record)
    with pytest.raises(Exception, match="nothing to score"):
        hand_in(by=desk(world, "XAB"), record=record)

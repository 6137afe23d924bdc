"""A roster is its keeper's own; an expert sees, corrects and can be forgotten."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.assistance.models import Consent, Correction, Entry
from rtopnet.assistance.public import (
    CorrectionSettledError,
    EntryRefusedError,
    Held,
    OnRoster,
    Wanted,
    Why,
    ask_for_confirmations,
    change_entry,
    correct_entry,
    entries_kept,
    entry_in_sight,
    forget_entry,
    keep_entry,
    matches_for,
    needs_of,
    offer_in_sight,
    own_entries,
    settle_correction,
    waiting_for,
)
from rtopnet.assistance.queries import fits_for
from rtopnet.assistance.rules.fit import ranked
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.network.models import Notice
from rtopnet.sharing.models import RecordText, SearchEntry
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError
from rtopnet.sharing.rules import Role
from tests.assistance.helping import circulated, desk, offered, rostered, seen_by, wish
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert(world):
    """A contributor of the keeper's state who stands on its roster."""
    return take_seat(world, Role.CONTRIBUTOR, "XAB").account


def test_nobody_outside_can_browse_a_roster(world):
    entry = rostered(world)
    assert [one.id for one in seen_by(world, "XAB", entries_kept)] == [entry]
    for other in ("XAA", "XAC", "secretariat"):
        with acting_as(desk(world, other)):
            assert not Entry.objects.exists()
            assert entry_in_sight(entry) is None
            assert entries_kept() == []


def test_a_contributor_of_the_keeper_reads_only_the_entry_about_themself(world, expert):
    rostered(world)
    mine = rostered(world, account=expert)
    with acting_as(expert):
        assert [one.id for one in own_entries()] == [mine]
        assert Entry.objects.count() == 1
        assert entries_kept() == []


def test_nobody_keeps_a_roster_for_another(world):
    body = world.states["XAB"]
    with pytest.raises(OwnerDecidesError):
        keep_entry(by=desk(world), body=body.pk, region=body.region_id, entry=OnRoster("x"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"post_title": " "},
        {"skills": {"flying": Held(1)}},
        {"skills": {"mediation": Held(4)}},
        {"periods": [(today(), today() - timedelta(days=1))]},
        {"number": 0},
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(world, wrong):
    with pytest.raises(EntryRefusedError):
        rostered(world, **wrong)


def test_an_expert_corrects_their_entry_and_the_keeper_settles_it(world, expert):
    entry = rostered(world, account=expert)
    correction = correct_entry(by=expert, record=entry, words="I speak Khmer, too.")
    assert [one.about for one in seen_by(world, "XAB", waiting_for)] == ["correct"]
    with pytest.raises(RecordNotInSightError):
        settle_correction(by=expert, correction=correction, taken_over=True)
    with pytest.raises(EntryRefusedError):
        settle_correction(by=desk(world, "XAB"), correction=correction, taken_over=False)
    settle_correction(by=desk(world, "XAB"), correction=correction, taken_over=True)
    with pytest.raises(CorrectionSettledError):
        settle_correction(by=desk(world, "XAB"), correction=correction, taken_over=True)


def test_only_the_expert_corrects(world, expert):
    entry = rostered(world, account=expert)
    for other in (desk(world, "XAB"), desk(world)):
        with pytest.raises(RecordNotInSightError):
            correct_entry(by=other, record=entry, words="x")


def test_the_expert_sees_a_change_at_once_and_no_more_once_they_are_no_longer_meant(world, expert):
    entry = rostered(world, account=expert)
    changed = OnRoster("Another post", account=expert)
    change_entry(by=desk(world, "XAB"), record=entry, entry=changed)
    with acting_as(expert):
        assert entry_in_sight(entry).post_title == "Another post"
        assert RecordText.objects.filter(record=entry).count() == 1
    change_entry(by=desk(world, "XAB"), record=entry, entry=OnRoster("A vacant post"))
    with acting_as(expert):
        assert entry_in_sight(entry) is None


def test_forgetting_leaves_nothing_but_the_post_in_past_offers(world, expert):
    record, needs = circulated(world)
    entry = rostered(world, account=expert)
    offer = offered(world, record, needs[0], entry=entry, number=1)
    correct_entry(by=expert, record=entry, forget=True)
    forget_entry(by=desk(world, "XAB"), record=entry)
    with acting_as(desk(world, "XAB")):
        for model in (Entry, Correction, Consent):
            assert not model.objects.filter(record=entry).exists()
        assert not RecordText.objects.filter(record=entry).exists()
        assert not SearchEntry.objects.filter(record=entry).exists()
    [line] = seen_by(world, "XAA", offer_in_sight, offer).lines
    assert line.post_title == "Adviser on witness protection"


def test_the_keeper_sees_what_fits_with_the_reasons(world):
    record, _ = circulated(world)
    best = rostered(world)
    half = rostered(world, skills={"legal-aid": Held(1)}, languages=[])
    rostered(world, "XAC")
    rostered(world, skills={"mediation": Held(3)})
    rostered(world, periods=[(today() - timedelta(days=9), today())])
    with acting_as(desk(world, "XAB")):
        [(_, found)] = matches_for(needs_of([record])).items()
    assert [one.entry for one in found] == [best, half]
    assert [reason.why for reason in found[0].fit.reasons] == list(Why)
    assert found[0].person == "The one who knows"


def test_the_look_up_shows_nobody_elses_entries_whatever_is_asked(world):
    rostered(world)
    for who, count in (("XAB", 1), ("XAA", 0), ("XAC", 0), ("secretariat", 0)):
        with acting_as(desk(world, who)):
            assert looked_up(["legal-aid", "witness-protection"], 2) == count
            assert looked_up(["{}') OR true --"], 1) == 0


def looked_up(codes, number):
    question = (
        "SELECT count(*) FROM assistance_candidates(%s::text[], %s, 1, '{}', '2000-01-01', '2100-01-01', "
        "'{1,1,1,1,1}', 100, 0)"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [codes, number])
        return cursor.fetchone()[0]


def test_an_expert_does_not_find_their_own_entry_by_the_look_up(world, expert):
    rostered(world, account=expert)
    with acting_as(expert):
        assert looked_up(["legal-aid"], 1) == 0


def test_a_need_without_skills_is_matched_by_time_and_language(world):
    record, _ = circulated(world, wishes=(wish(skills=[]),))
    entry = rostered(world)
    with acting_as(desk(world, "XAB")):
        [(_, found)] = matches_for(needs_of([record])).items()
    assert [one.entry for one in found] == [entry]


def test_what_runs_out_is_asked_for_again_once(world):
    soon = today() + timedelta(days=20)
    entry = rostered(world, clearances={"Security clearance": soon})
    rostered(world, clearances={"Security clearance": today() + timedelta(days=99)})
    assert ask_for_confirmations() == 1
    assert ask_for_confirmations() == 0
    with acting_for(Capacity.INSTALLATION):
        assert [one.subject for one in Notice.objects.filter(kind="assistance.runs_out")] == [entry]
    assert [one.subject for one in seen_by(world, "XAB", waiting_for)] == [entry]
    assert seen_by(world, "XAA", waiting_for) == []


def test_only_the_program_asks_the_database_what_runs_out(world):
    with acting_as(desk(world)), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT * FROM assistance_running_out('2100-01-01')")


@pytest.mark.parametrize("seed", range(6))
def test_the_look_up_finds_the_same_as_ranking_everything(world, seed, monkeypatch):
    monkeypatch.setattr("rtopnet.assistance.queries.matching.FIRST_PAGE", 2)
    draws = random.Random(seed)  # noqa: S311 -- made-up entries
    codes = ["mediation", "elections", "forensics", "statistics"]
    for number in range(14):
        first = today() + timedelta(days=draws.randrange(30))
        until = draws.choice([None, today() + timedelta(days=draws.randrange(40))])
        rostered(
            world,
            post_title=f"Post {number}",
            skills={
                code: Held(draws.randint(1, 3), until) for code in draws.sample(codes, draws.randint(0, 4))
            },
            languages=draws.sample(["en", "fr", "pt-TL"], draws.randint(0, 2)),
            periods=[(first, first + timedelta(days=draws.randrange(40)))],
            clearances={"secret": until} if draws.random() < 0.5 else {},
        )
    need = Wanted(
        today() + timedelta(days=5),
        today() + timedelta(days=35),
        frozenset(draws.sample(codes, draws.randint(0, 3))),
        frozenset(draws.sample(["en", "pt"], draws.randint(0, 2))),
        draws.randint(1, 3),
        frozenset(draws.sample(["secret"], draws.randint(0, 1))),
    )
    with acting_as(desk(world, "XAB")):
        every = ranked(need, [one.as_candidate() for one in entries_kept()])
        for most in (1, 4, 20):
            assert fits_for(need, marks={}, most=most) == every[:most]

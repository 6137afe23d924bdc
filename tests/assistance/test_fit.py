"""Ranking what fits a need: its reasons add up, more is never worse, and equals stay in one order."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rtopnet.assistance.rules.fit import (
    MOST,
    Candidate,
    Held,
    Page,
    Wanted,
    Why,
    best_of,
    fit,
    is_of_use,
    most_with,
    ranked,
)

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
NEED = Wanted(
    *MARCH, frozenset({"mediation", "elections"}), frozenset({"fr", "pt"}), 2, frozenset({"secret"})
)
CODES = ["mediation", "elections", "forensics", "statistics", "shelter"]
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))


def candidate(number=1, **changes):
    known = {
        "skills": {"mediation": Held(2), "elections": Held(3)},
        "languages": frozenset({"pt-TL"}),
        "periods": (MARCH,),
        "clearances": {"secret": date(2026, 12, 31)},
        "marks": (5,),
    }
    return Candidate(UUID(int=number), **(known | changes))


def points(need, one):
    return {reason.why: reason.points for reason in fit(need, one).reasons}


def test_what_fits_in_all_has_all_points():
    assert fit(NEED, candidate()).score == 100
    assert sum(MOST.values()) == 100


def test_half_of_the_skills_is_half_of_the_points():
    found = points(NEED, candidate(skills={"mediation": Held(2)}))
    assert (found[Why.SKILLS], found[Why.LEVEL]) == (25, 5)


def test_a_skill_that_runs_out_before_the_work_begins_does_not_count():
    held = {"mediation": Held(2, date(2026, 2, 28)), "elections": Held(2, date(2026, 3, 1))}
    [skills] = [one for one in fit(NEED, candidate(skills=held)).reasons if one.why is Why.SKILLS]
    assert (skills.has, skills.lacks) == (("elections",), ("mediation",))


def test_a_clearance_has_to_hold_until_the_last_day():
    assert points(NEED, candidate(clearances={"secret": date(2026, 3, 30)}))[Why.CLEARANCE] == 0
    assert points(NEED, candidate(clearances={"secret": None}))[Why.CLEARANCE] == 5


def test_one_of_the_languages_is_enough():
    assert points(NEED, candidate(languages=frozenset({"fr"})))[Why.LANGUAGE] == 15
    assert points(NEED, candidate(languages=frozenset({"en"})))[Why.LANGUAGE] == 0


def test_days_are_counted_once_though_periods_overlap():
    periods = ((date(2026, 2, 1), date(2026, 3, 10)), (date(2026, 3, 5), date(2026, 3, 20)))
    [time] = [one for one in fit(NEED, candidate(periods=periods)).reasons if one.why is Why.TIME]
    assert (time.days, time.of_days) == (20, 31)


def test_a_newcomer_stands_in_the_middle_of_past_work():
    assert points(NEED, candidate(marks=()))[Why.PAST] == 2.5
    assert points(NEED, candidate(marks=(1, 4)))[Why.PAST] == 2.5


def test_who_has_no_skill_or_no_day_is_of_no_use():
    assert not is_of_use(fit(NEED, candidate(skills={})))
    assert not is_of_use(fit(NEED, candidate(periods=())))
    assert is_of_use(fit(replace(NEED, skills=frozenset()), candidate(skills={})))


def test_equals_are_ordered_by_id():
    some = [candidate(number) for number in (3, 1, 2)]
    assert [one.candidate.int for one in ranked(NEED, some)] == [1, 2, 3]


@st.composite
def candidates(draw):
    held = st.builds(Held, st.integers(1, 3), st.none() | DAYS)
    first = draw(DAYS)
    return Candidate(
        UUID(int=draw(st.integers(1, 10**6))),
        draw(st.dictionaries(st.sampled_from(CODES), held)),
        frozenset(draw(st.lists(st.sampled_from(["fr", "pt-TL", "en"]), max_size=3))),
        ((first, first + timedelta(days=draw(st.integers(0, 90)))),),
        draw(st.dictionaries(st.sampled_from(["secret", "driving"]), st.none() | DAYS)),
        tuple(draw(st.lists(st.integers(1, 5), max_size=4))),
    )


@st.composite
def needs(draw):
    first = draw(DAYS)
    return Wanted(
        first,
        first + timedelta(days=draw(st.integers(0, 60))),
        frozenset(draw(st.lists(st.sampled_from(CODES), max_size=4))),
        frozenset(draw(st.lists(st.sampled_from(["fr", "pt"]), max_size=2))),
        draw(st.integers(1, 3)),
        frozenset(draw(st.lists(st.sampled_from(["secret"]), max_size=1))),
    )


@given(needs(), candidates())
def test_the_reasons_add_up_to_the_score_and_none_earns_more_than_its_most(need, one):
    found = fit(need, one)
    assert found.score == sum(reason.points for reason in found.reasons)
    assert [reason.why for reason in found.reasons] == list(Why)
    assert all(0 <= reason.points <= reason.most == MOST[reason.why] for reason in found.reasons)


@given(needs(), candidates(), st.sampled_from(CODES))
def test_one_more_skill_is_never_worse(need, one, code):
    before = one.skills.get(code)
    better = replace(one, skills=one.skills | {code: Held(3)}) if before is None else one
    assert fit(need, better).score >= fit(need, one).score - 1e-9


@given(needs(), candidates(), DAYS, st.integers(0, 60))
def test_more_time_is_never_worse(need, one, first, days):
    more = replace(one, periods=(*one.periods, (first, first + timedelta(days=days))))
    assert fit(need, more).score >= fit(need, one).score - 1e-9


@given(needs(), st.lists(candidates(), max_size=8, unique_by=lambda one: one.id), st.randoms())
def test_the_order_does_not_depend_on_how_they_come(need, some, chance):
    mixed = list(some)
    chance.shuffle(mixed)
    assert ranked(need, mixed) == ranked(need, some)


@given(needs(), st.lists(candidates(), max_size=12, unique_by=lambda one: one.id), st.integers(1, 4))
def test_tier_by_tier_gives_the_same_best_as_all_at_once(need, some, most):
    wanted = len(need.skills)
    held = {one.id: len(need.skills & set(one.skills)) for one in some}
    numbers = range(wanted, 0, -1) if wanted else [0]
    pages = [
        Page([one for one in some if not wanted or held[one.id] == number], most_with(number - 1, wanted))
        for number in numbers
    ]
    whole = [one for one in ranked(need, some) if held[one.candidate] or not wanted]
    assert best_of(need, pages, most) == whole[:most]


@given(needs(), candidates())
def test_nothing_scores_more_than_its_tier_can(need, one):
    covered = len(need.skills & set(one.skills))
    assert fit(need, one).score <= most_with(covered, len(need.skills)) + 1e-9

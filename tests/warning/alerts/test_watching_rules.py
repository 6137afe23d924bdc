"""When a watch rule fires, and what its trial says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.warning.alerts.rules.watching import (
    Condition,
    MonthFigure,
    RuleRefusedError,
    Test,
    expect_sound,
    hit_at,
    quantile,
    tried,
)
from rtopnet.warning.forecasts.rules import months_after

UNUSUAL = Condition(Test.UNUSUAL, 0.9, 5)
VALUES = st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=60)


def series(*values):
    return [MonthFigure(months_after(date(2020, 1, 1), place), value) for place, value in enumerate(values)]


def test_a_month_is_unusual_against_the_places_own_past():
    quiet = [0] * 30
    assert hit_at(series(*quiet, 6), 30, UNUSUAL).limit == 0
    assert hit_at(series(*quiet, 4), 30, UNUSUAL) is None, "less than the least"
    assert hit_at(series(*[9] * 30, 9), 30, UNUSUAL) is None, "as ever"


def test_without_a_year_of_past_nothing_is_unusual():
    assert hit_at(series(*[0] * 11, 50), 11, UNUSUAL) is None
    assert hit_at(series(*[None] * 30, 50), 30, UNUSUAL) is None


def test_only_36_months_are_looked_back_on():
    long_ago_violent = [90] * 10 + [0] * 36
    assert hit_at(series(*long_ago_violent, 6), 46, UNUSUAL) is not None


def test_limits_and_rises():
    assert hit_at(series(3, 10), 1, Condition(Test.LIMIT, 10)) is not None
    assert hit_at(series(3, 10), 1, Condition(Test.RISE, 7)).limit == 10
    assert hit_at(series(3, 9), 1, Condition(Test.RISE, 7)) is None
    assert hit_at(series(None, 9), 1, Condition(Test.RISE, 7)) is None


def test_a_trial_says_when_and_whether_the_budget_holds():
    trial = tried(series(*[0] * 36, *[0, 8, 0, 0, 9, 0] * 4), UNUSUAL, budget=3)
    assert trial.months == 24
    assert [hit.value for hit in trial.hits][:2] == [8, 9]
    assert trial.a_year == 12 * len(trial.hits) / 24
    assert trial.keeps_budget == (trial.a_year <= 3)
    assert tried([], UNUSUAL, budget=1) is None


@given(VALUES, st.integers(0, 500))
def test_a_trial_sees_nothing_later_than_the_month_it_judges(values, later):
    whole = series(*values, later)
    for place in range(len(values)):
        assert hit_at(whole, place, UNUSUAL) == hit_at(whole[: place + 1], place, UNUSUAL)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.floats(0.01, 0.99))
def test_the_quantile_covers_its_share(values, share):
    found = quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6


@pytest.mark.parametrize(
    ("condition", "budget"),
    [(Condition(Test.UNUSUAL, 90), 1), (Condition(Test.LIMIT, 0), 1), (Condition(Test.LIMIT, 3), 0)],
)
def test_what_makes_no_sense_is_refused(condition, budget):
    with pytest.raises(RuleRefusedError):
        expect_sound(condition, budget)

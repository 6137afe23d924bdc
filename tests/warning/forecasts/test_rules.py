from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.warning.forecasts.rules import (
    Direction,
    Interval,
    Level,
    SkillSummary,
    Verdict,
    direction_of,
    first_missing_month,
    level_of,
    months_after,
)


def expected(median):
    return Interval(median, 0, 2 * median)


@pytest.mark.parametrize(
    ("median", "level"),
    [
        (0, Level.NONE),
        (0.9, Level.NONE),
        (1, Level.LOW),
        (24.9, Level.LOW),
        (25, Level.MODERATE),
        (100, Level.HIGH),
        (999, Level.HIGH),
        (1000, Level.VERY_HIGH),
    ],
)
def test_a_level_begins_at_its_floor(median, level):
    assert level_of(expected(median)) is level


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_levels_never_fall_as_more_deaths_are_expected(one, other):
    order = list(Level)
    low, high = sorted((one, other))
    assert order.index(level_of(expected(low))) <= order.index(level_of(expected(high)))


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (10, None, Direction.NEW),
        (10, 10, Direction.STEADY),
        (0.5, 0, Direction.STEADY),
        (1, 0, Direction.UP),
        (109, 100, Direction.STEADY),
        (110, 100, Direction.UP),
        (90, 100, Direction.DOWN),
    ],
)
def test_small_moves_are_no_change(now, before, direction):
    assert direction_of(expected(now), None if before is None else expected(before)) is direction


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 6, 30), None),
        (date(2026, 7, 20), None),
        (date(2026, 7, 21), date(2026, 6, 1)),
        (date(2027, 1, 1), date(2026, 6, 1)),
    ],
)
def test_a_month_is_missing_once_it_should_be_published(today, missing):
    assert first_missing_month(date(2026, 5, 1), today) == missing


def test_the_turn_of_the_year():
    assert first_missing_month(date(2025, 12, 1), date(2026, 3, 1)) == date(2026, 1, 1)
    assert months_after(date(2026, 1, 1), -1) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.7, 0.9, Verdict.BETTER), (0.9, 1.1, Verdict.SIMILAR), (1.01, 1.3, Verdict.WORSE)],
)
def test_better_and_worse_need_the_whole_interval(low, high, verdict):
    skill = SkillSummary("learned", "plain", 1, 1, (low + high) / 2, low, high, 0.9, 10, 2021, 2026)
    assert skill.verdict is verdict

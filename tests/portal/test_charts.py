import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.portal.templatetags import charts
from tests.portal.outlooks import history, outcome_of, outlook_of, state_of

PATH = re.compile(r"[ML](-?[\d.]+),(-?[\d.]+)")


def points(path):
    return [(float(x), float(y)) for x, y in PATH.findall(path)]


def test_a_sparkline_puts_its_highest_month_at_the_top_and_none_at_the_bottom():
    spark = charts.sparkline(history(0, 10, 5))
    (_, first), (_, second), (_, third) = points(spark.line)
    assert first == charts.SPARK_HEIGHT - charts.SPARK_MARGIN
    assert second == charts.SPARK_MARGIN
    assert second < third < first
    assert (spark.highest, spark.highest_month) == (10, date(2024, 2, 1))


def test_a_sparkline_leaves_a_gap_where_nobody_looked():
    spark = charts.sparkline(history(1, None, 2, 3))
    assert spark.line.count("M") == 2
    assert len(points(spark.line)) == 3


def test_a_sparkline_without_deaths_is_flat_and_names_no_month():
    spark = charts.sparkline(history(0, 0, 0))
    assert len({y for _, y in points(spark.line)}) == 1
    assert spark.highest_month is None


@pytest.mark.parametrize("counts", [(), (None, None)])
def test_there_is_no_sparkline_without_an_observed_month(counts):
    assert charts.sparkline(history(*counts)) is None


def test_a_sparkline_shows_only_the_last_months():
    spark = charts.sparkline(history(*range(40)), 36)
    assert spark.first_month == date(2024, 5, 1)
    assert len(points(spark.line)) == 36


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=60))
def test_sparklines_stay_inside_their_box(counts):
    spark = charts.sparkline(history(*counts))
    if spark is None:
        assert all(count is None for count in counts)
        return
    assert all(0 <= x <= spark.width and 0 <= y <= spark.height for x, y in points(spark.line))


def test_a_fan_opens_at_the_last_recorded_month():
    fan = charts.fan(outcome_of(counts=(4, 8), medians=(5, 6)))
    last_recorded = points(fan.history)[-1]
    assert points(fan.median)[0] == last_recorded
    assert points(fan.band90)[0] == last_recorded
    assert fan.origin == last_recorded[0]


def test_a_fan_nests_its_ranges():
    fan = charts.fan(outcome_of(medians=(10, 10, 10)))
    tops = [min(y for _, y in points(path)) for path in (fan.band90, fan.band50, fan.median)]
    assert tops == sorted(tops)


def test_without_a_forecast_the_history_stands_alone():
    fan = charts.fan(outcome_of(medians=(), expected=None))
    assert fan.history
    assert (fan.median, fan.band50, fan.band90) == ("", "", "")


def test_there_is_no_fan_without_history():
    assert charts.fan(outcome_of(counts=())) is None


def test_a_fan_does_not_open_at_a_month_nobody_observed():
    fan = charts.fan(outcome_of(counts=(4, None), medians=(5, 6)))
    assert len(points(fan.median)) == 2


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (9, [0, 5, 10]),
        (87, [0, 25, 50, 75, 100]),
        (1200, [0, 500, 1000, 1500]),
    ],
)
def test_axes_carry_round_figures(highest, steps):
    assert charts.nice_steps(highest) == steps


@given(st.floats(min_value=0.1, max_value=1e7))
def test_axes_reach_the_highest_figure_in_few_steps(highest):
    steps = charts.nice_steps(highest)
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= charts.GRID_LINES + 1


def test_years_are_marked_at_their_january():
    fan = charts.fan(outcome_of())
    assert [tick.value.year for tick in fan.years] == [2024, 2025, 2026]


def test_the_map_is_told_states_in_the_table_s_order_with_their_fills():
    nowhere = state_of("XAB", "Bassar", expected=(0, 0, 0), before=(0, 0, 0), counts=(0, 0))
    wide = state_of(expected=(30, 0, 400))
    data = charts.map_data(outlook_of(wide, nowhere))
    assert [(s["iso3"], s["fill"], s["uncertain"]) for s in data["states"]] == [
        ("XAA", "moderate", True),
        ("XAB", "unrecorded", False),
    ]
    assert data["states"][0]["href"] == "/states/XAA/"


def test_the_fan_s_data_holds_what_the_chart_shows():
    data = charts.fan_data(outcome_of(counts=(4, None), medians=(5.26,)), "Arlen")
    assert data["history"][1][:2] == ["2024-02-01", None]
    assert data["fan"][0][:2] == ["2026-06-01", 5.3]
    assert data["origin"] == "2024-02-01"


def test_years_sum_what_was_observed_the_newest_first():
    years = charts.yearly(history(*[1] * 12, 5, None))
    assert [(y.year, y.deaths, y.months, y.is_whole) for y in years] == [
        (2025, 5, 1, False),
        (2024, 12, 12, True),
    ]

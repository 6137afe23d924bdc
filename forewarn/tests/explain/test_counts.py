"""Forecasts of deaths taken apart: what moves them adds up, and comes from nothing after the origin."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from forewarn.contracts.errors import UnknownModelError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.explain.counts import EXPLAINED, OWN_SPANS, count_drivers, drawn_months, mixture_of
from forewarn.models.counts import mean_of
from forewarn.models.registry import make_model
from forewarn.models.template import SameMonthOfYear
from forewarn.pipelines import explain_countries, forecast_countries
from hypothesis import given, settings
from hypothesis import strategies as st

STEPS = (1, 2, 3)


@given(
    seed=st.integers(0, 50),
    months=st.integers(24, 300),
    model=st.sampled_from(EXPLAINED),
    steps=st.lists(st.integers(1, 36), min_size=1, max_size=5, unique=True),
)
@settings(max_examples=60, deadline=None)
def test_base_and_contributions_add_up_to_the_models_output(make_panel, seed, months, model, steps):
    panel = make_panel(6, months, seed=seed)
    (explained, *_) = all_of = explain_countries(panel, origin=panel.end, steps=steps, model=model)
    for each in all_of:
        drivers = each.drivers
        total = drivers.base + sum(driver.contribution for driver in drivers.drivers)
        assert total == pytest.approx(drivers.output, abs=1e-9, rel=1e-12)
    if explained.drivers.scale == "deaths":
        assert [each.drivers.output for each in all_of] == pytest.approx([each.output for each in all_of])


@pytest.mark.parametrize("model", [name for name in EXPLAINED if name != "geomean-6"])
def test_the_output_is_what_the_models_draws_come_to_on_average(world, model):
    draws = forecast_countries(world, origin=world.end, steps=STEPS, model=model, draws=4000, seed=1).draws
    explained = explain_countries(world, origin=world.end, steps=STEPS, model=model)
    means = draws.sum(axis=1).mean(axis=1)
    np.testing.assert_allclose([each.output for each in explained], means, rtol=0.05, atol=0.3)


def test_the_default_models_weights_give_its_very_distribution(world):
    fitted = make_model("analogues").fit(world)
    cumulative = fitted.distributions(world, STEPS)[:, : len(STEPS)]
    mixture = mixture_of(fitted, world, STEPS)
    np.testing.assert_allclose(mixture.means, mean_of(cumulative), rtol=1e-5, atol=1e-3)


def test_plain_histories_draw_from_their_months_alike(world):
    fitted = make_model("own-history-12").fit(world)
    months = drawn_months(fitted, world, STEPS)[3]
    assert [each.month for each in months] == list(range(world.end, world.end - 12, -1))
    assert {round(each.weight, 9) for each in months} == {round(1 / 12, 9)}


def test_a_month_nobody_observed_is_not_drawn(world):
    values = world.values.copy()
    values[:, -2] = np.nan
    months = drawn_months(make_model("own-history-12"), replace(world, values=values), STEPS)[3]
    assert world.end - 1 not in {each.month for each in months}
    assert sum(each.weight for each in months) == pytest.approx(1)


@pytest.fixture
def rising(make_panel) -> Panel:
    """Peace for long, then a war that begins in the last three months; others are as they are."""
    panel = make_panel(12, 240, seed=4)
    values = panel.values.copy()
    values[0, :-3], values[0, -3:] = 1, 90
    return replace(panel, values=values)


def test_a_new_war_is_what_moves_the_forecast_up(rising):
    panel = rising
    explained = explain_countries(panel, origin=panel.end, steps=STEPS, units=["XAA"])[0]
    first = explained.drivers.drivers[0]
    assert first.contribution > 0
    assert first.name in {"own_last_3", "similar_situations"}
    own = next(each for each in explained.drivers.drivers if each.name == "own_last_3")
    assert own.value == 90
    assert own.months == (panel.end - 2, panel.end)


def test_as_usual_the_new_war_would_not_be_expected_to_go_on(rising):
    panel = rising
    explained = explain_countries(panel, origin=panel.end, steps=STEPS, units=["XAA"])[0]
    without = next(each for each in explained.alternatives if each.name == "own_last_3")
    assert without.output < explained.output / 2


@pytest.mark.parametrize("model", EXPLAINED)
def test_what_came_after_the_origin_explains_nothing(world, model):
    origin = Month(world.end - 30)
    other = world.values.copy()
    other[:, origin - world.start + 1 :] = 99_999

    def told(panel):
        return [each.to_json() for each in explain_countries(panel, origin=origin, steps=STEPS, model=model)]

    assert told(world) == told(world.until(origin)) == told(replace(world, values=other))


def test_spans_of_own_months_do_not_overlap():
    spans = sorted(OWN_SPANS.values())
    assert spans[0][0] == 0
    assert all(before[1] + 1 == after[0] for before, after in pairwise(spans))


def test_a_model_nobody_explained_is_refused(world):
    with pytest.raises(UnknownModelError, match="cannot be taken apart"):
        count_drivers(SameMonthOfYear(), world, STEPS)

"""Risks of attacks taken apart: regressions exactly, ensembles by their voices."""

from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.months import Month
from forewarn.explain.attacks import attack_drivers, voices_of
from forewarn.explain.wording import DRIVERS
from forewarn.models.logit import log_odds
from forewarn.models.registry import attack_models
from forewarn.pipelines import explain_attacks
from hypothesis import given, settings
from hypothesis import strategies as st


@given(seed=st.integers(0, 40), months=st.integers(60, 200), model=st.sampled_from(attack_models.names()))
@settings(max_examples=40, deadline=None)
def test_base_and_contributions_add_up_to_the_log_odds_said(make_regions, seed, months, model):
    history = make_regions(5, months, seed=seed)
    fitted = attack_models.make(model).fit(history)
    said = log_odds(fitted.risk(history))
    for drivers, odds in zip(attack_drivers(fitted, history), said.tolist(), strict=True):
        total = drivers.base + sum(driver.contribution for driver in drivers.drivers)
        assert drivers.output == pytest.approx(odds)
        assert total == pytest.approx(odds, abs=1e-9)


def test_a_regressions_part_is_its_coefficient_times_the_standardised_deviation(regions):
    fitted = attack_models.make("echoes").fit(regions)
    (voice,) = voices_of(fitted, regions)
    logit = fitted.logit
    exact = logit.slope * (voice.now - logit.centre) / logit.scale
    np.testing.assert_allclose(voice.contributions(voice.now), exact, rtol=1e-9, atol=1e-12)


def test_several_regressions_together_leave_nothing_out(regions):
    fitted = attack_models.make("region-occurrence").fit(regions)
    (voice,) = voices_of(fitted, regions)
    seen = np.isnan(voice.alone)
    moved = voice.contributions(voice.now).sum(axis=1) + voice.said(voice.reference[None])
    np.testing.assert_allclose(moved[seen], voice.said(voice.now)[seen], rtol=1e-9)


def test_limits_are_told_where_they_bind(regions):
    attacked = np.zeros(regions.one_sided.shape)
    attacked[0] = 3
    certain = replace(regions, one_sided=attacked)
    drivers = attack_drivers(attack_models.make("one-sided-12").fit(certain), certain)[0]
    limits = next(driver for driver in drivers.drivers if driver.name == "limits")
    assert limits.contribution < 0


def test_every_driver_has_words(regions):
    for name in attack_models.names():
        for each in attack_drivers(attack_models.make(name).fit(regions), regions):
            assert {driver.name for driver in each.drivers} <= set(DRIVERS)


@pytest.mark.parametrize("model", attack_models.names())
def test_what_came_after_the_origin_explains_nothing(regions, model):
    origin = Month(regions.end - 20)
    later = slice(origin - regions.start + 1, None)
    changed = {name: getattr(regions, name).copy() for name in ("one_sided", "battle", "places")}
    for values in changed.values():
        values[:, later] = 77

    def told(history):
        return [each.to_json() for each in explain_attacks(history, origin=origin, model=model)]

    assert told(regions) == told(regions.until(origin)) == told(replace(regions, **changed))


def test_without_its_recent_attacks_a_region_would_be_less_at_risk(regions):
    attacked = regions.one_sided.copy()
    attacked[4, -6:] = 5
    explained = explain_attacks(replace(regions, one_sided=attacked), origin=regions.end, units=["XAA:E"])[0]
    first = explained.alternatives[0]
    assert first.output < explained.output
    assert first.value > first.usual
    assert next(each for each in explained.drivers.drivers if each.name == first.name).contribution > 0

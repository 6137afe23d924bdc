from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.months import Month
from forewarn.models.analogues import Analogues
from forewarn.pipelines import evaluate_fatalities, forecast_countries

ALL_STEPS = tuple(range(1, 37))


def forecast(panel, **settings):
    return forecast_countries(
        panel, **{"origin": panel.end, "steps": ALL_STEPS, "draws": 100, "seed": 5} | settings
    ).draws


def test_a_step_has_the_same_draws_whichever_others_are_asked_for(world):
    few = forecast(world, steps=(3, 20))
    np.testing.assert_array_equal(few, forecast(world)[:, [2, 19]])


def test_another_seed_gives_other_paths_of_much_the_same_distribution(world):
    one, other = forecast(world), forecast(world, seed=6)
    assert (one != other).any()
    np.testing.assert_allclose(one.mean(axis=(0, 2)), other.mean(axis=(0, 2)), rtol=0.1)


def test_uncertainty_grows_with_the_horizon(world):
    recent = world.values[:, -12:].mean(axis=1)
    active = recent > 1
    spread = np.log1p(forecast(world, draws=400)[active]).std(axis=-1).mean(axis=0)
    assert spread[23:].mean() > spread[:2].mean()


def test_a_state_at_peace_is_forecast_peace_but_not_for_certain(world):
    violent = (forecast(world, draws=1000)[0] > 0).mean()
    assert 0 < violent < 0.2


def test_beats_the_last_twelve_months_on_made_up_wars(make_panel):
    panel = make_panel(40, 300)
    evaluation = evaluate_fatalities(
        panel,
        origins=[Month(panel.end - 14 - 24 * k) for k in range(4)],
        steps=(3, 6, 12),
        models=["analogues", "own-history-12"],
        draws=200,
        seed=1,
    )
    learned, plain = evaluation.models["analogues"].pooled, evaluation.models["own-history-12"].pooled
    assert learned.ign < plain.ign
    assert learned.crps < plain.crps


@pytest.mark.parametrize(("units", "months"), [(11, 444), (5, 120), (1, 60), (3, 24)])
def test_works_on_small_panels_and_short_histories(make_panel, units, months):
    draws = forecast(make_panel(units, months))
    assert draws.shape == (units, 36, 100)
    assert np.isfinite(draws).all()


def test_less_than_two_years_is_refused(make_panel):
    with pytest.raises(NotEnoughHistoryError, match=r"analogues needs 24 months .* there are 23"):
        forecast(make_panel(5, 23))


def test_unobserved_months_are_not_taken_for_peace(world):
    values = world.values.copy()
    values[3, 60:90] = np.nan
    values[4, :60] = np.nan
    values[5, -20:] = np.nan
    values[5, -40:-20] = 50
    draws = forecast(replace(world, values=values))
    assert np.isfinite(draws).all()
    assert np.median(draws[5, :6]) > 10


def test_a_model_fitted_earlier_starts_from_the_newest_month(make_panel):
    panel = make_panel(11, 240)
    early = panel.until(Month(panel.end - 6))
    fitted = Analogues().fit(early)
    burning = panel.values.copy()
    burning[1, -6:] = 400
    draws = fitted.forecast(
        replace(panel, values=burning), steps=(1,), draws=100, rng=np.random.default_rng(1)
    )
    assert np.median(draws[1, 0]) > 100

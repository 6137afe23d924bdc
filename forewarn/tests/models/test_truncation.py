"""No method may see past its origin: data cut there gives the very forecast that the whole file gives."""

from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.models.registry import model_names
from forewarn.pipelines import forecast_countries, forecast_regions
from forewarn.pipelines.forecasting import quantiles

STEPS = (1, 2, 6, 14, 36)


def with_another_future(panel: Panel, origin: Month) -> Panel:
    values = panel.values.copy()
    values[:, origin - panel.start + 1 :] = 99_999
    return replace(panel, values=values)


@pytest.mark.parametrize("model", model_names())
def test_what_came_after_the_origin_changes_no_draw(world, model):
    origin = Month(world.end - 30)
    settings = {"origin": origin, "steps": STEPS, "model": model, "draws": 50, "seed": 3}
    whole = forecast_countries(world, **settings)
    cut = forecast_countries(world.until(origin), **settings)
    another = forecast_countries(with_another_future(world, origin), **settings)
    np.testing.assert_array_equal(whole.draws, cut.draws)
    np.testing.assert_array_equal(whole.draws, another.draws)


def test_what_came_after_the_origin_changes_no_regional_probability(world):
    origin = Month(world.end - 30)
    battle = replace(world, values=world.values[::-1].copy())
    settings = {"origin": origin, "steps": STEPS, "draws": 50, "seed": 3}
    whole = forecast_regions(world, battle, **settings)
    cut = forecast_regions(world.until(origin), battle.until(origin), **settings)
    another = forecast_regions(
        with_another_future(world, origin), with_another_future(battle, origin), **settings
    )
    np.testing.assert_array_equal(whole.probability, cut.probability)
    np.testing.assert_array_equal(whole.probability, another.probability)
    np.testing.assert_array_equal(whole.draws, cut.draws)


@pytest.mark.parametrize("model", model_names())
def test_same_seed_gives_the_same_draws_and_valid_counts(world, model):
    settings = {"origin": world.end, "steps": STEPS, "model": model, "draws": 40}
    first = forecast_countries(world, seed=7, **settings)
    again = forecast_countries(world, seed=7, **settings)
    np.testing.assert_array_equal(first.draws, again.draws)
    assert first.draws.shape == (20, 5, 40)
    assert (first.draws >= 0).all()
    assert np.isfinite(first.draws).all()


def test_quantiles_have_one_column_a_probability(world):
    forecast = forecast_countries(
        world, origin=world.end, steps=(1, 2, 3), model="own-history-12", draws=200, seed=1
    )
    made = quantiles(forecast, [0.05, 0.5, 0.95])
    assert made.shape == (20, 3, 3)
    assert (np.diff(made, axis=-1) >= 0).all()

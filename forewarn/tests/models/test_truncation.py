"""No method may see past its origin: data cut there gives the very forecast that the whole file gives."""

from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.months import Month
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.panels import Panel
from forewarn.models.registry import attack_models, model_names, onset_models
from forewarn.pipelines import forecast_countries, forecast_regions
from forewarn.pipelines.attack_evaluation import attack_risks
from forewarn.pipelines.forecasting import quantiles
from forewarn.pipelines.onset_evaluation import onset_risks

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


def with_other_later_attacks(history, origin):
    later = slice(origin - history.start + 1, None)
    changed = {name: getattr(history, name).copy() for name in ("one_sided", "battle", "places")}
    for values in changed.values():
        values[:, later] = 77
    return replace(history, **changed)


@pytest.mark.parametrize("model", attack_models.names())
def test_what_came_after_the_origin_changes_no_risk_of_attack(regions, model):
    origin = Month(regions.end - 20)
    origins = [Month(origin - back) for back in (13, 12, 3, 0)]
    train_to = Month(origin - 30)

    def risks(history):
        return attack_risks(attack_models.make(model), history, train_to, origins)

    whole = risks(regions)
    np.testing.assert_array_equal(whole, risks(regions.until(origin)))
    np.testing.assert_array_equal(whole, risks(with_other_later_attacks(regions, origin)))
    assert ((whole > 0) & (whole < 1)).all()


def with_other_later_years(table: CountryYears, year: int) -> CountryYears:
    later, ahead = table.year > year, table.year + 2 > year
    return replace(
        table,
        predictors=np.where(later[:, None], 55.0, table.predictors),
        onset=np.where(later, 1 - table.onset, table.onset),
        onset_ahead=np.where(ahead, 1 - table.onset_ahead, table.onset_ahead),
    )


@pytest.mark.parametrize("model", onset_models.names())
def test_what_came_after_a_year_changes_no_risk_of_onset(country_years, model, monkeypatch):
    monkeypatch.setattr("forewarn.models.onset_models._TREES", 8)
    year = 1995

    def risks(table):
        return onset_risks(onset_models.make(model), table, [year, year + 1])

    whole = risks(country_years)
    assert list(whole) == [year - 2, year - 1, year]
    assert whole == risks(country_years.rows(country_years.year <= year))
    assert whole == risks(with_other_later_years(country_years, year))


def test_quantiles_have_one_column_a_probability(world):
    forecast = forecast_countries(
        world, origin=world.end, steps=(1, 2, 3), model="own-history-12", draws=200, seed=1
    )
    made = quantiles(forecast, [0.05, 0.5, 0.95])
    assert made.shape == (20, 3, 3)
    assert (np.diff(made, axis=-1) >= 0).all()

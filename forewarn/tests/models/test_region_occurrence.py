from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError, UnusableInputError
from forewarn.contracts.months import Month, parse_month
from forewarn.contracts.panels import Panel
from forewarn.pipelines import evaluate_regions, forecast_regions

REGIONS = 8


@pytest.fixture
def attacks():
    """Regions of different danger; attacks come in spells and follow battles."""
    rng = np.random.default_rng(2)
    danger = np.linspace(0.02, 0.6, REGIONS)[:, None]
    spell = np.repeat(rng.random((REGIONS, 25)) < 0.4, 12, axis=1)
    battle = rng.poisson(10.0, (REGIONS, 300)) * spell
    attacked = rng.random((REGIONS, 300)) < np.where(spell, danger, danger / 8)
    names = tuple(f"XAA-{index}" for index in range(REGIONS))
    start = parse_month("1990-01")
    return (
        Panel(names, start, attacked * 3.0, "one_sided"),
        Panel(names, start, battle.astype(float), "state_based"),
    )


def test_probability_is_what_the_draws_say(attacks):
    forecast = forecast_regions(*attacks, origin=attacks[0].end, steps=range(1, 37), draws=500, seed=1)
    assert forecast.outcome == "any_one_sided"
    assert set(np.unique(forecast.draws)) == {0, 1}
    np.testing.assert_allclose(forecast.draws.mean(axis=-1), forecast.probability, atol=1 / 500)
    assert ((forecast.probability > 0) & (forecast.probability < 1)).all()


def test_foresees_better_than_a_regions_own_last_year(attacks):
    origins = [Month(attacks[0].end - 3 - 3 * k) for k in range(20)]
    evaluation = evaluate_regions(*attacks, origins=origins, steps=(1, 2, 3), draws=100, seed=1)
    learned, plain = evaluation.monthly["region-occurrence"], evaluation.monthly["region-history-12"]
    assert learned.roc_auc > plain.roc_auc
    assert learned.brier < plain.brier
    assert evaluation.within["region-occurrence"].base_rate > learned.base_rate
    assert evaluation.differences[0].difference < 0


def test_a_country_with_hardly_any_attack_falls_back_on_rates(attacks):
    one_sided, battle = attacks
    few = np.zeros_like(one_sided.values)
    few[0, 10] = few[1, 20] = 1
    forecast = forecast_regions(
        replace(one_sided, values=few), battle, origin=battle.end, steps=(1, 36), draws=10, seed=1
    )
    assert forecast.probability.max() < 0.02
    assert forecast.probability[0, 0] > forecast.probability[5, 0]
    assert forecast.probability[0, 0] == forecast.probability[0, 1]


def test_panels_that_do_not_match_are_refused(attacks):
    one_sided, battle = attacks
    with pytest.raises(UnusableInputError, match="different regions or months"):
        forecast_regions(one_sided, battle.until(Month(battle.end - 1)), origin=battle.end, steps=(1,))


def test_less_than_two_years_is_refused(attacks):
    origin = Month(attacks[0].start + 22)
    with pytest.raises(NotEnoughHistoryError, match=r"needs 24 months .* there are 23"):
        forecast_regions(*attacks, origin=origin, steps=(1,))


def test_a_region_not_heard_of_yet_changes_no_other(attacks):
    one_sided, battle = attacks
    origin = Month(one_sided.end - 20)
    late, fought = one_sided.values.copy(), battle.values.copy()
    late[3, :-20], fought[3, :-20] = 0, 0
    listed = replace(one_sided, values=late), replace(battle, values=fought)
    others = [0, 1, 2, 4, 5, 6, 7]
    unlisted = [
        replace(panel, units=tuple(panel.units[i] for i in others), values=panel.values[others])
        for panel in listed
    ]
    settings = {"origin": origin, "steps": (1, 9), "draws": 30, "seed": 1}
    with_it, without = forecast_regions(*listed, **settings), forecast_regions(*unlisted, **settings)
    np.testing.assert_array_equal(with_it.draws[others], without.draws)
    assert 0 < with_it.probability[3, 0] < without.probability.mean()

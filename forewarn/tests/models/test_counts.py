import numpy as np
import pytest
from forewarn.contracts.forecasts import MAX_STEP
from forewarn.models.counts import GRID, distribution, draw_paths


def paths(values, *, persistence=0.8, draws=1000, seed=1):
    cumulative = distribution(np.array([values], dtype=float), np.ones((1, len(values))))
    everywhere = np.repeat(cumulative[:, None], MAX_STEP, axis=1)
    return draw_paths(everywhere, persistence=persistence, draws=draws, rng=np.random.default_rng(seed))[0]


def test_small_counts_come_back_as_they_went_in():
    drawn = paths([0, 0, 0, 7])
    assert set(np.unique(drawn)) == {0, 7}
    assert (drawn == 7).mean() == pytest.approx(0.25, abs=0.002)


def test_large_counts_come_back_within_a_cell():
    drawn = paths([5000])
    assert drawn.min() > 4600
    assert drawn.max() < 5400
    assert (drawn == np.round(drawn)).all()


def test_each_month_has_the_distribution_whatever_the_seed():
    values = np.arange(100.0)
    for seed in (1, 2):
        quartiles = np.quantile(paths(values, seed=seed), [0.25, 0.5, 0.75], axis=1)
        np.testing.assert_allclose(quartiles, np.array([[24.5], [49.5], [74.5]]) * np.ones(36), atol=2)


def test_months_of_a_path_hang_together_as_much_as_asked():
    values = np.arange(30.0)
    near = np.corrcoef(paths(values, draws=4000)[:2])[0, 1]
    apart = np.corrcoef(paths(values, draws=4000)[[0, 12]])[0, 1]
    alone = np.corrcoef(paths(values, persistence=0, draws=4000)[:2])[0, 1]
    assert near == pytest.approx(0.8, abs=0.05)
    assert abs(apart) < 0.2
    assert abs(alone) < 0.05


def test_weightless_values_may_be_missing():
    cumulative = distribution(np.array([[np.nan, 3.0]]), np.array([[0.0, 1.0]]))
    np.testing.assert_array_equal(cumulative[0], (GRID >= 3).astype(float))

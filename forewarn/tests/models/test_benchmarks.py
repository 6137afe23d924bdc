import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.months import parse_month
from forewarn.contracts.panels import Panel
from forewarn.models.registry import make_model

NAN = float("nan")


def forecast(name, values, *, draws=4000, steps=(1, 2)):
    units = tuple(f"XA{chr(65 + index)}" for index in range(len(values)))
    panel = Panel(units, parse_month("2000-01"), np.array(values, dtype=float), "all")
    return make_model(name).forecast(panel, steps=steps, draws=draws, rng=np.random.default_rng(1))


def test_zeros_says_none():
    assert not forecast("zeros", [[5, 5]]).any()


def test_last_poisson_spreads_around_the_last_month_alone():
    draws = forecast("last-poisson", [[1000, 20]])
    assert draws.mean() == pytest.approx(20, rel=0.02)
    assert draws.var() == pytest.approx(20, rel=0.1)


def test_own_history_draws_its_last_months_and_nothing_older():
    draws = forecast("own-history-12", [[777] * 12 + list(range(12))])
    assert set(np.unique(draws)) == set(range(12))
    assert draws.mean() == pytest.approx(5.5, rel=0.03)


def test_own_history_leaves_unobserved_months_out():
    draws = forecast("own-history-24", [[NAN] * 20 + [1, 2, 3, 4]])
    assert set(np.unique(draws)) == {1, 2, 3, 4}


def test_geometric_mean_is_one_certain_figure():
    draws = forecast("geomean-6", [[900, 0, 0, 0, 0, 0, 63]])
    assert np.unique(draws) == pytest.approx(64 ** (1 / 6) - 1)


def test_too_short_a_history_says_how_much_there_is():
    with pytest.raises(NotEnoughHistoryError, match=r"own-history-12 needs 12 months .* there are 3"):
        forecast("own-history-12", [[1, 2, 3]])


def test_a_unit_nobody_observed_is_named():
    with pytest.raises(NotEnoughHistoryError, match="XAB was not observed in the 6 months to 2000-06"):
        forecast("geomean-6", [[1] * 6, [NAN] * 6])

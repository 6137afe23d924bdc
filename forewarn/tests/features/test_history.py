import numpy as np
import pytest
from forewarn.features.conflict_history import COLUMNS, conflict_history
from forewarn.features.trailing import months_since, trailing_mean, trailing_sum

NAN = float("nan")


@pytest.mark.parametrize("window", [1, 3, 12, 500])
def test_trailing_mean_agrees_with_a_plain_loop(window):
    rng = np.random.default_rng(1)
    values = np.where(rng.random((4, 40)) < 0.2, NAN, rng.poisson(3.0, (4, 40)))
    made = trailing_mean(values, window)
    for unit in range(4):
        for month in range(40):
            seen = values[unit, max(0, month - window + 1) : month + 1]
            seen = seen[~np.isnan(seen)]
            assert made[unit, month] == pytest.approx(seen.mean() if seen.size else 0)


def test_nothing_ahead_is_looked_at():
    rng = np.random.default_rng(1)
    values = rng.poisson(5.0, (3, 80)).astype(float)
    later = values.copy()
    later[:, 60:] = 1e6
    np.testing.assert_array_equal(
        conflict_history(values).table[:, :60], conflict_history(later).table[:, :60]
    )


def test_columns_mean_what_they_are_called():
    values = np.zeros((1, 60))
    values[0, -3:] = [0, 7, 1]
    history = conflict_history(values)
    row = dict(zip(COLUMNS, history.table[0, -1], strict=True))
    assert row["mean_log_1"] == pytest.approx(np.log(2), abs=1e-6)
    assert row["log_mean_3"] == pytest.approx(np.log1p(8 / 3), abs=1e-6)
    assert row["share_12"] == pytest.approx(2 / 12, abs=1e-6)
    assert history.level[0, -1] == pytest.approx((8 / 3 + 8 / 12) / 2)
    assert not history.quiet[0, -1]
    assert history.quiet[0, -4]


def test_sums_and_spells_leave_unobserved_months_out():
    assert trailing_sum(np.array([[NAN, 2.0, NAN]]), 3)[0, -1] == 2
    assert months_since(np.array([[1.0, NAN, 0.0]]), cap=50)[0, -1] == 2

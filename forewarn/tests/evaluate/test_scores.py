import numpy as np
import pytest
from forewarn.evaluate import counts
from forewarn.evaluate.bootstrap import mean_difference_interval, ratio_interval
from forewarn.evaluate.occurrence import occurrence_scores
from forewarn.evaluate.rolling import SCORES

NAN = float("nan")


def test_crps_is_that_of_its_definition():
    rng = np.random.default_rng(1)
    draws = rng.poisson(4.0, 300).astype(float)
    spread = np.abs(draws[:, None] - draws[None]).mean() / 2
    assert counts.crps(np.array(7.0), draws) == pytest.approx(np.abs(draws - 7).mean() - spread)


@pytest.mark.parametrize(
    ("deaths", "same_bin", "other_bin"), [(0, 0.4, 0.5), (2, 0.5, 2.5), (1001, 1e6, 1000.4), (6, 10, 11)]
)
def test_log_score_asks_for_the_bin_alone(deaths, same_bin, other_bin):
    draws = np.array([same_bin] * 6 + [other_bin] * 3)
    assert counts.log_score(np.array(float(deaths)), draws) == pytest.approx(-np.log2(7 / 20))


def test_interval_score_charges_width_and_misses():
    draws = np.arange(101.0)
    assert counts.interval_score(np.array(50.0), draws) == pytest.approx(90)
    assert counts.interval_score(np.array(3.0), draws) == pytest.approx(90 + 20 * 2)


def test_coverage_of_perfect_forecasts_is_nine_in_ten_once_ties_are_split():
    rng = np.random.default_rng(1)
    mean = rng.choice([0.02, 0.5, 20.0], 4000)
    draws = rng.poisson(mean[:, None], (4000, 400)).astype(float)
    observed = rng.poisson(mean).astype(float)
    assert counts.covered(observed, draws).mean() > 0.93
    assert counts.covered_split(observed, draws).mean() == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
@pytest.mark.parametrize("shape", [(), (1,), (3, 1), (1, 1), (2, 3)])
def test_every_forecast_has_its_score(score, shape):
    assert score(np.ones(shape), np.ones((*shape, 7))).shape == shape


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_what_was_not_observed_is_not_scored(score):
    made = score(np.array([NAN, 1.0]), np.ones((2, 5)))
    assert np.isnan(made[0])
    assert not np.isnan(made[1])


def test_occurrence_scores_agree_with_what_is_known_by_hand():
    happened = np.array([0.0, 0.0, 1.0, 1.0, NAN])
    made = occurrence_scores("deaths >= 1", happened, np.array([0.1, 0.4, 0.35, 0.8, 0.9]))
    assert made.n == 4
    assert made.base_rate == 0.5
    assert made.roc_auc == 0.75
    assert made.average_precision == pytest.approx(0.8333, abs=1e-4)
    assert made.brier == pytest.approx((0.01 + 0.16 + 0.4225 + 0.04) / 4)
    assert [bin_.n for bin_ in made.reliability] == [1, 1, 1, 1]


def test_scores_that_need_both_outcomes_are_absent_without_them():
    made = occurrence_scores("deaths >= 25", np.zeros(3), np.array([0.1, 0.2, 0.3]))
    assert made.roc_auc is None
    assert made.average_precision is None


def test_bootstrap_finds_a_steady_difference_and_doubts_one_that_hangs_on_a_unit():
    rng = np.random.default_rng(1)
    base = rng.random((3, 40, 5))
    steady = mean_difference_interval(base - 0.1, base, seed=1)
    assert steady == pytest.approx((-0.1, -0.1, -0.1))
    lucky = base.copy()
    lucky[:, 0] -= 4
    difference, low, high = mean_difference_interval(lucky, base, seed=1)
    assert difference == pytest.approx(-0.1)
    assert low < -0.2
    assert high == pytest.approx(0)


def test_bootstrap_repeats_itself_under_a_seed():
    rng = np.random.default_rng(1)
    model, benchmark = rng.random((2, 3, 20, 5))
    assert ratio_interval(model, benchmark, seed=4) == ratio_interval(model, benchmark, seed=4)
    assert ratio_interval(model, benchmark, seed=4)[1:] != ratio_interval(model, benchmark, seed=5)[1:]


def test_ratio_to_a_perfect_benchmark_is_unknown():
    assert np.isnan(ratio_interval(np.ones((1, 2, 1)), np.zeros((1, 2, 1)), seed=1)).all()

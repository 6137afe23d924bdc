import numpy as np
import pytest
from forewarn.evaluate.risks import Cases, _weighed, equal_bins, risk_differences, risk_scores
from sklearn.metrics import average_precision_score, roc_auc_score


@pytest.fixture
def said():
    """Sixty cases of six units, with ties among the risks."""
    rng = np.random.default_rng(5)
    risk = np.round(rng.random(60), 1)
    happened = (rng.random(60) < risk * 0.6).astype(float)
    return Cases(happened, np.repeat([2000, 2001], 30), np.tile(np.arange(6), 10)), risk


def test_a_resample_scores_as_if_its_cases_were_written_out(said):
    cases, risk = said
    times = np.array([[1, 1, 1, 1, 1, 1], [0, 2, 1, 0, 3, 0]], dtype=float)
    made = _weighed(cases, risk, times)
    for row, often in enumerate(times):
        chosen = np.repeat(np.arange(60), often[cases.unit].astype(int))
        happened, drawn = cases.happened[chosen], risk[chosen]
        assert made["roc_auc"][row] == pytest.approx(roc_auc_score(happened, drawn))
        assert made["average_precision"][row] == pytest.approx(average_precision_score(happened, drawn))
        assert made["brier"][row] == pytest.approx(((happened - drawn) ** 2).mean())


def test_a_model_does_not_differ_from_its_twin_and_beats_a_coin(said):
    cases, risk = said
    risks = {"model": risk, "twin": risk, "coin": np.full(60, 0.5)}
    made = {
        (each.benchmark, each.score): each
        for each in risk_differences(cases, risks, ("twin", "coin"), seed=1, prefix="part.")
        if each.model == "model"
    }
    twin = made["twin", "part.roc_auc"]
    assert (twin.difference, twin.low, twin.high) == (0, 0, 0)
    coin = made["coin", "part.roc_auc"]
    assert coin.low < coin.difference < coin.high
    assert coin.difference > 0


def test_ranks_are_not_compared_where_nothing_happened():
    cases = Cases(np.zeros(4), np.full(4, 2000), np.arange(4))
    made = risk_differences(cases, {"a": np.arange(4) / 4, "b": np.zeros(4)}, ("b",), seed=1)
    assert [each.score for each in made] == ["brier"]
    assert risk_scores(np.zeros(4), np.arange(4) / 4).reliability_slope is None


def test_slopes_tell_a_calibrated_forecast_from_a_bold_one():
    rng = np.random.default_rng(8)
    risk = rng.uniform(0.02, 0.6, 40_000)
    happened = (rng.random(40_000) < risk).astype(float)
    sound = risk_scores(happened, risk)
    assert sound.reliability_slope == pytest.approx(1, abs=0.05)
    assert sound.log_odds_slope == pytest.approx(1, abs=0.05)
    bold = risk**2 / (risk**2 + (1 - risk) ** 2)
    assert risk_scores(happened, bold).log_odds_slope == pytest.approx(0.5, abs=0.03)


def test_equal_bins_hold_as_many_cases_each():
    risk = np.linspace(0, 0.05, 25)
    assert [each.n for each in equal_bins(np.zeros(25), risk)] == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]

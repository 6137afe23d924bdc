from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.models.registry import onset_models
from forewarn.pipelines import evaluate_onset


@pytest.fixture(autouse=True)
def small_forests(monkeypatch):
    monkeypatch.setattr("forewarn.models.onset_models._TREES", 10)


def test_every_model_is_scored_over_the_years(country_years):
    made = evaluate_onset(country_years, first=1996, last=2000, seed=1)
    assert tuple(made.models) == onset_models.names()
    assert made.n == 40 * 5
    for scores in made.models.values():
        assert scores.pooled.roc_auc > 0.7
        found = [scores.extra[f"recall_{most}"] for most in (10, 20, 30)]
        assert found == sorted(found)
        assert found[-1] <= scores.extra["onsets"] == round(scores.pooled.base_rate * made.n)
        assert list(scores.by_year) == [1996, 1997, 1998, 1999, 2000]
    assert {each.benchmark for each in made.differences} == {"elastic-net"}


def test_a_country_counts_by_the_higher_risk_and_better_rank_of_two_forecasts(country_years):
    class Oracle:
        name = "oracle"

        def risk(self, known):
            newest = known.rows(known.year == known.year.max())
            is_1998 = newest.year == 1998
            first = np.array([country == newest.country[0] for country in newest.country])
            return np.where(first & is_1998, 0.9, np.where(is_1998, 0.2, 0.3))

    onset_models._entered["oracle"] = Oracle
    try:
        table = replace(country_years, onset=np.zeros(len(country_years.year)))
        target = int(np.flatnonzero((table.year == 2000) & (np.array(table.country) == "Land AA"))[0])
        table.onset[target] = 1
        made = evaluate_onset(table, first=2000, last=2000, models=["oracle"]).models["oracle"]
    finally:
        del onset_models._entered["oracle"]
    assert made.pooled.roc_auc == 1
    assert made.extra["recall_10"] == 1
    assert made.pooled.mean_probability == pytest.approx((0.9 + 39 * 0.3) / 40)


def test_a_blank_takes_the_countrys_last_value_or_the_median(country_years):
    model, known = onset_models.make("onset-ridge"), country_years.as_known_at_the_end_of(1995)
    newest = np.flatnonzero(known.year == 1995)
    predictors = known.predictors.copy()
    predictors[newest[4] - 40, 0] = predictors[newest[4], 0] = 2.5
    whole = model.risk(replace(known, predictors=predictors))
    predictors[newest[4], 0] = np.nan
    np.testing.assert_array_equal(model.risk(replace(known, predictors=predictors)), whole)
    predictors[np.array(known.country) == known.country[newest[4]], 0] = np.nan
    risk = model.risk(replace(known, predictors=predictors))
    assert np.isfinite(risk).all()
    assert risk[4] < whole[4]


def test_what_lies_ahead_is_known_two_years_later(country_years):
    known = country_years.as_known_at_the_end_of(1990)
    assert known.year.max() == 1990
    assert np.isnan(known.onset_ahead[known.year > 1988]).all()
    assert not np.isnan(known.onset_ahead[known.year <= 1988]).any()


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2004, 2005), "whether a mass killing began in 2005"),
        ((2001, 2000), "the last year comes before the first"),
        ((1971, 1975), "no row of 1969 to forecast from"),
        ((1973, 1975), "needs 5 country-years before an onset to learn from, there are 0 up to 1969"),
    ],
)
def test_what_cannot_be_evaluated_is_said_in_a_line(country_years, years, said):
    with pytest.raises(NotEnoughHistoryError, match=said):
        evaluate_onset(country_years, first=years[0], last=years[1], models=["onset-ridge"])

"""The evaluation gives the figures that others published for the same protocol, from the same table."""

from pathlib import Path

import numpy as np
import pytest
from forewarn.contracts.months import parse_month
from forewarn.ingest.country_month import read_country_month
from forewarn.panel import panel_from_table
from forewarn.pipelines import evaluate_fatalities

DATA = Path(__file__).parents[4] / "shared" / "data"
OCTOBERS = tuple(parse_month(f"{year}-10") for year in range(2015, 2020))
PUBLISHED = {
    "zeros": {"2017-10": 24.08, "2018-10": 22.64, "2019-10": 21.89},
    "own-history-12": {"2017-10": 14.51, "2018-10": 9.19, "2019-10": 12.10},
    "own-history-24": {"2017-10": 14.91, "2018-10": 11.92, "2019-10": 11.64},
}
TOLERANCE = {"zeros": 0.005, "own-history-12": 0.15, "own-history-24": 0.15}


@pytest.fixture(scope="module")
def evaluation():
    frame, _ = read_country_month(DATA / "country_month_state_based_1990_2020.csv")
    return evaluate_fatalities(
        panel_from_table(frame, outcome="state_based"),
        origins=OCTOBERS,
        steps=range(3, 15),
        models=[*PUBLISHED, "analogues"],
        draws=1000,
        seed=1,
    )


def test_scores_191_countries_for_twelve_months(evaluation):
    assert evaluation.n == 191 * 12 * len(OCTOBERS)


@pytest.mark.parametrize("model", PUBLISHED)
def test_published_crps_is_reproduced(evaluation, model):
    for origin, published in PUBLISHED[model].items():
        made = evaluation.models[model].by_origin[origin].crps
        assert made == pytest.approx(published, abs=TOLERANCE[model])


@pytest.mark.parametrize(("model", "published"), [("own-history-12", 0.69), ("own-history-24", 0.62)])
def test_published_log_score_is_reproduced(evaluation, model, published):
    later = [evaluation.models[model].by_origin[origin].ign for origin in PUBLISHED[model]]
    assert np.mean(later) == pytest.approx(published, abs=0.03)  # published for 2018-21, here to 2020


def test_default_model_beats_the_plain_ones(evaluation):
    learned, plain = evaluation.models["analogues"], evaluation.models["own-history-12"]
    ratios = [learned.by_origin[origin].crps / plain.by_origin[origin].crps for origin in plain.by_origin]
    assert np.mean(ratios) <= 0.95
    assert learned.pooled.ign <= evaluation.models["own-history-24"].pooled.ign
    assert learned.pooled.coverage_90_split == pytest.approx(0.9, abs=0.02)

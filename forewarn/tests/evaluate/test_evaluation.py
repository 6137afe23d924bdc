import json

import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError, UnknownModelError, UnusableInputError
from forewarn.contracts.months import Month, parse_month
from forewarn.contracts.panels import Panel
from forewarn.models.registry import model_names
from forewarn.pipelines import evaluate_fatalities, skill_summary

ORIGINS = (parse_month("2004-12"), parse_month("2005-12"))


@pytest.fixture
def panel():
    rng = np.random.default_rng(3)
    active = np.repeat(rng.random((10, 20)) < 0.4, 12, axis=1)
    values = (rng.negative_binomial(1, 0.05, (10, 240)) * active).astype(float)
    return Panel(tuple(f"XB{chr(65 + index)}" for index in range(10)), parse_month("1990-01"), values, "all")


def test_every_model_is_scored_at_every_origin(panel):
    made = evaluate_fatalities(panel, origins=ORIGINS[::-1], steps=(3, 1), draws=30, seed=1)
    assert tuple(made.models) == model_names()
    assert made.n == 10 * 2 * 2
    for scores in made.models.values():
        assert list(scores.by_origin) == ["2004-12", "2005-12"]
        assert scores.pooled.n == made.n
        pooled = np.mean([each.crps for each in scores.by_origin.values()])
        assert scores.pooled.crps == pytest.approx(pooled)
    assert made.models["zeros"].pooled.crps == pytest.approx(
        np.mean([panel.values[:, o + s - panel.start] for o in ORIGINS for s in (1, 3)])
    )


def test_coverage_is_told_by_how_violent_it_had_been(panel):
    made = evaluate_fatalities(panel, origins=ORIGINS, steps=(1, 2), models=["own-history-12"], draws=30)
    pooled = made.models["own-history-12"].pooled
    assert [each.regime for each in pooled.by_regime] == ["none", "under 25", "25 and more"]
    assert sum(each.n for each in pooled.by_regime) == made.n
    mean = sum(each.coverage_90_split * each.n for each in pooled.by_regime) / made.n
    assert mean == pytest.approx(pooled.coverage_90_split)


def test_json_is_the_same_again_and_has_its_keys_in_place(panel):
    settings = {"origins": ORIGINS, "steps": (1, 2), "models": ["zeros", "geomean-6"], "draws": 10, "seed": 2}
    made = evaluate_fatalities(panel, **settings).to_json()
    assert json.dumps(made) == json.dumps(evaluate_fatalities(panel, **settings).to_json())
    assert list(made)[:4] == ["task", "models", "n", "differences"]
    assert list(made["models"]["zeros"])[:4] == ["crps", "ign", "mis", "msle"]
    assert "coverage_90" in made["models"]["zeros"]
    assert {(d["model"], d["benchmark"]) for d in made["differences"]} == {
        ("zeros", "geomean-6"),
        ("geomean-6", "zeros"),
    }


def test_unobserved_months_are_left_out_of_the_count(panel):
    panel.values[2, -12:] = np.nan
    made = evaluate_fatalities(panel, origins=[Month(panel.end - 2)], steps=(1, 2), models=["zeros"], draws=5)
    assert made.n == 9 * 2


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"origins": ["2009-12"]}, NotEnoughHistoryError, "origin 2009-12 with step 2 lies outside the data"),
        ({"origins": ["1989-01"]}, NotEnoughHistoryError, "1990-01 to 2009-12"),
        ({"origins": ["1990-06"]}, NotEnoughHistoryError, "own-history-12 needs 12 months"),
        ({"origins": []}, UnusableInputError, "no origin"),
        ({"steps": (0, 2)}, UnusableInputError, "steps must lie between 1 and 36 months, got 0 to 2"),
        ({"steps": (37,)}, UnusableInputError, "got 37 to 37"),
        ({"models": ["oracle"]}, UnknownModelError, "oracle"),
    ],
)
def test_what_cannot_be_evaluated_is_said_in_a_line(panel, change, error, said):
    settings = {"origins": ["2005-12"], "steps": (1, 2), "models": ["own-history-12"], "draws": 5} | change
    settings["origins"] = [parse_month(text) for text in settings["origins"]]
    with pytest.raises(error, match=said):
        evaluate_fatalities(panel, **settings)


def test_skill_summary_covers_sixty_origins_quickly(panel):
    origins = [Month(ORIGINS[0] - k) for k in range(60)]
    made = skill_summary(
        panel, benchmark="own-history-12", origins=origins, steps=range(1, 7), draws=100, seed=1
    )
    assert made.n_forecasts == 10 * 60 * 6
    assert made.ratio == pytest.approx(made.crps_model / made.crps_benchmark)
    assert made.ratio_low <= made.ratio <= made.ratio_high
    assert (made.first_year, made.last_year, made.years_covered) == (2000, 2005, 6)
    assert 0.8 < made.coverage_90 <= 1


def test_skill_of_a_model_without_parameters_is_that_of_its_evaluation(panel):
    origins = [ORIGINS[0]]
    settings = {"origins": origins, "steps": (1, 6), "draws": 50, "seed": 1}
    made = skill_summary(panel, model="own-history-24", benchmark="zeros", **settings)
    whole = evaluate_fatalities(panel, models=["own-history-24"], **settings)
    assert made.crps_model == whole.models["own-history-24"].pooled.crps


def test_an_origin_after_which_nothing_was_observed_is_refused(panel):
    panel.values[:, -2:] = np.nan
    with pytest.raises(NotEnoughHistoryError, match="nothing was observed in the steps after 2009-10"):
        evaluate_fatalities(panel, origins=[Month(panel.end - 2)], steps=(1, 2), models=["zeros"], draws=5)

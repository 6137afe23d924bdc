from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.errors import NotEnoughHistoryError, UnknownModelError
from forewarn.contracts.months import Month
from forewarn.features.attack_echoes import nearest
from forewarn.features.trailing import trailing_sum
from forewarn.models.registry import attack_models
from forewarn.pipelines import evaluate_attacks
from forewarn.pipelines.attack_evaluation import attack_risks


def evaluated(history, **changed):
    settings = {
        "train_to": Month(history.end - 34),
        "first": Month(history.end - 32),
        "last": Month(history.end - 3),
        "seed": 1,
    } | changed
    return evaluate_attacks(history, **settings)


def test_every_model_is_scored_overall_and_where_it_was_quiet(regions):
    made = evaluated(regions)
    assert tuple(made.models) == attack_models.names()
    assert made.n == 8 * 30
    for scores in made.models.values():
        assert scores.pooled.n == sum(each.n for each in scores.by_year.values()) == made.n
        assert 0 < scores.parts["quiet"].n < made.n
        assert scores.parts["quiet"].base_rate < scores.pooled.base_rate
    against = {(each.benchmark, each.score) for each in made.differences if each.model == "attack-ensemble"}
    assert ("battle-6", "quiet.roc_auc") in against
    assert ("one-sided-12", "average_precision") in against


def test_echoes_foresee_better_than_the_last_twelve_months(regions):
    made = evaluated(regions, models=["echoes", "one-sided-12"]).models
    assert made["echoes"].pooled.roc_auc > made["one-sided-12"].pooled.roc_auc
    assert made["echoes"].pooled.brier < made["one-sided-12"].pooled.brier


def test_the_ensemble_lies_between_its_voices(regions):
    names = ("attack-ensemble", "echoes", "echoes-neighbours", "region-occurrence")
    ensemble, *voices = (attack_models.make(name).fit(regions).risk(regions) for name in names)
    assert (ensemble >= np.min(voices, axis=0) - 1e-8).all()
    assert (ensemble <= np.max(voices, axis=0) + 1e-8).all()


def test_another_attack_or_battle_never_lowers_a_risk(regions):
    fitted = attack_models.make("echoes").fit(regions)
    before = fitted.risk(regions)
    one_sided, battle = regions.one_sided.copy(), regions.battle.copy()
    one_sided[:, -1] = battle[:, -1] = 5
    after = fitted.risk(replace(regions, one_sided=one_sided, battle=battle))
    assert (after >= before).all()
    assert (after > before).any()


def test_a_plain_history_ranks_by_its_figure_alone(regions):
    origins = [Month(regions.end - back) for back in range(30, -1, -1)]
    risks = attack_risks(attack_models.make("one-sided-12"), regions, Month(origins[0] - 40), origins)
    figure = trailing_sum(regions.attacked, 12)[:, -31:].T
    order = np.argsort(figure, axis=None, kind="stable")
    assert (np.diff(risks.ravel()[order]) >= 0).all()
    assert len(np.unique(risks)) == len(np.unique(figure))


def test_a_region_nobody_listed_is_not_scored_before_its_first_event(regions):
    one_sided, battle, places = regions.one_sided.copy(), regions.battle.copy(), regions.places.copy()
    late = regions.one_sided.shape[1] - 20
    one_sided[2, :late], battle[2, :late], places[2, :late] = 0, 0, 0
    one_sided[2, late] = 1
    history = replace(regions, one_sided=one_sided, battle=battle, places=places)
    assert evaluated(history, models=["echoes"]).n == 8 * 30 - 13


def test_neighbours_are_the_nearest_regions_with_events(regions):
    beside = nearest(regions)
    assert beside.shape == (8, 8)
    assert not beside[7].any()
    assert not beside[:, 7].any()
    assert not np.diag(beside).any()
    np.testing.assert_allclose(beside[:7].sum(axis=1), 1)
    assert beside[0, 6] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last": Month(1990 * 12 + 198)}, "with 3 months ahead lies outside the data, 1990-01 to 2006-08"),
        ({"train_to": Month(1989 * 12)}, "--train-to 1989-01 lies outside the data"),
        ({"train_to": Month(1990 * 12 + 170)}, "it must begin after 2004-03"),
        ({"train_to": Month(1990 * 12 + 30)}, "echoes needs 48 months up to the origin, there are 31"),
        ({"last": Month(1990 * 12 + 10)}, "before it begins"),
    ],
)
def test_what_cannot_be_evaluated_is_said_in_a_line(regions, change, said):
    with pytest.raises(NotEnoughHistoryError, match=said):
        evaluated(regions, models=["echoes"], **change)


def test_an_unknown_model_is_answered_with_those_there_are(regions):
    with pytest.raises(UnknownModelError, match=r"'oracle'; there are attack-ensemble, one-sided-12"):
        evaluated(regions, models=["oracle"])

"""Trees taken apart: against the definition of Shapley's value, and by LightGBM's own arithmetic."""

from itertools import combinations
from math import factorial

import lightgbm
import numpy as np
import pytest
from forewarn.explain.trees import boosted_contributions, forest_contributions
from forewarn.models.logit import log_odds
from forewarn.models.registry import onset_models
from forewarn.pipelines import explain_onsets
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier


def cases(seed, columns=4):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(300, columns)).astype(np.float32).astype(float)
    chance = 1 / (1 + np.exp(-1.5 * rows[:, 0] * rows[:, 1] - rows[:, 2]))
    return rows, (rng.random(300) < chance).astype(float)


def left_out(tree, row, present, node=0):
    """The tree's answer where only some features are known: others go both ways, by cover."""
    left, right = tree.children_left[node], tree.children_right[node]
    if left < 0:
        value = tree.value[node, 0]
        return value[1] / value.sum()
    feature = tree.feature[node]
    if feature in present:
        return left_out(tree, row, present, left if row[feature] <= tree.threshold[node] else right)
    cover = tree.weighted_n_node_samples
    parts = [left_out(tree, row, present, child) * cover[child] for child in (left, right)]
    return sum(parts) / cover[node]


def shapley(tree, row, columns):
    values = np.zeros(columns)
    for feature in range(columns):
        others = [each for each in range(columns) if each != feature]
        for size in range(columns):
            weight = factorial(size) * factorial(columns - size - 1) / factorial(columns)
            for chosen in combinations(others, size):
                with_it = left_out(tree, row, {*chosen, feature})
                values[feature] += weight * (with_it - left_out(tree, row, set(chosen)))
    return values


@pytest.mark.parametrize("kind", [RandomForestClassifier, ExtraTreesClassifier])
def test_a_forests_parts_are_shapleys_values(kind):
    rows, happened = cases(1)
    forest = kind(3, min_samples_leaf=15, random_state=0).fit(rows, happened)
    _, moved = forest_contributions(forest, rows[:4])
    for row, parts in zip(rows[:4], moved, strict=True):
        exact = np.mean([shapley(tree.tree_, row, 4) for tree in forest.estimators_], axis=0)
        np.testing.assert_allclose(parts, exact, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_a_forests_parts_add_up_to_its_probability(seed):
    rows, happened = cases(seed, columns=7)
    forest = RandomForestClassifier(20, min_samples_leaf=5, random_state=seed).fit(rows, happened)
    base, moved = forest_contributions(forest, rows)
    np.testing.assert_allclose(base + moved.sum(axis=1), forest.predict_proba(rows)[:, 1], atol=1e-9)


def test_boosted_trees_parts_add_up_to_their_raw_score():
    rows, happened = cases(5)
    settings = {"objective": "binary", "verbose": -1, "num_threads": 1}
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, happened), num_boost_round=20)
    base, moved = boosted_contributions(booster, rows[:9])
    np.testing.assert_allclose(base + moved.sum(axis=1), booster.predict(rows[:9], raw_score=True), atol=1e-9)


@pytest.fixture
def few_trees(monkeypatch):
    monkeypatch.setattr("forewarn.models.onset_models._TREES", 6)


@pytest.mark.parametrize("model", onset_models.names())
def test_risks_of_onset_add_up(country_years, few_trees, model):
    for each in explain_onsets(country_years, year=1995, model=model):
        drivers = each.drivers
        total = drivers.base + sum(driver.contribution for driver in drivers.drivers)
        assert total == pytest.approx(drivers.output, abs=1e-9)
        assert drivers.output == pytest.approx(float(log_odds(np.array(each.output))))


def test_what_puts_a_country_at_risk_of_onset_is_what_the_risk_was_made_of(country_years, few_trees):
    explained = explain_onsets(country_years, year=1995)
    highest = max(explained, key=lambda each: each.output)
    assert highest.drivers.drivers[0].name in {"poverty", "exclusion"}
    assert highest.drivers.drivers[0].contribution > 0
    assert highest.alternatives[0].output < highest.output


def test_what_came_after_the_year_explains_no_onset(country_years, few_trees):
    def told(table):
        return [each.to_json() for each in explain_onsets(table, year=1995)]

    assert told(country_years) == told(country_years.rows(country_years.year <= 1995))


def test_similar_country_years_are_of_others_and_had_passed(country_years, few_trees):
    for each in explain_onsets(country_years, year=1995, units=["Land AA"]):
        assert len(each.nearest) == 5
        assert all(found.unit != "Land AA" for found in each.nearest)
        assert all(found.month // 12 <= 1993 for found in each.nearest)
        assert [found.distance for found in each.nearest] == sorted(found.distance for found in each.nearest)

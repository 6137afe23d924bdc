"""Exact SHAP values of trees: of LightGBM by its own TreeSHAP, of scikit-learn's forests here."""

from typing import Any

import numpy as np

from forewarn.contracts.panels import Floats


def boosted_contributions(booster: Any, rows: Floats) -> tuple[Floats, Floats]:
    """Contributions of a LightGBM booster's features to its raw score (log odds, for a binary objective).

    Args:
        booster: a ``lightgbm.Booster``.
        rows: shape (rows, columns).

    Returns:
        The base of each row and the contributions, shape (rows, columns); together they are the raw score.
    """
    made = np.asarray(booster.predict(rows, pred_contrib=True))
    return made[:, -1], made[:, :-1]


def forest_contributions(forest: Any, rows: Floats) -> tuple[float, Floats]:
    """Contributions of a scikit-learn forest's features to the probability it says.

    The values of path-dependent TreeSHAP (Lundberg et al. 2020): a feature left out is averaged over by the
    cases that went each way when the tree grew.

    Args:
        forest: a fitted ``RandomForestClassifier`` or ``ExtraTreesClassifier`` of two classes.
        rows: shape (rows, columns).

    Returns:
        The base, and the contributions, shape (rows, columns); together they are the probability.
    """
    contributions, base = np.zeros(rows.shape), 0.0
    narrow = rows.astype(np.float32).astype(float)  # as the trees themselves compare
    for estimator in forest.estimators_:
        tree_base, moved = _tree_contributions(estimator.tree_, narrow)
        base += tree_base
        contributions += moved
    trees = len(forest.estimators_)
    return base / trees, contributions / trees


def _tree_contributions(tree: Any, rows: Floats) -> tuple[float, Floats]:
    """Each leaf is a game in which a feature multiplies by 1 or 0 when in, and by its share when left out.

    The Shapley value of such a product is an integral of a polynomial (Owen 1972), which Gauss's quadrature
    gives exactly.
    """
    value = tree.value[:, 0, 1] / tree.value[:, 0].sum(axis=1)
    contributions, base = np.zeros(rows.shape), 0.0
    for leaf, conditions in _leaves(tree):
        features = list(conditions)
        share = np.array([conditions[feature][2] for feature in features])
        base += float(value[leaf] * share.prod())
        if features:
            follows = np.stack(
                [
                    (rows[:, feature] > conditions[feature][0]) & (rows[:, feature] <= conditions[feature][1])
                    for feature in features
                ],
                axis=1,
            ).astype(float)
            contributions[:, features] += value[leaf] * _product_game(follows, share)
    return base, contributions


def _product_game(follows: Floats, share: Floats) -> Floats:
    """Shapley values of a product: ``follows`` when in, ``share`` when out; (rows, factors)."""
    factors = len(share)
    nodes, weights = np.polynomial.legendre.leggauss(factors // 2 + 1)
    total = np.zeros(follows.shape)
    for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        mixed = node * follows + (1 - node) * share
        before = np.cumprod(np.concatenate([np.ones((len(mixed), 1)), mixed[:, :-1]], axis=1), axis=1)
        after = np.cumprod(np.concatenate([np.ones((len(mixed), 1)), mixed[:, :0:-1]], axis=1), axis=1)[
            :, ::-1
        ]
        total += weight * before * after
    return total * (follows - share)


def _products_before(factors: Floats) -> Floats:
    first = np.ones((len(factors), 1))
    return np.asarray(np.cumprod(np.concatenate([first, factors[:, :-1]], axis=1), axis=1))


def _leaves(tree: Any) -> list[tuple[int, dict[int, tuple[float, float, float]]]]:
    """Every leaf with, by feature on its path, the range that leads there and the share that went there."""
    cover = tree.weighted_n_node_samples
    found = []
    waiting: list[tuple[int, dict[int, tuple[float, float, float]]]] = [(0, {})]
    while waiting:
        node, conditions = waiting.pop()
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if left < 0:
            found.append((node, conditions))
            continue
        feature, threshold = int(tree.feature[node]), float(tree.threshold[node])
        low, high, share = conditions.get(feature, (-np.inf, np.inf, 1.0))
        for child, bounds in ((left, (low, min(high, threshold))), (right, (max(low, threshold), high))):
            went = share * float(cover[child] / cover[node])
            waiting.append((child, {**conditions, feature: (*bounds, went)}))
    return found

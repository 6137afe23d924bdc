"""How sure a difference between two models is: a paired bootstrap that keeps each unit's months together."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from forewarn.contracts.panels import Floats

REPEATS = 2000
_LEVEL = 0.95


@dataclass(frozen=True)
class ClusterSums:
    """A score summed within each unit, the cluster: its months are not independent, so they go together.

    Attributes:
        total: shape (units,).
        n: shape (units,), scored forecasts.
    """

    total: Floats
    n: Floats

    @classmethod
    def of(cls, scores: Floats) -> "ClusterSums":
        """From scores of shape (origins, units, steps); NaN is not scored."""
        known = ~np.isnan(scores)
        return cls(np.where(known, scores, 0.0).sum(axis=(0, 2)), known.sum(axis=(0, 2)).astype(float))


def mean_difference_interval(model: Floats, benchmark: Floats, *, seed: int) -> tuple[float, float, float]:
    """Mean of model - benchmark with the ends of its 95 % percentile interval over resampled units.

    Source: the pairs cluster bootstrap, Cameron, Gelbach and Miller (2008), doi:10.1162/rest.90.3.414.

    Args:
        model: scores of shape (origins, units, steps).
        benchmark: the same forecasts' scores.
        seed: of the resampling.

    >>> worse = np.ones((1, 4, 2))
    >>> mean_difference_interval(worse, 0 * worse, seed=1)
    (1.0, 1.0, 1.0)
    """
    sums = ClusterSums.of(model - benchmark)
    weights = resampled(len(sums.n), seed)
    n = np.maximum(np.einsum("ru,u->r", weights, sums.n), 1)
    means = np.einsum("ru,u->r", weights, sums.total) / n
    low, high = interval_ends(means)
    return float(sums.total.sum() / max(sums.n.sum(), 1)), low, high


def ratio_interval(model: Floats, benchmark: Floats, *, seed: int) -> tuple[float, float, float]:
    """Mean score of the model over that of the benchmark, with its 95 % interval over resampled units.

    NaN where the benchmark's mean is 0; resamples in which it is 0 are left out.

    >>> ratio_interval(np.full((1, 3, 1), 2.0), np.full((1, 3, 1), 4.0), seed=1)
    (0.5, 0.5, 0.5)
    """
    above, below = ClusterSums.of(model), ClusterSums.of(benchmark)
    weights = resampled(len(above.n), seed)
    numerator = np.einsum("ru,u->r", weights, above.total)
    denominator = np.einsum("ru,u->r", weights, below.total)
    possible = denominator > 0
    if not possible.any() or below.total.sum() == 0:
        return float("nan"), float("nan"), float("nan")
    low, high = interval_ends(numerator[possible] / denominator[possible])
    return float(above.total.sum() / below.total.sum()), low, high


@cache
def resampled(units: int, seed: int) -> Floats:
    """How often each unit is drawn in each resample, shape (``REPEATS``, units)."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(units, np.full(units, 1 / units), size=REPEATS).astype(float)


def interval_ends(values: Floats) -> tuple[float, float]:
    """Ends of the central 95 % of some values.

    >>> interval_ends(np.full(9, 3.0))
    (3.0, 3.0)
    """
    low, high = np.quantile(values, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)

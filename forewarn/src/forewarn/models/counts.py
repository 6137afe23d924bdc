"""Predictive distributions of counts on one fixed grid, and draws from them that form paths."""

import numpy as np

from forewarn.contracts.forecasts import MAX_STEP
from forewarn.contracts.panels import Floats

# Every count to 30, then cells about 7 % wide: finer than any estimate of deaths, small enough to be quick.
GRID: Floats = np.unique(np.concatenate([np.arange(31.0), np.round(np.geomspace(31, 3e6, 172))]))
_DECIMALS = 9


def distribution(values: Floats, weights: Floats) -> Floats:
    """Weighted empirical distribution functions on ``GRID``, one a row.

    Args:
        values: shape (rows, n), counts; fractions are rounded up to the next cell.
        weights: shape (rows, n), not negative; a value of weight 0 may be NaN.

    Returns:
        Shape (rows, cells): the probability of a count at most ``GRID[j]``.
    """
    cell = np.searchsorted(GRID, np.where(weights > 0, values, 0.0))
    flat = np.minimum(cell, len(GRID) - 1) + len(GRID) * np.arange(len(values))[:, None]
    mass = np.bincount(flat.ravel(), weights.ravel(), len(values) * len(GRID)).reshape(len(values), -1)
    cumulative = np.cumsum(mass, axis=1)
    return np.asarray(np.round(cumulative / cumulative[:, -1:], _DECIMALS))


def draw_paths(cumulative: Floats, *, persistence: float, draws: int, rng: np.random.Generator) -> Floats:
    """Draws whose months hang together: a path that is high for its unit in one month tends to stay so.

    Each month's draws are stratified (one from each of ``draws`` equal slices of the distribution), so their
    quantiles are close to the distribution's own; they are then joined into paths by the ranks of a
    first-order autoregression, the empirical copula of Clark et al. (2004), doi:10.1175/1525-7541(2004)005
    <0243:TSSAMF>2.0.CO;2. The random numbers used do not depend on which steps are asked for.

    Args:
        cumulative: shape (units, MAX_STEP, cells), distribution functions on ``GRID`` for steps 1, 2, …;
            rows of NaN are steps nobody asked for.
        persistence: correlation of a path's rank from one month to the next, 0 to 1.
        draws: how many.
        rng: where the randomness comes from.

    Returns:
        Shape (units, MAX_STEP, draws), whole counts; NaN for steps nobody asked for.
    """
    paths = np.full((len(cumulative), MAX_STEP, draws), np.nan)
    innovation = np.sqrt(1 - persistence**2)
    for unit, steps in enumerate(cumulative):
        shocks = rng.standard_normal((MAX_STEP, draws))
        within = rng.random((MAX_STEP, draws))
        latent = shocks[0]
        for step in range(MAX_STEP):
            if step:
                latent = persistence * latent + innovation * shocks[step]
            if not np.isnan(steps[step, 0]):
                level = (_ranks(latent) + within[step]) / draws
                paths[unit, step] = _quantiles(steps[step], level)
    return paths


def _ranks(values: Floats) -> Floats:
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks


def _quantiles(cumulative: Floats, levels: Floats) -> Floats:
    cell = np.minimum(np.searchsorted(cumulative, levels), len(GRID) - 1)
    below = np.maximum(cell - 1, 0)
    floor = np.where(cell > 0, cumulative[below], 0.0)
    share = (levels - floor) / np.maximum(cumulative[cell] - floor, 1e-12)
    return np.asarray(np.ceil(GRID[below] + np.clip(share, 0, 1) * (GRID[cell] - GRID[below])))

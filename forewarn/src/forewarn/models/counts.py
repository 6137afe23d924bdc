"""Predictive distributions of counts on one fixed grid, and draws from them that form paths."""

import numpy as np
import numpy.typing as npt

from forewarn.contracts.forecasts import MAX_STEP
from forewarn.contracts.panels import Floats

# Every count to 30, then cells about 7 % wide: finer than any estimate of deaths, small enough to be quick.
GRID: Floats = np.unique(np.concatenate([np.arange(31.0), np.round(np.geomspace(31, 3e6, 172))]))
_LARGEST_EXACT = 30
_CELLS = np.arange(len(GRID))
_LOWER = np.concatenate([[0.0], GRID[:-1]])
# What a draw from a cell is on average: whole counts above the cell before, all alike.
CELL_MEANS: Floats = np.where(GRID <= _LARGEST_EXACT, GRID, (_LOWER + GRID + 1) / 2)
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


def mean_of(cumulative: Floats) -> Floats:
    """Means of distribution functions on ``GRID``, as draws from them have in the long run; shape (...)."""
    mass = np.diff(cumulative, axis=-1, prepend=0.0)
    return np.asarray(np.einsum("...j,j->...", mass, CELL_MEANS))


def as_drawn(values: Floats) -> Floats:
    """Counts as draws from their cells are on average; NaN stays.

    >>> as_drawn(np.array([30.0, 31.0])).tolist()
    [30.0, 31.0]
    """
    cell = np.minimum(np.searchsorted(GRID, np.nan_to_num(values)), len(GRID) - 1)
    return np.where(np.isnan(values), np.nan, CELL_MEANS[cell])


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
    units = len(cumulative)
    asked = np.flatnonzero(~np.isnan(cumulative[:, :, 0]).all(axis=0))
    offset = rng.random((units, MAX_STEP))
    in_cell = _draws_in_cells(cumulative, offset, draws)
    start, slope = _lines_within_cells(cumulative)
    part = np.arange(draws) / draws
    paths = np.full((units, MAX_STEP, draws), np.nan)
    paths[:, asked] = 0
    for unit in range(units):
        order = np.argsort(_autoregression(persistence, draws, rng), axis=1)
        for step in asked[in_cell[unit, asked, 0] < draws]:
            cells = np.repeat(_CELLS, in_cell[unit, step])
            row = GRID[cells]
            if cells[-1] > _LARGEST_EXACT:
                level = part + offset[unit, step] / draws
                row = np.minimum(np.ceil(start[unit, step, cells] + slope[unit, step, cells] * level), row)
            paths[unit, step, order[step]] = row
    return paths


def _draws_in_cells(cumulative: Floats, offset: Floats, draws: int) -> npt.NDArray[np.intp]:
    """How many of the levels (offset + 0, 1, 2, …) / draws fall into each cell."""
    until = np.clip(np.ceil(np.nan_to_num(cumulative) * draws - offset[..., None]), 0, draws)
    until[..., -1] = draws
    until[..., 1:] -= until[..., :-1].copy()
    return until.astype(np.intp)


def _autoregression(persistence: float, draws: int, rng: np.random.Generator) -> Floats:
    latent = rng.standard_normal((MAX_STEP, draws))
    latent[1:] *= np.sqrt(1 - persistence**2)
    for step in range(1, MAX_STEP):
        latent[step] += persistence * latent[step - 1]
    return latent


def _lines_within_cells(cumulative: Floats) -> tuple[Floats, Floats]:
    """Quantiles are linear in the level within a cell: start + slope * level."""
    floor = np.concatenate([np.zeros((*cumulative.shape[:2], 1)), cumulative[..., :-1]], axis=-1)
    slope = (GRID - _LOWER) / np.maximum(cumulative - floor, 1e-12)
    return _LOWER - floor * slope, slope

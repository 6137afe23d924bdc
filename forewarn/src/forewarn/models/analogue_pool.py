"""Past situations and what followed them, to be searched for those most like the present."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forewarn.contracts.panels import Floats
from forewarn.features.conflict_history import ConflictHistory
from forewarn.models.counts import GRID, distribution

SPANS = ((1, 2), (3, 6), (7, 14), (15, 24), (25, 36))  # steps that share their analogues
YEARS_BACK = 20
_ROWS_WANTED = 16_000
_FEWEST_ROWS = 30
_FIRST_MONTH = 24  # a situation needs two years behind it
_NEIGHBOURS = 1000
_BANDWIDTH_NEIGHBOUR = 100
_LEVEL_OF_CAUTION = 100.0  # deaths a month, above which the trend's extrapolation counts for less than half
_RIDGE = 30.0
_PREDICTORS = (
    "mean_log_1", "mean_log_3", "mean_log_6", "mean_log_12", "mean_log_24", "mean_log_60",
    "share_12", "share_60", "log_mean_12",
)  # fmt: skip
_PLACE = ("mean_log_1", "log_mean_3", "log_mean_6", "log_mean_12", "log_mean_24", "log_mean_60")
_DECIMALS = 6

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class LogTrend:
    """Ridge regression of the mean log(1 + deaths) of a span's months on a unit's history."""

    centre: Floats
    scale: Floats
    slope: Floats
    intercept: float

    @classmethod
    def fit(cls, predictors: Floats, target: Floats) -> "LogTrend":
        """Fit on ``predictors`` (rows, columns) and ``target`` (rows)."""
        centre, scale = predictors.mean(axis=0), predictors.std(axis=0) + 1e-9
        z = (predictors - centre) / scale
        intercept = float(target.mean())
        gram = np.einsum("ij,ik->jk", z, z) + _RIDGE * np.eye(z.shape[1])
        slope = np.linalg.solve(gram, np.einsum("ij,i->j", z, target - intercept))
        return cls(centre, scale, slope, intercept)

    def predict(self, predictors: Floats) -> Floats:
        """The expected mean log(1 + deaths) of the span, one a row."""
        z = (predictors - self.centre) / self.scale
        return np.asarray(np.round(self.intercept + np.einsum("...j,j->...", z, self.slope), _DECIMALS))


@dataclass(frozen=True)
class SpanPool:
    """Past situations with their outcomes for the steps ``first`` to ``last``.

    Attributes:
        first: the span's first step.
        quiet: shape (quiet rows, steps): what followed five years without a death.
        places: shape (rows, dimensions): where each violent situation lies.
        expected: the trend's expectation for each of them.
        level: their deaths a month, plus one.
        outcomes: shape (rows, steps): the deaths that followed.
        trend: what gave ``expected``.
    """

    first: int
    quiet: Floats
    places: Floats
    expected: Floats
    level: Floats
    outcomes: Floats
    trend: LogTrend | None


def build_pool(values: Floats, history: ConflictHistory, span: tuple[int, int]) -> SpanPool:
    """Collect every situation of the last twenty years whose whole span had passed by the last month.

    Args:
        values: shape (units, months), NaN where not observed; its last month is the newest one known.
        history: the features of these values.
        span: first and last step.
    """
    first, last = span
    months = _situation_months(values.shape, last)
    outcomes = np.stack([values[:, months + step] for step in range(first, last + 1)], axis=-1)
    outcomes = outcomes.reshape(-1, last - first + 1)
    complete = ~np.isnan(outcomes).any(axis=1)
    quiet = history.quiet[:, months].ravel()
    violent = np.flatnonzero(complete & ~quiet)
    predictors = history.columns(*_PREDICTORS)[:, months].reshape(-1, len(_PREDICTORS))[violent]
    calm = outcomes[complete & quiet]
    if len(violent) < _FEWEST_ROWS:
        return SpanPool(first, calm, *_nothing(last - first + 1), None)
    trend = LogTrend.fit(predictors, np.log1p(outcomes[violent]).mean(axis=1))
    expected = trend.predict(predictors)
    where = _places(history, months).reshape(-1, len(_PLACE) + 1)[violent]
    level = history.level[:, months].ravel()[violent] + 1
    return SpanPool(first, calm, _with_trend(where, expected), expected, level, outcomes[violent], trend)


def pooled_distributions(pool: SpanPool, history: ConflictHistory, steps: list[int]) -> Floats:
    """Distribution functions of the deaths ``steps`` after the history's last month, by analogy.

    Returns:
        Shape (units, steps, cells); NaN for a unit without enough analogues.
    """
    columns = [step - pool.first for step in steps]
    now = np.array([history.table.shape[1] - 1])
    result = np.full((len(history.table), len(steps), len(GRID)), np.nan)
    quiet = history.quiet[:, -1]
    if len(pool.quiet) >= _FEWEST_ROWS:
        calm = pool.quiet[:, columns].T
        result[quiet] = distribution(calm, np.ones(calm.shape))
    active = np.flatnonzero(~quiet)
    if pool.trend is not None and len(active):
        expected = pool.trend.predict(history.columns(*_PREDICTORS)[active, -1])
        places = _with_trend(_places(history, now)[active, 0], expected)
        level = history.level[active, -1] + 1
        result[active] = _by_neighbours(pool, places, expected, level, columns)
    return result


def _by_neighbours(
    pool: SpanPool, places: Floats, expected: Floats, level: Floats, columns: list[int]
) -> Floats:
    rows, weights = _neighbours(pool.places, places)
    trust = 1 / (1 + level / _LEVEL_OF_CAUTION)
    log_ratio = np.log(level[:, None] / pool.level[rows])
    shift = expected[:, None] - pool.expected[rows]
    factor = np.exp(trust[:, None] * shift + (1 - trust[:, None]) * log_ratio)
    outcomes = pool.outcomes[rows][..., columns]
    scaled = np.where(outcomes > 0, np.maximum(np.round(outcomes * factor[..., None], 3), 1), 0)
    by_step = scaled.transpose(0, 2, 1).reshape(-1, rows.shape[1])
    repeated = np.repeat(weights, len(columns), axis=0)
    return distribution(by_step, repeated).reshape(len(places), len(columns), -1)


def _neighbours(pool: Floats, places: Floats) -> tuple[Rows, Floats]:
    distance = np.zeros((len(places), len(pool)))
    for dimension in range(pool.shape[1]):
        distance += (places[:, dimension, None] - pool[None, :, dimension]) ** 2
    distance = np.round(distance, _DECIMALS)
    wanted = min(_NEIGHBOURS, len(pool))
    untied = distance + 1e-12 * np.arange(len(pool))  # else the processor would choose among equals
    nearest = np.argpartition(untied, wanted - 1, axis=1)[:, :wanted]
    near = np.take_along_axis(distance, nearest, axis=1)
    rank = min(_BANDWIDTH_NEIGHBOUR, max(10, len(pool) // 10), wanted - 1)
    bandwidth = np.partition(near, rank, axis=1)[:, rank, None]
    return nearest, np.exp(-near / (2 * bandwidth + 1e-6))


def _places(history: ConflictHistory, months: Rows) -> Floats:
    where = 0.5 * history.columns(*_PLACE)[:, months]
    flare_ups = 2 * history.columns("share_24")[:, months]
    return np.concatenate([where, flare_ups], axis=-1)


def _with_trend(places: Floats, expected: Floats) -> Floats:
    return np.concatenate([places, 2 * expected[:, None]], axis=1)


def _situation_months(shape: tuple[int, ...], last_step: int) -> Rows:
    units, months = shape
    newest = months - 1 - last_step
    stride = min(3, max(1, -(-units * 12 * YEARS_BACK // _ROWS_WANTED)))
    return np.arange(newest, max(_FIRST_MONTH - 1, newest - 12 * YEARS_BACK), -stride)


def _nothing(steps: int) -> tuple[Floats, Floats, Floats, Floats]:
    return np.empty((0, len(_PLACE) + 2)), np.empty(0), np.empty(0), np.empty((0, steps))

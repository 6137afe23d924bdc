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
_UNIT_YEARS_OF_DOUBT = 50
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
class ViolentPast:
    """Situations with a death in the five years before.

    Attributes:
        places: shape (rows, dimensions): where each lies.
        expected: what the trend expected of each.
        level: deaths a month then, plus one.
        outcomes: shape (rows, steps): the deaths that followed.
        trend: what gave ``expected``.
    """

    places: Floats
    expected: Floats
    level: Floats
    outcomes: Floats
    trend: LogTrend


@dataclass(frozen=True)
class SpanPool:
    """Past situations with their outcomes for one span of steps.

    Attributes:
        first: the span's first step.
        quiet: shape (rows, steps): what followed five years without a death.
        violent: the other situations; None where there are too few.
        stride: months between one situation of a unit and the next.
    """

    first: int
    quiet: Floats
    violent: ViolentPast | None
    stride: int

    def trust(self, quiet: npt.NDArray[np.bool_]) -> Floats:
        """How far the analogues of quiet and of other units can be relied on, 0 to 1: by their number."""
        rows = np.where(quiet, len(self.quiet), 0 if self.violent is None else len(self.violent.level))
        unit_years = rows * self.stride / 12
        return np.asarray(unit_years / (unit_years + _UNIT_YEARS_OF_DOUBT))


def build_pool(values: Floats, history: ConflictHistory, span: tuple[int, int]) -> SpanPool:
    """Collect every situation of the last twenty years whose whole span had passed by the last month.

    Args:
        values: shape (units, months), NaN where not observed; its last month is the newest one known.
        history: the features of these values.
        span: first and last step.
    """
    first, last = span
    stride = min(3, max(1, -(-len(values) * 12 * YEARS_BACK // _ROWS_WANTED)))
    months = _situation_months(values.shape[1], last, stride)
    outcomes = np.stack([values[:, months + step] for step in range(first, last + 1)], axis=-1)
    outcomes = outcomes.reshape(-1, last - first + 1)
    complete = ~np.isnan(outcomes).any(axis=1)
    quiet = history.quiet[:, months].ravel()
    violent = _violent_past(history, months, outcomes, np.flatnonzero(complete & ~quiet))
    return SpanPool(first, outcomes[complete & quiet], violent, stride)


def _violent_past(history: ConflictHistory, months: Rows, outcomes: Floats, rows: Rows) -> ViolentPast | None:
    if len(rows) < _FEWEST_ROWS:
        return None
    predictors = history.columns(*_PREDICTORS)[:, months].reshape(-1, len(_PREDICTORS))[rows]
    trend = LogTrend.fit(predictors, np.log1p(outcomes[rows]).mean(axis=1))
    expected = trend.predict(predictors)
    where = _places(history, months).reshape(-1, len(_PLACE) + 1)[rows]
    level = history.level[:, months].ravel()[rows] + 1
    return ViolentPast(_with_trend(where, expected), expected, level, outcomes[rows], trend)


def pooled_distributions(pool: SpanPool, history: ConflictHistory, steps: list[int]) -> Floats:
    """Distribution functions of the deaths ``steps`` after the history's last month, by analogy.

    Returns:
        Shape (units, steps, cells); NaN for a unit without enough analogues.
    """
    columns = [step - pool.first for step in steps]
    result = np.full((len(history.table), len(steps), len(GRID)), np.nan)
    quiet = history.quiet[:, -1]
    if len(pool.quiet) >= _FEWEST_ROWS:
        calm = pool.quiet[:, columns].T
        result[quiet] = distribution(calm, np.ones(calm.shape))
    active = np.flatnonzero(~quiet)
    if pool.violent is not None and len(active):
        now = np.array([history.table.shape[1] - 1])
        expected = pool.violent.trend.predict(history.columns(*_PREDICTORS)[active, -1])
        places = _with_trend(_places(history, now)[active, 0], expected)
        level = history.level[active, -1] + 1
        result[active] = _by_neighbours(pool.violent, places, expected, level, columns)
    return result


def _by_neighbours(
    pool: ViolentPast, places: Floats, expected: Floats, level: Floats, columns: list[int]
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


def _situation_months(months: int, last_step: int, stride: int) -> Rows:
    newest = months - 1 - last_step
    return np.arange(newest, max(_FIRST_MONTH - 1, newest - 12 * YEARS_BACK), -stride)

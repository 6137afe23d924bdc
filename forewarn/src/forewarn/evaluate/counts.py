"""Scores of forecasts of counts, one value a forecast; each with its formula, its source and an example."""

import numpy as np
import scoringrules

from forewarn.contracts.panels import Floats

IGN_BINS: Floats = np.array([0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])
LOW, HIGH = 0.05, 0.95  # the central 90 % interval lies between these quantiles
_ALPHA = 0.1


def crps(observed: Floats, draws: Floats) -> Floats:
    """Continuous ranked probability score: E|X - y| - E|X - X'| / 2 over the draws X, X' of a forecast.

    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437; the draws taken as the whole
    distribution (quantile decomposition, Jordan et al. 2019).

    Args:
        observed: shape (...), in deaths; NaN gives NaN.
        draws: shape (..., draws).

    >>> crps(np.array(3.0), np.array([1.0, 3.0])).round(3).item()
    0.5
    """
    return np.reshape(scoringrules.crps_ensemble(observed, draws, estimator="qd"), np.shape(observed))


def log_score(observed: Floats, draws: Floats) -> Floats:
    """Ignorance in bits: -log2 of the share of draws in the outcome's bin, one draw added to every bin.

    With m draws and k bins: -log2((draws in the bin + 1) / (m + k)). Bins start at 0, 0.5, 2.5, 5.5, 10.5,
    25.5, 50.5, 100.5, 250.5, 500.5 and 1000.5. Source: Roulston and Smith (2002), doi:10.1175/1520-0493(2002)
    130<1653:EPFUIT>2.0.CO;2; bins and smoothing as in the VIEWS prediction challenge 2023/24.

    >>> log_score(np.array(0.0), np.zeros(1000)).round(4).item()
    0.0143
    """
    outcome = np.digitize(observed, IGN_BINS)
    hits = (np.digitize(draws, IGN_BINS) == outcome[..., None]).sum(axis=-1)
    score = -np.log2((hits + 1) / (draws.shape[-1] + len(IGN_BINS)))
    return np.where(np.isnan(observed), np.nan, score)


def interval(draws: Floats) -> tuple[Floats, Floats]:
    """Ends of the central 90 % interval: the draws' 5 % and 95 % quantiles (linear between draws).

    >>> [end.item() for end in interval(np.arange(101.0))]
    [5.0, 95.0]
    """
    low, high = np.quantile(draws, [LOW, HIGH], axis=-1)
    return low, high


def interval_score(observed: Floats, draws: Floats) -> Floats:
    """Interval score at 90 %: width, plus 2 / 0.1 for each death by which the outcome lies outside.

    (u - l) + 20 max(l - y, 0) + 20 max(y - u, 0). Source: Gneiting and Raftery (2007), equation 43. Its mean
    is the MIS.

    >>> interval_score(np.array(97.0), np.arange(101.0)).round(6).item()
    130.0
    """
    low, high = interval(draws)
    score = scoringrules.interval_score(observed, low, high, _ALPHA)  # it drops dimensions of length 1
    return np.reshape(score, np.shape(observed))


def squared_log_error(observed: Floats, draws: Floats) -> Floats:
    """(log(1 + y) - mean of log(1 + X))²: the point forecast is the one that this very score asks for.

    The mean of the log draws minimises the expected squared log error: Gneiting (2011),
    doi:10.1198/jasa.2011.r10138. Its mean is the MSLE.

    >>> squared_log_error(np.array(0.0), np.expm1(np.array([0.0, 2.0]))).round(6).item()
    1.0
    """
    return np.asarray((np.log1p(observed) - np.log1p(draws).mean(axis=-1)) ** 2)


def covered(observed: Floats, draws: Floats) -> Floats:
    """1 where the outcome lies in the closed central 90 % interval, else 0.

    >>> covered(np.array([5.0, 4.9]), np.arange(101.0) * np.ones((2, 1))).tolist()
    [1.0, 0.0]
    """
    low, high = interval(draws)
    inside = ((observed >= low) & (observed <= high)).astype(float)
    return np.where(np.isnan(observed), np.nan, inside)


def covered_split(observed: Floats, draws: Floats) -> Floats:
    """The part of the outcome's own probability that lies between 5 % and 95 %: coverage without ties.

    With a = P(X < y), b = P(X <= y): the share of [a, b] inside [0.05, 0.95]; where a = b, whether a is
    inside. Its mean is 0.9 for a perfect forecast of counts, however many zeros. Source: the nonrandomised
    probability integral transform of Czado, Gneiting and Held (2009), doi:10.1111/j.1541-0420.2009.01191.x.

    >>> covered_split(np.array(0.0), np.zeros(10)).round(6).item()
    0.9
    """
    below = (draws < observed[..., None]).mean(axis=-1)
    until = (draws <= observed[..., None]).mean(axis=-1)
    width = until - below
    part = (np.clip(until, LOW, HIGH) - np.clip(below, LOW, HIGH)) / np.where(width > 0, width, 1)
    tie_free = ((until > LOW) & (until < HIGH)).astype(float)
    return np.where(np.isnan(observed), np.nan, np.where(width > 0, part, tie_free))

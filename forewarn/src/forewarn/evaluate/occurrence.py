"""Scores of probabilities that something happens at all, through scoringrules and scikit-learn."""

import numpy as np
import scoringrules

from forewarn.contracts.panels import Floats
from forewarn.contracts.scores import OccurrenceScores, ReliabilityBin

_BINS = 10


def brier(happened: Floats, probability: Floats) -> Floats:
    """Brier score, one a forecast: (p - o)². Source: Brier (1950).

    >>> brier(np.array([1.0, 0.0]), np.array([0.8, 0.5])).round(2).tolist()
    [0.04, 0.25]
    """
    return np.asarray(scoringrules.brier_score(happened, probability))


def roc_auc(happened: Floats, probability: Floats) -> float | None:
    """Chance that a case that happened had the higher probability than one that did not; ties half.

    Source: Hanley and McNeil (1982). None where only one of the two outcomes occurred.

    >>> roc_auc(np.array([0.0, 1.0, 0.0]), np.array([0.1, 0.4, 0.4]))
    0.75
    """
    if happened.min() == happened.max():
        return None
    from sklearn.metrics import roc_auc_score  # slow to load, and forecasts alone don't need it

    return float(roc_auc_score(happened, probability))


def average_precision(happened: Floats, probability: Floats) -> float | None:
    """Sum over thresholds of (recall gained) times precision. None where the event never occurred.

    Source: scikit-learn's step-wise form, which does not interpolate (Davis and Goadrich 2006).

    >>> average_precision(np.array([0.0, 1.0]), np.array([0.9, 0.4]))
    0.5
    """
    if not happened.any():
        return None
    from sklearn.metrics import average_precision_score  # as above

    return float(average_precision_score(happened, probability))


def reliability(happened: Floats, probability: Floats) -> tuple[ReliabilityBin, ...]:
    """Forecasts in ten bins of equal width: mean probability said, share that happened, how many.

    Source: Murphy and Winkler (1977). Empty bins are left out.

    >>> reliability(np.array([0.0, 1.0, 1.0]), np.array([0.04, 0.06, 1.0]))[0]
    ReliabilityBin(mean_probability=0.05, observed_share=0.5, n=2)
    """
    place = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    return tuple(
        ReliabilityBin(float(probability[chosen].mean()), float(happened[chosen].mean()), int(chosen.sum()))
        for chosen in (place == index for index in np.unique(place))
    )


def occurrence_scores(event: str, happened: Floats, probability: Floats) -> OccurrenceScores:
    """All of the above for one event; cases without an outcome (NaN) are left out.

    >>> occurrence_scores("deaths >= 1", np.array([0.0, 1.0, np.nan]), np.array([0.2, 0.8, 0.5])).n
    2
    """
    known = ~np.isnan(happened).ravel()
    happened, probability = happened.ravel()[known], probability.ravel()[known]
    return OccurrenceScores(
        event=event,
        brier=float(brier(happened, probability).mean()),
        roc_auc=roc_auc(happened, probability),
        average_precision=average_precision(happened, probability),
        base_rate=float(happened.mean()),
        reliability=reliability(happened, probability),
        n=len(happened),
    )

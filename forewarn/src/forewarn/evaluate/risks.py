"""Scores of risks, pooled and by year, and how sure the difference between two models is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forewarn.contracts.panels import Floats
from forewarn.contracts.record import DataSpan, Record
from forewarn.contracts.risk_scores import RiskScores
from forewarn.contracts.scores import Difference, ReliabilityBin
from forewarn.evaluate.bootstrap import interval_ends, resampled
from forewarn.evaluate.occurrence import average_precision, brier, reliability, roc_auc
from forewarn.evaluate.record import Scored, ratios, risk_misses

_COMPARED = ("roc_auc", "average_precision", "brier")
_BINS = 10
_RESAMPLES_AT_ONCE = 100
_LEAST = 1e-12


@dataclass(frozen=True)
class Cases:
    """What happened, and to whom.

    Attributes:
        happened: 0 or 1, shape (cases,).
        year: of each case.
        unit: the number of each case's unit; a unit's cases stay together when resampled.
    """

    happened: Floats
    year: npt.NDArray[np.intp]
    unit: npt.NDArray[np.intp]

    def part(self, chosen: npt.NDArray[np.bool_]) -> "Cases":
        """The chosen cases alone."""
        return Cases(self.happened[chosen], self.year[chosen], self.unit[chosen])


def risk_scores(happened: Floats, risk: Floats, *, rare: bool = False) -> RiskScores:
    """Every score of some cases.

    Args:
        happened: 0 or 1.
        risk: the probabilities that were said.
        rare: reliability in ten bins of equally many cases instead of equal width.

    >>> risk_scores(np.array([0.0, 1.0]), np.array([0.0, 1.0])).reliability_slope
    1.0
    """
    spread = bool(happened.min() != happened.max() and risk.min() != risk.max())
    return RiskScores(
        roc_auc=roc_auc(happened, risk),
        average_precision=average_precision(happened, risk),
        brier=float(brier(happened, risk).mean()),
        n=len(happened),
        base_rate=float(happened.mean()),
        mean_probability=float(risk.mean()),
        reliability_slope=_slope(happened, risk) if spread else None,
        log_odds_slope=_log_odds_slope(happened, risk) if spread else None,
        reliability=equal_bins(happened, risk) if rare else reliability(happened, risk),
    )


def risk_record(
    cases: Cases,
    risks: Mapping[str, Floats],
    benchmarks: Sequence[str],
    *,
    units: Sequence[str],
    when: Sequence[str],
    data: DataSpan,
    parts: Mapping[str, npt.NDArray[np.bool_]],
    seed: int,
) -> Record:
    """Ratios of the Brier score by part, year and unit, and each model's worst misses.

    Args:
        cases: what happened.
        risks: by model, the probability of each case.
        benchmarks: names of the plain models.
        units: names, by the cases' unit numbers.
        when: the origin of each case.
        data: what the evaluation was made on.
        parts: cases to be told apart, by name.
        seed: of the resampling.
    """
    wrong = {name: brier(cases.happened, risk) for name, risk in risks.items()}
    scored = Scored("brier", wrong, cases.unit, cases.year, units)
    names = [units[unit] for unit in cases.unit.tolist()]
    return Record(
        data,
        ratios(scored, benchmarks, seed=seed, parts=parts),
        risk_misses(risks, cases.happened, names, when),
    )


def scores_by_year(cases: Cases, risk: Floats, *, rare: bool = False) -> dict[int, RiskScores]:
    """The scores of each year's cases."""
    return {
        int(year): risk_scores(cases.happened[cases.year == year], risk[cases.year == year], rare=rare)
        for year in np.unique(cases.year)
    }


def equal_bins(happened: Floats, risk: Floats) -> tuple[ReliabilityBin, ...]:
    """Cases in ten bins by ascending risk, as many in each as in the next to within one.

    >>> equal_bins(np.array([0.0, 1.0]), np.array([0.1, 0.2]))[1]
    ReliabilityBin(mean_probability=0.2, observed_share=1.0, n=1)
    """
    order = np.argsort(risk, kind="stable")
    return tuple(
        ReliabilityBin(float(risk[chosen].mean()), float(happened[chosen].mean()), len(chosen))
        for chosen in np.array_split(order, _BINS)
        if len(chosen)
    )


def risk_differences(
    cases: Cases, risks: Mapping[str, Floats], benchmarks: Sequence[str], *, seed: int, prefix: str = ""
) -> tuple[Difference, ...]:
    """Every model against every other that is a benchmark, with the 95 % interval over resampled units.

    The pairs cluster bootstrap (Cameron, Gelbach and Miller 2008): both models on the same resample.
    Resamples in which nothing, or everything, happened are left out.
    """
    weights = resampled(int(cases.unit.max()) + 1, seed)
    once = {name: _weighed(cases, risk, np.ones((1, weights.shape[1]))) for name, risk in risks.items()}
    often = {name: _weighed(cases, risk, weights) for name, risk in risks.items()}
    made = []
    for model in risks:
        for benchmark in (name for name in benchmarks if name in risks and name != model):
            for score in _COMPARED:
                among = often[model][score] - often[benchmark][score]
                among = among[~np.isnan(among)]
                whole = float(once[model][score][0] - once[benchmark][score][0])
                if len(among) and not np.isnan(whole):
                    made.append(Difference(model, benchmark, prefix + score, whole, *interval_ends(among)))
    return tuple(made)


def _weighed(cases: Cases, risk: Floats, weights: Floats) -> dict[str, Floats]:
    """The compared scores with each unit counted so many times; ``weights`` has shape (resamples, units)."""
    order = np.argsort(-risk, kind="stable")
    starts = np.flatnonzero(np.diff(risk[order], prepend=np.inf))  # equal risks are one threshold
    happened, unit = cases.happened[order], cases.unit[order]
    wrong = brier(happened, risk[order])
    parts: dict[str, list[Floats]] = {score: [] for score in _COMPARED}
    for first in range(0, len(weights), _RESAMPLES_AT_ONCE):
        each = weights[first : first + _RESAMPLES_AT_ONCE][:, unit]
        hits = np.add.reduceat(each * happened, starts, axis=1)
        misses = np.add.reduceat(each * (1 - happened), starts, axis=1)
        area, precision = _areas(hits, misses)
        parts["roc_auc"].append(area)
        parts["average_precision"].append(precision)
        parts["brier"].append((each * wrong).sum(axis=1) / np.maximum(each.sum(axis=1), _LEAST))
    return {score: np.concatenate(each) for score, each in parts.items()}


def _areas(hits: Floats, misses: Floats) -> tuple[Floats, Floats]:
    """ROC area and average precision from counts at each threshold, highest first; (resamples,) each."""
    found, false = np.cumsum(hits, axis=1), np.cumsum(misses, axis=1)
    every, none = found[:, -1], false[:, -1]
    possible = (every > 0) & (none > 0)
    below = none[:, None] - false + misses / 2
    area = (hits * below).sum(axis=1) / np.where(possible, every * none, 1)
    precision = found / np.maximum(found + false, _LEAST)
    average = (hits * precision).sum(axis=1) / np.where(possible, every, 1)
    return np.where(possible, area, np.nan), np.where(possible, average, np.nan)


def _slope(happened: Floats, risk: Floats) -> float:
    away = risk - risk.mean()
    return float((away * happened).sum() / (away**2).sum())


def _log_odds_slope(happened: Floats, risk: Floats) -> float:
    from sklearn.linear_model import LogisticRegression  # slow to load, and counts don't need it

    kept = np.clip(risk, _LEAST, 1 - 1e-9)
    odds = np.log(kept) - np.log1p(-kept)
    # the penalty is too small to matter and keeps a perfect forecast's slope finite
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(odds[:, None], happened)
    return float(fitted.coef_[0, 0])

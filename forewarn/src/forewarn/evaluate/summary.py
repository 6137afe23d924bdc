"""From single scores to what is reported: means, comparisons, a summary of skill."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from forewarn.contracts.forecasts import Floats
from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Panel
from forewarn.contracts.record import DataSpan, Miss, Record
from forewarn.contracts.scores import Difference, ModelScores, RegimeCoverage, Scores, SkillSummary
from forewarn.evaluate.bootstrap import mean_difference_interval, ratio_interval
from forewarn.evaluate.occurrence import occurrence_scores
from forewarn.evaluate.record import Scored, ratios, worst
from forewarn.evaluate.rolling import THRESHOLDS, ScoreArrays

_MUCH = 25  # deaths a month
COMPARED = ("crps", "ign", "mis", "msle")


def model_scores(arrays: ScoreArrays, observed: Floats, origins: Sequence[Month]) -> ModelScores:
    """Means over everything and by origin, and the scores of reaching each threshold of deaths."""
    every = np.ones(len(origins), dtype=bool)
    by_origin = {
        format_month(origin): _means(arrays, np.arange(len(origins)) == index)
        for index, origin in enumerate(origins)
    }
    happened = {
        threshold: np.where(np.isnan(observed), np.nan, observed >= threshold) for threshold in THRESHOLDS
    }
    occurrence = tuple(
        occurrence_scores(f"deaths >= {threshold}", happened[threshold], arrays.exceedance[threshold])
        for threshold in THRESHOLDS
    )
    return ModelScores(_means(arrays, every), by_origin, occurrence)


def differences(
    arrays: dict[str, ScoreArrays], benchmarks: Sequence[str], *, seed: int
) -> tuple[Difference, ...]:
    """Every model against every other that is a benchmark, in each of the four scores."""
    return tuple(
        Difference(
            model,
            benchmark,
            score,
            *mean_difference_interval(
                arrays[model].scores[score], arrays[benchmark].scores[score], seed=seed
            ),
        )
        for model in arrays
        for benchmark in benchmarks
        if benchmark in arrays and benchmark != model
        for score in COMPARED
    )


def count_record(
    arrays: Mapping[str, ScoreArrays],
    panel: Panel,
    origins: Sequence[Month],
    steps: Sequence[int],
    benchmarks: Sequence[str],
    *,
    seed: int,
) -> Record:
    """Ratios of the CRPS by year forecast and by unit, and each model's worst misses."""
    first = next(iter(arrays.values())).scores["crps"]
    known = ~np.isnan(first)
    months = np.broadcast_to(np.add.outer(np.array(origins), np.array(steps))[:, None], first.shape)
    unit = np.broadcast_to(np.arange(first.shape[1])[None, :, None], first.shape)
    scored = Scored(
        "crps",
        {name: each.scores["crps"][known] for name, each in arrays.items()},
        unit[known],
        months[known] // 12,
        panel.units,
    )
    return Record(
        DataSpan(
            format_month(panel.start),
            format_month(panel.end),
            format_month(Month(max(origins))),
            int(known.any(axis=(0, 2)).sum()),
        ),
        ratios(scored, benchmarks, seed=seed),
        tuple(
            miss for name, each in arrays.items() for miss in _count_misses(name, each, panel, origins, steps)
        ),
    )


def _count_misses(
    name: str, arrays: ScoreArrays, panel: Panel, origins: Sequence[Month], steps: Sequence[int]
) -> list[Miss]:
    """A unit's worst month at each origin counts, so that one surprise is not told twelve times."""
    crps = np.nan_to_num(arrays.scores["crps"], nan=-1.0)
    when = crps.argmax(axis=2)
    found = []
    for at in worst(crps.max(axis=2).ravel()).tolist():
        origin, unit = divmod(at, crps.shape[1])
        step = int(when[origin, unit])
        median, low, high = arrays.said[origin, unit, step].tolist()
        month = Month(origins[origin] + steps[step])
        came = float(panel.values[unit, month - panel.start])
        found.append(
            Miss(
                name,
                panel.units[unit],
                format_month(origins[origin]),
                format_month(month),
                median,
                low,
                high,
                came,
                float(crps[origin, unit, step]),
            )
        )
    return found


def skill(
    arrays: tuple[ScoreArrays, ScoreArrays],
    names: tuple[str, str],
    origins: Sequence[Month],
    steps: Sequence[int],
    *,
    seed: int,
) -> SkillSummary:
    """A model's past skill against a benchmark, in the one score everyone is shown."""
    model, benchmark = arrays
    scores = _means(model, np.ones(len(origins), dtype=bool))
    ratio, low, high = ratio_interval(model.scores["crps"], benchmark.scores["crps"], seed=seed)
    return SkillSummary(
        model=names[0],
        benchmark=names[1],
        crps_model=scores.crps,
        crps_benchmark=float(np.nanmean(benchmark.scores["crps"])),
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        coverage_90=scores.coverage_90,
        coverage_90_violent=scores.coverage_90_violent,
        n_forecasts=scores.n,
        first_year=(min(origins) + min(steps)) // 12,
        last_year=(max(origins) + max(steps)) // 12,
    )


def _means(arrays: ScoreArrays, chosen: npt.NDArray[np.bool_]) -> Scores:
    means = {name: float(np.nanmean(each[chosen])) for name, each in arrays.scores.items()}
    violent = arrays.scores["coverage_90"][chosen][arrays.before.violent[chosen] > 0]
    known = ~np.isnan(violent)
    return Scores(
        **means,
        coverage_90_violent=float(violent[known].mean()) if known.any() else None,
        n=int((~np.isnan(arrays.scores["crps"][chosen])).sum()),
        by_regime=_by_regime(arrays, chosen),
    )


def _by_regime(arrays: ScoreArrays, chosen: npt.NDArray[np.bool_]) -> tuple[RegimeCoverage, ...]:
    level = arrays.before.level[chosen]
    closed, split = (arrays.scores[name][chosen] for name in ("coverage_90", "coverage_90_split"))
    regimes = {
        "none": level == 0,
        f"under {_MUCH}": (level > 0) & (level < _MUCH),
        f"{_MUCH} and more": level >= _MUCH,
    }
    found = []
    for name, within in regimes.items():
        known = ~np.isnan(closed[within])
        if known.any():
            found.append(
                RegimeCoverage(
                    name,
                    coverage_90=float(closed[within][known].mean()),
                    coverage_90_split=float(split[within][known].mean()),
                    n=int(known.sum()),
                )
            )
    return tuple(found)

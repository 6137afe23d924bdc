"""From single scores to a record in parts: ratios to the benchmarks by year and unit, the worst misses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forewarn.contracts.panels import Floats
from forewarn.contracts.record import Miss, Ratio
from forewarn.evaluate.bootstrap import interval_ends, resampled

MISSES = 10
_LEAST = 1e-12

Rows = npt.NDArray[np.intp]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scored:
    """Single scores of some models on the same forecasts, one a row.

    Attributes:
        score: its name.
        by_model: the scores, by model; the first is the one shown by unit.
        unit: the number of each row's unit.
        year: of each row.
        units: their names.
    """

    score: str
    by_model: Mapping[str, Floats]
    unit: Rows
    year: Rows
    units: Sequence[str]


def ratios(
    scored: Scored, benchmarks: Sequence[str], *, seed: int, parts: Mapping[str, Chosen] | None = None
) -> tuple[Ratio, ...]:
    """Every model against every benchmark: over all, over each of ``parts``, by year; the first by unit too.

    A part in which the benchmark made no error at all has no ratio and is left out.
    """
    everything = np.ones(len(scored.unit), dtype=bool)
    named = [("all", "", everything), *((name, "", chosen) for name, chosen in (parts or {}).items())]
    named += [("year", str(year), scored.year == year) for year in np.unique(scored.year)]
    by_unit = [("unit", str(scored.units[unit]), scored.unit == unit) for unit in np.unique(scored.unit)]
    found = []
    for place, model in enumerate(scored.by_model):
        for benchmark in (name for name in benchmarks if name in scored.by_model and name != model):
            for kind, part, chosen in named + (by_unit if place == 0 else []):
                ends = _ratio(scored, (model, benchmark), chosen, whole_units=kind != "unit", seed=seed)
                if ends is not None:
                    n = int(chosen.sum())
                    found.append(Ratio(model, benchmark, scored.score, kind, part, *ends, n))
    return tuple(found)


def _ratio(
    scored: Scored, names: tuple[str, str], chosen: Chosen, *, whole_units: bool, seed: int
) -> tuple[float, float, float] | None:
    above, below = (scored.by_model[name][chosen] for name in names)
    if not len(below) or below.sum() <= _LEAST:
        return None
    clusters = np.unique((scored.unit if whole_units else scored.year)[chosen], return_inverse=True)[1]
    weights = resampled(int(clusters.max()) + 1, seed)
    over = weights @ np.bincount(clusters, above)
    under = weights @ np.bincount(clusters, below)
    possible = under > _LEAST
    return float(above.sum() / below.sum()), *interval_ends(over[possible] / under[possible])


def worst(scores: Floats, most: int = MISSES) -> Rows:
    """Rows of the worst scores, the worst first; not more than one of equal worth is preferred by chance."""
    return np.argsort(-scores, kind="stable")[:most]


def risk_misses(
    risks: Mapping[str, Floats], happened: Floats, units: Sequence[str], when: Sequence[str]
) -> tuple[Miss, ...]:
    """Each model's cases with the largest log loss."""
    found = []
    for model, risk in risks.items():
        said = np.clip(risk, _LEAST, 1 - _LEAST)
        loss = -np.log2(np.where(happened > 0, said, 1 - said))
        found += [
            Miss(model, units[at], when[at], "", float(risk[at]), None, None, came, float(loss[at]))
            for at, came in ((at, float(happened[at])) for at in worst(loss).tolist())
        ]
    return tuple(found)

"""Rolling origin: a model is asked again and again as if it were then, and scored by what came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.forecasts import FittedModel, Floats, Model, Panel
from forewarn.contracts.months import Month, format_month
from forewarn.evaluate import counts

_VIOLENT_MONTHS, _LEVEL_MONTHS = 24, 12
THRESHOLDS = (1, 25)


SCORES: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "crps": counts.crps,
    "ign": counts.log_score,
    "mis": counts.interval_score,
    "msle": counts.squared_log_error,
    "coverage_90": counts.covered,
    "coverage_90_split": counts.covered_split,
}


@dataclass(frozen=True)
class Before:
    """What had been in each unit up to each origin, shape (origins, units).

    Attributes:
        violent: 1 where there was a death in the last 24 months.
        level: deaths a month over the last twelve.
    """

    violent: Floats
    level: Floats


@dataclass(frozen=True)
class ScoreArrays:
    """Every single score of one model.

    Attributes:
        scores: by the names of ``SCORES``, each of shape (origins, units, steps); NaN where not observed.
        exceedance: by threshold in deaths, the probability of at least so many; same shape.
        before: what had been in each unit up to each origin.
        said: median and the ends of the central 90 % interval, shape (origins, units, steps, 3).
    """

    scores: Mapping[str, Floats]
    exceedance: Mapping[int, Floats]
    before: Before
    said: Floats


def rolling_draws(
    model: Model, panel: Panel, origins: Sequence[Month], *, steps: Sequence[int], draws: int, seed: int
) -> Iterator[Floats]:
    """The model's draws at each origin, fitted afresh each time; shape (units, steps, draws).

    The random numbers depend on the seed and the origin alone, as in a forecast made at that origin.
    """
    for origin in origins:
        history = panel.until(origin)
        yield model.forecast(history, steps=steps, draws=draws, rng=np.random.default_rng((seed, origin)))


def rolling_draws_refitted_yearly(
    model: Model, panel: Panel, origins: Sequence[Month], *, steps: Sequence[int], draws: int, seed: int
) -> Iterator[Floats]:
    """As ``rolling_draws``, but what is learned is learned once for the origins of a calendar year.

    It is learned at the year's first origin; the history that a forecast starts from still ends at its own.
    """
    fitted: dict[int, FittedModel] = {}
    for origin in sorted(origins):
        history = panel.until(origin)
        year = origin // 12
        if year not in fitted:
            fitted = {year: model.fit(history)}
        rng = np.random.default_rng((seed, origin))
        yield fitted[year].forecast(history, steps=steps, draws=draws, rng=rng)


def outcomes(panel: Panel, origins: Sequence[Month], steps: Sequence[int]) -> Floats:
    """What came, shape (origins, units, steps).

    Raises:
        NotEnoughHistoryError: the panel ends before the last step of an origin, begins after it, or holds
            nothing for its steps.
    """
    for origin in origins:
        if origin < panel.start or origin + max(steps) > panel.end:
            raise NotEnoughHistoryError(
                f"origin {format_month(origin)} with step {max(steps)} lies outside the data, "
                f"{format_month(panel.start)} to {format_month(panel.end)}"
            )
    months = np.add.outer(np.array(origins), np.array(steps)) - panel.start
    came = panel.values[:, months].transpose(1, 0, 2)
    for origin, seen in zip(origins, came, strict=True):
        if np.isnan(seen).all():
            raise NotEnoughHistoryError(f"nothing was observed in the steps after {format_month(origin)}")
    return came


def before(panel: Panel, origins: Sequence[Month]) -> Before:
    """How violent the months up to each origin were; months not observed count as none."""
    so_far = [np.nan_to_num(panel.until(origin).values) for origin in origins]
    return Before(
        np.stack([(values[:, -_VIOLENT_MONTHS:].sum(axis=1) > 0).astype(float) for values in so_far]),
        np.stack([values[:, -_LEVEL_MONTHS:].mean(axis=1) for values in so_far]),
    )


def score_arrays(observed: Floats, forecasts: Iterator[Floats], so_far: Before) -> ScoreArrays:
    """Score draws as they come, one origin at a time, so that memory holds one origin's draws.

    Args:
        observed: shape (origins, units, steps).
        forecasts: for each origin draws of shape (units, steps, draws).
        so_far: what had been before each origin.
    """
    scores: dict[str, list[Floats]] = {name: [] for name in SCORES}
    exceedance: dict[int, list[Floats]] = {threshold: [] for threshold in THRESHOLDS}
    said: list[Floats] = []
    for seen, draws in zip(observed, forecasts, strict=True):
        for name, score in SCORES.items():
            scores[name].append(score(seen, draws))
        for threshold in THRESHOLDS:
            exceedance[threshold].append((draws >= threshold).mean(axis=-1))
        said.append(np.moveaxis(np.quantile(draws, (0.5, counts.LOW, counts.HIGH), axis=-1), 0, -1))
    return ScoreArrays(
        {name: np.stack(each) for name, each in scores.items()},
        {threshold: np.stack(each) for threshold, each in exceedance.items()},
        so_far,
        np.stack(said),
    )

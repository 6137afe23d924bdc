"""Forecasts of deaths taken apart: which past months they draw from, and what similar situations add."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forewarn.contracts.errors import UnknownModelError
from forewarn.contracts.explanations import Alternative, DrawnMonth, Driver, Drivers
from forewarn.contracts.forecasts import FittedModel
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats, Panel
from forewarn.explain.additive import added_up
from forewarn.explain.neighbours import Past, all_known
from forewarn.features.conflict_history import conflict_history
from forewarn.models.analogue_pool import SPANS, pooled_distributions
from forewarn.models.analogues import OWN_MONTHS, Analogues, FittedAnalogues, own_weights, share_of_analogues
from forewarn.models.benchmarks import GeometricMean6, LastPoisson, OwnHistory12, OwnHistory24, Zeros
from forewarn.models.counts import as_drawn, mean_of

SIMILAR = "similar_situations"
# Months ago, the newest being 0; first and last of each.
OWN_SPANS = {
    "own_last_3": (0, 2),
    "own_months_4_12": (3, 11),
    "own_months_13_24": (12, 23),
    "own_years_3_10": (24, OWN_MONTHS - 1),
}
ALIKE = ("mean_log_1", "log_mean_3", "log_mean_12", "log_mean_24", "log_mean_60", "share_24")
USUAL_MONTHS = 240
_ALTERNATIVES = 3


@dataclass(frozen=True)
class Mixture:
    """A forecast as weights on past months.

    Attributes:
        values: the last months as the model draws them, shape (units, months); NaN where not observed.
        weights: of each month, shape (units, steps, months).
        similar_weight: of what followed similar situations, shape (units, steps).
        similar_mean: the mean of that, same shape.
    """

    values: Floats
    weights: Floats
    similar_weight: Floats
    similar_mean: Floats

    @property
    def means(self) -> Floats:
        """Expected deaths, shape (units, steps)."""
        own = np.einsum("usm,um->us", self.weights, np.nan_to_num(self.values))
        return np.asarray(own + self.similar_weight * self.similar_mean)


def mixture_of(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> Mixture:
    """How a fitted model makes its distributions from the months of ``history``.

    Raises:
        UnknownModelError: nobody has said how this model works.
    """
    for kind, explain in _MIXTURES.items():
        if isinstance(fitted, kind):
            return explain(fitted, history, steps)
    raise UnknownModelError(f"forecasts by {type(fitted).__name__} cannot be taken apart")


def count_drivers(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> list[Drivers]:
    """For each unit what moves its expected deaths in all the steps together away from its usual.

    The usual is the unit's mean month of its last twenty years. Spans of its own months, and what followed
    similar situations, each have a weight and move the forecast by that times how far they lie from the
    usual: exact, since the forecast is a mixture.
    """
    if isinstance(fitted, GeometricMean6):
        return _geometric_drivers(history)
    mixture = mixture_of(fitted, history, steps)
    usual = _usual(as_drawn(history.values) if isinstance(fitted, FittedAnalogues) else history.values)
    outputs = mixture.means.sum(axis=1)
    drawn = np.abs(mixture.weights).sum() + mixture.similar_weight.sum() > 0
    return [
        added_up(
            "deaths",
            len(steps) * base if drawn else 0.0,
            float(outputs[unit]),
            [*_own_drivers(mixture, unit, base, history), *_similar(mixture, unit, base)],
        )
        for unit, base in enumerate(usual.tolist())
    ]


def drawn_months(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> list[tuple[DrawnMonth, ...]]:
    """For each unit its past months with their share of the draws over all steps, the newest first."""
    mixture = mixture_of(fitted, history, steps)
    share = mixture.weights.mean(axis=1)
    months = mixture.values.shape[1]
    shown = history.values[:, -months:]
    return [
        tuple(
            DrawnMonth(Month(history.end - ago), float(shown[unit, -1 - ago]), float(share[unit, -1 - ago]))
            for ago in range(months)
            if share[unit, -1 - ago] > 0
        )
        for unit in range(len(history.units))
    ]


def count_alternatives(
    fitted: FittedModel, history: Panel, steps: Sequence[int], unit: int, drivers: Drivers
) -> tuple[Alternative, ...]:
    """What the model would expect if one span of the unit's own months were as usual; for its top drivers."""
    alone = replace(history, units=(history.units[unit],), values=history.values[[unit]])
    usual = float(np.round(_usual(alone.values)[0]))
    found = []
    for driver in drivers.drivers:
        if driver.name in OWN_SPANS and driver.months is not None:
            values = alone.values.copy()
            first, last = (month - history.start for month in driver.months)
            values[:, max(0, first) : last + 1] = usual
            output = expected_deaths(fitted, replace(alone, values=values), steps)[0]
            found.append(Alternative(driver.name, driver.value, usual, float(output)))
    return tuple(found[:_ALTERNATIVES])


def expected_deaths(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> Floats:
    """Expected deaths in all the steps together, shape (units,)."""
    if isinstance(fitted, GeometricMean6):
        recent = np.log1p(history.values[:, -_GEOMETRIC_MONTHS:])
        return np.asarray(len(steps) * np.expm1(np.nanmean(recent, axis=1)))
    return np.asarray(mixture_of(fitted, history, steps).means.sum(axis=1))


def count_past(history: Panel) -> Past:
    """A panel of deaths as similar situations are looked for: how deadly it was lately, and how often."""
    features = conflict_history(history.values).columns(*ALIKE)
    known = all_known(history.units, history.values.shape[1])
    return Past(history.units, history.start, history.values, features, known)


def _of_analogues(fitted: FittedAnalogues, history: Panel, steps: Sequence[int]) -> Mixture:
    recent = history.values[:, -min(OWN_MONTHS, history.values.shape[1]) :]
    features = conflict_history(history.values)
    own = np.stack([own_weights(recent, step) for step in steps], axis=1)
    own /= own.sum(axis=-1, keepdims=True)
    weight, mean = np.zeros(own.shape[:2]), np.zeros(own.shape[:2])
    for pool, (first, last) in zip(fitted.pools, SPANS, strict=True):
        asked = [place for place, step in enumerate(steps) if first <= step <= last]
        if asked:
            found = mean_of(pooled_distributions(pool, features, [steps[place] for place in asked]))
            there = ~np.isnan(found)
            weight[:, asked] = np.where(there, share_of_analogues(pool, features)[:, None], 0.0)
            mean[:, asked] = np.where(there, found, 0.0)
    return Mixture(as_drawn(recent), own * (1 - weight)[..., None], weight, mean)


def _of_last_months(months: int) -> Callable[[FittedModel, Panel, Sequence[int]], Mixture]:
    def explain(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> Mixture:  # noqa: ARG001 -- called as all are
        recent = history.values[:, -months:]
        seen = (~np.isnan(recent)).astype(float)
        weights = seen / np.maximum(seen.sum(axis=1, keepdims=True), 1)
        nothing = np.zeros((len(recent), len(steps)))
        return Mixture(recent, np.repeat(weights[:, None], len(steps), axis=1), nothing, nothing)

    return explain


def _of_nothing(fitted: FittedModel, history: Panel, steps: Sequence[int]) -> Mixture:  # noqa: ARG001 -- called as all are
    nothing = np.zeros((len(history.units), len(steps)))
    return Mixture(history.values[:, -1:], nothing[..., None], nothing, nothing)


_GEOMETRIC_MONTHS = 6
_MIXTURES: dict[type, Callable[..., Mixture]] = {
    FittedAnalogues: _of_analogues,
    OwnHistory12: _of_last_months(OwnHistory12.months),
    OwnHistory24: _of_last_months(OwnHistory24.months),
    LastPoisson: _of_last_months(1),
    GeometricMean6: _of_last_months(_GEOMETRIC_MONTHS),
    Zeros: _of_nothing,
}
EXPLAINED = tuple(
    kind.name for kind in (Analogues, OwnHistory12, OwnHistory24, LastPoisson, GeometricMean6, Zeros)
)
"""Names of the models that can be taken apart."""


def _own_drivers(mixture: Mixture, unit: int, usual: float, history: Panel) -> list[Driver]:
    months = mixture.values.shape[1]
    values, weights = mixture.values[unit], mixture.weights[unit].sum(axis=0)
    shown = history.values[unit, -months:]
    ago = np.arange(months)[::-1]
    found = []
    for name, (newest, oldest) in OWN_SPANS.items():
        within = (ago >= newest) & (ago <= oldest) & ~np.isnan(values)
        if weights[within].sum() > 0:
            moved = float((weights[within] * (values[within] - usual)).sum())
            last = min(oldest, months - 1)
            span = (Month(history.end - last), Month(history.end - newest))
            found.append(Driver(name, moved, float(shown[within].mean()), usual, span, history.outcome))
    return found


def _similar(mixture: Mixture, unit: int, usual: float) -> list[Driver]:
    weight, mean = mixture.similar_weight[unit], mixture.similar_mean[unit]
    if not weight.any():
        return []
    moved = float((weight * (mean - usual)).sum())
    return [Driver(SIMILAR, moved, float(np.average(mean, weights=weight)), usual)]


def _geometric_drivers(history: Panel) -> list[Drivers]:
    recent = np.log1p(history.values[:, -_GEOMETRIC_MONTHS:])
    usual = _usual(np.log1p(history.values))
    begins = history.end - recent.shape[1] + 1
    found = []
    for row, base in zip(recent, usual.tolist(), strict=True):
        seen = np.flatnonzero(~np.isnan(row))
        spans = {"own_last_3": seen[seen >= len(row) - 3], "own_months_4_6": seen[seen < len(row) - 3]}
        drivers = [
            Driver(
                name,
                float((row[columns] - base).sum() / len(seen)),
                float(np.expm1(row[columns].mean())),
                float(np.expm1(base)),
                (Month(begins + int(columns[0])), Month(begins + int(columns[-1]))),
                history.outcome,
            )
            for name, columns in spans.items()
            if len(columns)
        ]
        found.append(added_up("log_deaths", base, float(np.nanmean(row)), drivers))
    return found


def _usual(values: Floats) -> Floats:
    """Mean of each unit's observed months of its last twenty years, shape (units,)."""
    recent = values[:, -USUAL_MONTHS:]
    observed = np.maximum((~np.isnan(recent)).sum(axis=1), 1)
    return np.asarray(np.nan_to_num(recent).sum(axis=1) / observed)

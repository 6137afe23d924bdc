"""The default model: half a country's own recent months, half what followed situations like its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forewarn.contracts.forecasts import MAX_STEP, Floats, Panel
from forewarn.features.conflict_history import ConflictHistory, conflict_history
from forewarn.models.analogue_pool import SPANS, SpanPool, build_pool, pooled_distributions
from forewarn.models.counts import GRID, distribution, draw_paths
from forewarn.models.history import last_months, require_months
from forewarn.models.registry import register

# Chosen once, by CRPS and log score at origins of 2003 to 2014; see docs/explanation/forecasts.md.
SHORTEST_HISTORY = 24
OWN_MONTHS = 120
_SHARE_WHEN_VIOLENT, _SHARE_WHEN_QUIET, _HALF_WAY = 0.4, 0.8, 30.0
_PERSISTENCE = 0.8


@register
@dataclass(frozen=True)
class Analogues:
    """A mixture of two distributions for each country and step.

    One is the country's own last ten years, recent months weighing more, and the less so the farther ahead
    the step. The other is what followed, in any country, the situations most like the country's own today,
    rescaled to its level. Where there are no analogues (a short history) the first stands alone.
    """

    name: ClassVar[str] = "analogues"

    def fit(self, history: Panel) -> "FittedAnalogues":
        """Collect the past situations and what followed them; needs 24 months."""
        require_months(history, SHORTEST_HISTORY, model=self.name)
        features = conflict_history(history.values)
        return FittedAnalogues(tuple(build_pool(history.values, features, span) for span in SPANS))

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        return self.fit(history).forecast(history, steps=steps, draws=draws, rng=rng)


@dataclass(frozen=True)
class FittedAnalogues:
    """The analogues at hand, one pool for each span of steps."""

    pools: tuple[SpanPool, ...]

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        require_months(history, SHORTEST_HISTORY, model=Analogues.name)
        cumulative = self.distributions(history, steps)
        paths = draw_paths(cumulative, persistence=_PERSISTENCE, draws=draws, rng=rng)
        return paths[:, [step - 1 for step in steps]]

    def distributions(self, history: Panel, steps: Sequence[int]) -> Floats:
        """Distribution functions on ``counts.GRID``.

        Returns:
            Shape (units, MAX_STEP, cells); NaN for steps not asked for.
        """
        recent = last_months(history, min(OWN_MONTHS, history.values.shape[1]), model=Analogues.name)
        features = conflict_history(history.values)
        result = np.full((len(history.units), MAX_STEP, len(GRID)), np.nan)
        for pool, (first, last) in zip(self.pools, SPANS, strict=True):
            asked = [step for step in steps if first <= step <= last]
            if asked:
                own = np.stack([_own_history(recent, step) for step in asked], axis=1)
                pooled = pooled_distributions(pool, features, asked)
                result[:, [step - 1 for step in asked]] = _mixed(
                    own, pooled, share_of_analogues(pool, features)
                )
        return result


def _own_history(recent: Floats, step: int) -> Floats:
    return distribution(recent, own_weights(recent, step))


def own_weights(recent: Floats, step: int) -> Floats:
    """How much each of the last months counts ``step`` months ahead, not yet summing to 1; as ``recent``."""
    months_ago = np.arange(recent.shape[1])[::-1]
    quarter_weight = 2 * step**0.35  # so many months ago counts a quarter of the newest month
    weight = (1 + months_ago / quarter_weight) ** -2.0
    weight *= np.where((months_ago + step) % 12 == 0, 2, 1)  # seasons, and counts booked to a year's end
    return np.where(np.isnan(recent), 0.0, weight)


def share_of_analogues(pool: SpanPool, features: ConflictHistory) -> Floats:
    """Weight of the analogues for each unit: less the more it suffers, and the fewer of them there are."""
    level = features.level[:, -1]
    share = _SHARE_WHEN_VIOLENT + (_SHARE_WHEN_QUIET - _SHARE_WHEN_VIOLENT) / (1 + level / _HALF_WAY)
    return np.asarray(share * pool.trust(features.quiet[:, -1]))


def _mixed(own: Floats, pooled: Floats, share: Floats) -> Floats:
    weight = np.where(np.isnan(pooled[..., 0]), 0.0, share[:, None])[..., None]
    return np.asarray((1 - weight) * own + weight * np.nan_to_num(pooled))

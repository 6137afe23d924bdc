"""The plain models that anything learned has to beat; they learn nothing, so fitting returns themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from forewarn.contracts.forecasts import Floats, Panel
from forewarn.models.history import draw_observed, last_months, require_months
from forewarn.models.registry import register


class _Benchmark:
    def fit(self, history: Panel) -> Self:
        del history
        return self


@register
@dataclass(frozen=True)
class Zeros(_Benchmark):
    """No deaths anywhere, ever: the floor."""

    name: ClassVar[str] = "zeros"

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        del rng
        require_months(history, 1, model=self.name)
        return np.zeros((len(history.units), len(steps), draws))


@register
@dataclass(frozen=True)
class LastPoisson(_Benchmark):
    """Poisson around the last month's count, the same for every step."""

    name: ClassVar[str] = "last-poisson"

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        last = last_months(history, 1, model=self.name)
        return rng.poisson(last[:, :, None], (len(last), len(steps), draws)).astype(float)


@dataclass(frozen=True)
class _OwnHistory(_Benchmark):
    name: ClassVar[str]
    months: ClassVar[int]

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        recent = last_months(history, self.months, model=self.name)
        return draw_observed(recent, (len(steps), draws), rng)


@register
@dataclass(frozen=True)
class OwnHistory12(_OwnHistory):
    """The unit's own last 12 months, drawn at random with replacement."""

    name: ClassVar[str] = "own-history-12"
    months: ClassVar[int] = 12


@register
@dataclass(frozen=True)
class OwnHistory24(_OwnHistory):
    """The unit's own last 24 months, drawn at random with replacement."""

    name: ClassVar[str] = "own-history-24"
    months: ClassVar[int] = 24


@register
@dataclass(frozen=True)
class GeometricMean6(_Benchmark):
    """One figure, certain of itself: the geometric mean of 1 + deaths over six months, less one."""

    name: ClassVar[str] = "geomean-6"

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        del rng
        recent = last_months(history, 6, model=self.name)
        mean = np.expm1(np.nanmean(np.log1p(recent), axis=1))
        return np.broadcast_to(mean[:, None, None], (len(mean), len(steps), draws)).copy()

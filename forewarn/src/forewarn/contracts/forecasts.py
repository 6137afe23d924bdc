"""A forecast: draws for an outcome, units, an origin and steps; and what a model must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats, Panel

MAX_STEP = 36


@dataclass(frozen=True)
class Forecast:
    """Draws from a predictive distribution.

    Attributes:
        units: the rows of ``draws``.
        origin: the last month whose data was used; step s is month ``origin + s``.
        steps: horizons in months, 1 is the month after the origin.
        draws: shape (units, steps, draws).
        outcome: what is forecast.
        model: the model's registered name.
        seed: the seed that, with the same panel, reproduces ``draws`` bit for bit.
    """

    units: tuple[str, ...]
    origin: Month
    steps: tuple[int, ...]
    draws: Floats
    outcome: str
    model: str
    seed: int


@dataclass(frozen=True)
class OccurrenceForecast(Forecast):
    """Whether something happens at all: ``draws`` are 0 or 1.

    Attributes:
        probability: shape (units, steps); the draws' share of ones is within 1/draws of it.
    """

    probability: Floats


class FittedModel(Protocol):
    """A model that has learned what it learns; it can be asked at the same or at later origins."""

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        """Draws of shape (units, steps, draws) for the months after ``history.end``, which is the origin."""
        ...


class Model(Protocol):
    """What every forecasting model offers; see models/template.py for one to copy."""

    name: ClassVar[str]

    def fit(self, history: Panel) -> FittedModel:
        """Learn from months up to ``history.end``; a model without anything to learn returns itself."""
        ...

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        """Draws of shape (units, steps, draws) for the months after ``history.end``, which is the origin.

        The history handed over ends at the origin: a model cannot see past it.
        """
        ...


__all__ = [
    "MAX_STEP",
    "FittedModel",
    "Floats",
    "Forecast",
    "Model",
    "Month",
    "OccurrenceForecast",
    "Panel",
]

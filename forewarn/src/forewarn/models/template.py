"""A model to copy: put the copy beside this file, change its name, and it is found by that name.

This one draws from the months of the unit's own past that fall on the same calendar month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from forewarn.contracts.forecasts import Floats, Panel
from forewarn.models.history import draw_observed, require_months
from forewarn.models.registry import register


@register
@dataclass(frozen=True)
class SameMonthOfYear:
    """One sentence on what the model believes, and where that comes from."""

    name: ClassVar[str] = "same-month-of-year"  # what --model takes; no two models share one

    def fit(self, history: Panel) -> Self:
        """Learn here, from ``history`` alone; return an object with ``forecast``. Nothing to learn: self."""
        del history
        return self

    def forecast(
        self, history: Panel, *, steps: Sequence[int], draws: int, rng: np.random.Generator
    ) -> Floats:
        """Draws of shape (units, steps, draws); every random number comes from ``rng``."""
        require_months(history, 36, model=self.name)
        columns = [self._same_months(history, step, draws, rng) for step in steps]
        return np.concatenate(columns, axis=1)

    @staticmethod
    def _same_months(history: Panel, step: int, draws: int, rng: np.random.Generator) -> Floats:
        last_column = history.values.shape[1] - 1
        same = np.arange((last_column + step) % 12, last_column + 1, 12)
        return draw_observed(np.nan_to_num(history.values[:, same]), (1, draws), rng)

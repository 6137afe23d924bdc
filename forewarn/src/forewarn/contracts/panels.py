"""A panel: one number a unit and month, with "nobody looked" kept apart from zero."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forewarn.contracts.months import Month

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """Deaths (or another count) by unit and month.

    Attributes:
        units: identifiers in ascending order, e.g. ISO3 codes; the rows of ``values``.
        start: the first month; column j of ``values`` is month ``start + j``.
        values: shape (units, months), counts; NaN where a unit was not observed.
        outcome: what is counted, e.g. ``state_based`` or ``all``.
    """

    units: tuple[str, ...]
    start: Month
    values: Floats
    outcome: str

    @property
    def end(self) -> Month:
        """The last month of the panel."""
        return Month(self.start + self.values.shape[1] - 1)

    def until(self, origin: Month) -> "Panel":
        """The same panel as it stood when only months up to and including ``origin`` existed."""
        return replace(self, values=self.values[:, : max(0, origin - self.start + 1)])

    def window(self, first: Month, last: Month) -> Floats:
        """Values of months ``first`` to ``last``, both included; shape (units, last - first + 1)."""
        return self.values[:, first - self.start : last - self.start + 1]

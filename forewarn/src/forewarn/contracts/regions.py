"""What a model of attacks is given: a country's first-level regions, month by month."""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats

Bools = npt.NDArray[np.bool_]

ATTACK_MONTHS = 3
"""The outcome of every model here: any one-sided attack in the so many months after the origin."""


@dataclass(frozen=True)
class RegionHistory:
    """Violence in first-level regions.

    Attributes:
        units: the regions, ``MMR:Kayin``; the rows of all arrays.
        start: the first month; column j is month ``start + j``.
        one_sided: deaths in one-sided attacks, shape (regions, months).
        battle: state-based deaths, same shape.
        places: shape (regions, months, 3): of the month's events that are placed to a region or better, the
            sums of their latitudes and longitudes, and their number.
        listed: shape (regions,): a list of the country's regions has it whether or not anything happened
            there; others are not known of before their first event.
    """

    units: tuple[str, ...]
    start: Month
    one_sided: Floats
    battle: Floats
    places: Floats
    listed: Bools

    @property
    def end(self) -> Month:
        """The last month."""
        return Month(self.start + self.one_sided.shape[1] - 1)

    @property
    def attacked(self) -> Floats:
        """1 for months with a one-sided attack, else 0; shape (regions, months)."""
        return (self.one_sided > 0).astype(float)

    @property
    def known(self) -> Bools:
        """Regions that were known of in a month: listed, or with an event until then; (regions, months)."""
        happened = (self.one_sided > 0) | (self.battle > 0) | (self.places[..., 2] > 0)
        return np.maximum.accumulate(happened, axis=1) | self.listed[:, None]

    def until(self, origin: Month) -> "RegionHistory":
        """The same as it stood when only months up to and including ``origin`` existed."""
        months = max(0, origin - self.start + 1)
        return replace(
            self,
            one_sided=self.one_sided[:, :months],
            battle=self.battle[:, :months],
            places=self.places[:, :months],
        )


class FittedAttackModel(Protocol):
    """A model of attacks that has learned what it learns."""

    def risk(self, history: RegionHistory) -> Floats:
        """Probability of an attack within ``ATTACK_MONTHS`` of ``history.end``, shape (regions,)."""
        ...


class AttackModel(Protocol):
    """What a model of attacks offers.

    Attributes:
        name: what ``--model`` takes.
        months_between_fits: in an evaluation it learns anew every so many months; 0: only once, from the
            months before the first origin.
    """

    name: ClassVar[str]
    months_between_fits: ClassVar[int]

    def fit(self, history: RegionHistory) -> FittedAttackModel:
        """Learn from months up to ``history.end``."""
        ...

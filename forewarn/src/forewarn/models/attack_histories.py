"""Plain histories that a model of attacks has to beat, and the platform's monthly model in the same terms."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forewarn.contracts.panels import Floats, Panel
from forewarn.contracts.regions import ATTACK_MONTHS, RegionHistory
from forewarn.features.attack_echoes import nearest
from forewarn.features.trailing import trailing_sum
from forewarn.models.logit import Logit, probability, rising_logit
from forewarn.models.region_occurrence import FittedRegionOccurrence, RegionOccurrence
from forewarn.models.registry import attack_models

_LONGEST_WINDOW = 12
_LEAST, _MOST = 1e-4, 1 - 1e-4


@dataclass(frozen=True)
class FittedHistory:
    """One figure, and the curve that says what probability it has stood for; the curve only rises."""

    model: "PlainHistory"
    curve: Logit

    def risk(self, history: RegionHistory) -> Floats:
        # not rounded: another figure is another rank, as it would be without any curve
        return np.clip(probability(self.curve.log_odds(self.model.figure(history)[:, -1:])), _LEAST, _MOST)


class PlainHistory:
    """One figure a region and month, and nothing else."""

    name: ClassVar[str]
    months_between_fits: ClassVar[int] = 0  # the ranks are the history's own, all through

    def figure(self, history: RegionHistory) -> Floats:
        """What is counted, shape (regions, months)."""
        raise NotImplementedError

    def fit(self, history: RegionHistory) -> FittedHistory:
        cases = np.arange(_LONGEST_WINDOW, history.one_sided.shape[1] - ATTACK_MONTHS)
        ahead = [history.attacked[:, cases + step] for step in range(1, ATTACK_MONTHS + 1)]
        known = history.known[:, cases]
        figure = self.figure(history)[:, cases][known]
        happened = np.max(ahead, axis=0)[known]
        return FittedHistory(self, rising_logit(figure[:, None], happened, np.ones(len(figure)), ridge=1e-3))


@attack_models.enter
class OneSided12(PlainHistory):
    """Months with a one-sided attack among the region's last twelve."""

    name: ClassVar[str] = "one-sided-12"

    def figure(self, history: RegionHistory) -> Floats:
        return trailing_sum(history.attacked, 12)


@attack_models.enter
class Battle6(PlainHistory):
    """Deaths in battle in the region's last six months."""

    name: ClassVar[str] = "battle-6"

    def figure(self, history: RegionHistory) -> Floats:
        return np.asarray(np.log1p(trailing_sum(history.battle, 6)))


@attack_models.enter
class Neighbours3(PlainHistory):
    """Deaths in one-sided attacks in the four nearest regions' last three months."""

    name: ClassVar[str] = "neighbours-3"

    def figure(self, history: RegionHistory) -> Floats:
        return np.asarray(np.log1p(nearest(history) @ trailing_sum(history.one_sided, 3)))


@dataclass(frozen=True)
class FittedMonthly:
    """The monthly model; months are taken as if one had no bearing on the next."""

    monthly: FittedRegionOccurrence

    def risk(self, history: RegionHistory) -> Floats:
        steps = tuple(range(1, ATTACK_MONTHS + 1))
        each = self.monthly.probability(*as_panels(history), steps=steps)
        return np.asarray(1 - np.prod(1 - each, axis=1))


@attack_models.enter
class MonthlyRegions:
    """``region-occurrence``, which gives a probability for each of 36 months."""

    name: ClassVar[str] = "region-occurrence"
    months_between_fits: ClassVar[int] = 12

    def fit(self, history: RegionHistory) -> FittedMonthly:
        return FittedMonthly(RegionOccurrence().fit(*as_panels(history)))


def as_panels(history: RegionHistory) -> tuple[Panel, Panel]:
    """One-sided and battle deaths as the monthly model takes them."""
    return (
        Panel(history.units, history.start, history.one_sided, "one_sided"),
        Panel(history.units, history.start, history.battle, "state_based"),
    )

"""Attacks from the echoes of a region's own violence, weighed by what followed them."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import ATTACK_MONTHS, RegionHistory
from forewarn.features.attack_echoes import neighbours_echoes, own_echoes
from forewarn.models.logit import Logit, probability, rising_logit
from forewarn.models.registry import attack_models

# Chosen once, by average precision, log loss and the ROC AUC of quiet regions at origins of 1995 to 2005;
# see docs/explanation/record.md.
SHORTEST_HISTORY = 48
_FIRST_MONTH = 24  # a situation needs two years behind it
_RIDGE = 20.0
_CASES_HALF_LIFE = 60  # so many months ago, what followed a situation counts half
_DECIMALS = 9
_LEAST, _MOST = 1e-4, 1 - 1e-4  # nothing is certain


@dataclass(frozen=True)
class FittedEchoes:
    """One regression over all regions."""

    logit: Logit
    with_neighbours: bool

    def risk(self, history: RegionHistory) -> Floats:
        now = echo_features(history, with_neighbours=self.with_neighbours)[:, -1]
        return np.clip(np.round(probability(self.logit.log_odds(now)), _DECIMALS), _LEAST, _MOST)


class _Echoes:
    name: ClassVar[str]
    with_neighbours: ClassVar[bool]
    months_between_fits: ClassVar[int] = 1

    def fit(self, history: RegionHistory) -> FittedEchoes:
        """Fit on every region and month whose outcome had been seen by the last month."""
        months = history.one_sided.shape[1]
        if months < SHORTEST_HISTORY:
            raise NotEnoughHistoryError(
                f"{self.name} needs {SHORTEST_HISTORY} months up to the origin, there are {months}"
            )
        cases = np.arange(_FIRST_MONTH, months - ATTACK_MONTHS)
        ahead = [history.attacked[:, cases + step] for step in range(1, ATTACK_MONTHS + 1)]
        known = history.known[:, cases]
        age = np.broadcast_to(months - ATTACK_MONTHS - 1 - cases, known.shape)
        features = echo_features(history, with_neighbours=self.with_neighbours)[:, cases]
        return FittedEchoes(
            rising_logit(
                features[known],
                np.max(ahead, axis=0)[known],
                0.5 ** (age[known] / _CASES_HALF_LIFE),
                ridge=_RIDGE,
            ),
            self.with_neighbours,
        )


@attack_models.enter
class Echoes(_Echoes):
    """Attacks breed attacks, and battles do: a logistic regression on a region's own faded past.

    Months with attacks fade with half-lives of 3, 12 and 60 months, months with battle deaths with 3 and 24.
    No slope may be negative. Every region counts alike, recent years more.
    """

    name: ClassVar[str] = "echoes"
    with_neighbours: ClassVar[bool] = False


@attack_models.enter
class EchoesWithNeighbours(_Echoes):
    """The same, with the nearest regions' attacks and battles and the country's other attacks."""

    name: ClassVar[str] = "echoes-neighbours"
    with_neighbours: ClassVar[bool] = True


def echo_features(history: RegionHistory, *, with_neighbours: bool) -> Floats:
    """What the regression sees, by ``OWN_COLUMNS`` and, if asked for, ``NEIGHBOUR_COLUMNS``."""
    own = own_echoes(history)
    return np.concatenate([own, neighbours_echoes(history)], axis=-1) if with_neighbours else own

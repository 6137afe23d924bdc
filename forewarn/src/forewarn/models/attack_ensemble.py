"""The default model of attacks: three regressions that look at different things, one voice each."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import AttackModel, FittedAttackModel, RegionHistory
from forewarn.models.attack_echoes import Echoes, EchoesWithNeighbours
from forewarn.models.attack_histories import MonthlyRegions
from forewarn.models.logit import log_odds, probability
from forewarn.models.registry import attack_models

_DECIMALS = 9


@dataclass(frozen=True)
class FittedEnsemble:
    """The fitted voices."""

    voices: tuple[FittedAttackModel, ...]

    def risk(self, history: RegionHistory) -> Floats:
        said = [log_odds(voice.risk(history)) for voice in self.voices]
        return np.asarray(np.round(probability(np.mean(said, axis=0)), _DECIMALS))


@attack_models.enter
class AttackEnsemble:
    """Mean log odds of the region's own echoes, those with its neighbours, and the monthly model.

    No weight is fitted. The first is best where violence repeats itself, the second where it spreads, the
    third where battles grow: no span of years says which will be next.
    """

    name: ClassVar[str] = "attack-ensemble"
    months_between_fits: ClassVar[int] = 1
    voices: ClassVar[tuple[type[AttackModel], ...]] = (Echoes, EchoesWithNeighbours, MonthlyRegions)

    def fit(self, history: RegionHistory) -> FittedEnsemble:
        return FittedEnsemble(tuple(voice().fit(history) for voice in self.voices))

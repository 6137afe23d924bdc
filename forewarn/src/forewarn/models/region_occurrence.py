"""Probability of any one-sided attack in a region and month: logistic regression on what came before.

The regions of a country are pooled. Where a country has seen too few attacks to learn from, each region's
own rate stands in, drawn towards the country's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from forewarn.contracts.forecasts import MAX_STEP, Floats, Panel
from forewarn.features.trailing import months_since, trailing_mean
from forewarn.models.history import require_months
from forewarn.models.logit import Logit

MODEL_NAME = "region-occurrence"
SHORTEST_HISTORY = 24
SPANS = ((1, 3), (4, 12), (13, 36))
COLUMNS = (
    *(f"attack_months_{window}" for window in (1, 3, 6, 12, 36)),
    "months_since_attack",
    "attack_deaths_12",
    *(f"battle_deaths_{window}" for window in (1, 6, 12)),
    "elsewhere_attacks_3",
    "elsewhere_attacks_12",
    "elsewhere_battle_6",
)
SPAN_CENTRES = tuple((first + last) / 2 for first, last in SPANS)
_FEWEST_ATTACKS = 20  # region-months with an attack among the cases to learn from
_INVERSE_PENALTY = 0.1
_FIRST_MONTH = 11
_PERSISTENCE = 0.3
_DECIMALS = 9
_LEAST, _MOST = 1e-4, 1 - 1e-4  # nothing is certain
_PRIOR_MONTHS = 24


class RegionOccurrence:
    """Makes a fitted model from the months up to an origin."""

    name = MODEL_NAME

    def fit(self, one_sided: Panel, battle: Panel) -> "FittedRegionOccurrence":
        """Fit one regression for each span of steps on all regions and past months.

        Args:
            one_sided: deaths in one-sided attacks by region and month, up to the origin.
            battle: state-based deaths of the same regions and months.
        """
        require_months(one_sided, SHORTEST_HISTORY, model=MODEL_NAME)
        seen = regions_seen(one_sided, battle)
        values = one_sided.values[seen]
        features = region_features(values, battle.values[seen])
        return FittedRegionOccurrence(tuple(_fit_span(features, values, span) for span in SPANS))


@dataclass(frozen=True)
class FittedRegionOccurrence:
    """One regression for each span of steps; None where there was too little to learn from."""

    logits: tuple[Logit | None, ...]

    def probability(self, one_sided: Panel, battle: Panel, *, steps: Sequence[int]) -> Floats:
        """Probability of an attack in each region and month ahead of the panels' last month.

        A region without any death until then has no part in the regressions, so that it makes no difference
        whether the data already lists it: its own rate stands in.

        Returns:
            Shape (regions, steps).
        """
        result = np.repeat(own_rate(one_sided.values)[:, None], len(steps), axis=1)
        seen = regions_seen(one_sided, battle)
        logits = [logit for logit in self.logits if logit is not None]
        if len(logits) == len(SPANS) and len(seen):
            now = region_features(one_sided.values[seen], battle.values[seen])[:, -1]
            by_span = np.stack([logit.log_odds(now) for logit in logits], axis=1)
            odds = np.stack([np.interp(steps, SPAN_CENTRES, row) for row in by_span])
            result[seen] = 1 / (1 + np.exp(-odds))
        return np.clip(np.round(result, _DECIMALS), _LEAST, _MOST)


def draw_occurrences(
    forecast_for: Sequence[str],
    probability: Floats,
    *,
    steps: Sequence[int],
    draws: int,
    seed: tuple[int, int],
) -> Floats:
    """Draws of 0 or 1, shape (regions, steps, draws); a draw's months form a path.

    In each month as many draws are 1 as the probability says, to within one; which ones, persists as an
    autoregression, so that "any attack within three months" can be read off the paths. Each region's random
    numbers are its own, by name: another region more or less changes none of them.
    """
    made = np.empty((*probability.shape, draws))
    innovation = np.sqrt(1 - _PERSISTENCE**2)
    for region, name in enumerate(forecast_for):
        rng = np.random.default_rng((*seed, crc32(name.encode())))
        latent = rng.standard_normal((MAX_STEP, draws))
        offset = rng.random((MAX_STEP, 1))
        for step in range(1, MAX_STEP):
            latent[step] = _PERSISTENCE * latent[step - 1] + innovation * latent[step]
        level = (np.argsort(np.argsort(latent, axis=1), axis=1) + offset) / draws
        made[region] = level[[step - 1 for step in steps]] < probability[region][:, None]
    return made


def regions_seen(one_sided: Panel, battle: Panel) -> npt.NDArray[np.intp]:
    """Rows of the regions with any death so far."""
    deaths = np.nan_to_num(one_sided.values).sum(axis=1) + np.nan_to_num(battle.values).sum(axis=1)
    return np.flatnonzero(deaths > 0)


def region_features(one_sided: Floats, battle: Floats) -> Floats:
    """What a region's and its country's last months say, shape (regions, months, columns).

    Shares of months with a one-sided attack over 1, 3, 6, 12 and 36 months and months since the last;
    one-sided and battle deaths; the same of the country's other regions. Each from that month and earlier.
    """
    attacked = np.where(np.isnan(one_sided), np.nan, one_sided > 0)
    own = [trailing_mean(attacked, window) for window in (1, 3, 6, 12, 36)]
    deaths = [np.log1p(trailing_mean(one_sided, 12))]
    fighting = [np.log1p(trailing_mean(battle, window)) for window in (1, 6, 12)]
    elsewhere = [
        _other_regions(trailing_mean(attacked, 3)),
        _other_regions(trailing_mean(attacked, 12)),
        _other_regions(np.log1p(trailing_mean(battle, 6))),
    ]
    since = [np.log1p(months_since(np.nan_to_num(attacked), cap=120))]
    return np.stack([*own, *since, *deaths, *fighting, *elsewhere], axis=-1)


def _other_regions(values: Floats) -> Floats:
    others = max(len(values) - 1, 1)
    return np.asarray((values.sum(axis=0, keepdims=True) - values) / others)


def _fit_span(features: Floats, one_sided: Floats, span: tuple[int, int]) -> Logit | None:
    first, last = span
    months = np.arange(_FIRST_MONTH, one_sided.shape[1] - last)
    if not len(months):
        return None
    ahead = np.stack([one_sided[:, months + step] for step in range(first, last + 1)], axis=-1)
    known = ~np.isnan(ahead).any(axis=-1).ravel()
    share = (ahead > 0).mean(axis=-1).ravel()[known]
    rows = features[:, months].reshape(-1, features.shape[-1])[known]
    attacked = one_sided[:, months] > 0
    if attacked.sum() < _FEWEST_ATTACKS or share.max(initial=0) == 0 or share.min(initial=1) == 1:
        return None
    return _fit_logit(rows, share)


def _fit_logit(rows: Floats, share: Floats) -> Logit:
    from sklearn.linear_model import LogisticRegression  # slow to load, and countries don't need it

    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    z = (rows - centre) / scale
    outcome = np.repeat([1.0, 0.0], len(z))
    weight = np.concatenate([share, 1 - share])
    some = weight > 0
    fitted = LogisticRegression(C=_INVERSE_PENALTY, solver="newton-cholesky").fit(
        np.concatenate([z, z])[some], outcome[some], sample_weight=weight[some]
    )
    return Logit(centre, scale, fitted.coef_[0], float(fitted.intercept_[0]))


def own_rate(one_sided: Floats) -> Floats:
    """Each region's share of months with an attack, drawn towards the country's; shape (regions,)."""
    observed = (~np.isnan(one_sided)).sum(axis=1)
    attacks = (np.nan_to_num(one_sided) > 0).sum(axis=1)
    country = (attacks.sum() + 0.5) / (observed.sum() + 1)
    return np.asarray((attacks + _PRIOR_MONTHS * country) / (observed + _PRIOR_MONTHS))

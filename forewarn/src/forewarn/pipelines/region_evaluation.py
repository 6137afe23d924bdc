"""How well attacks on civilians were foreseen in past years, region by region."""

from collections.abc import Sequence

import numpy as np

from forewarn.contracts.forecasts import Floats
from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Panel
from forewarn.contracts.scores import Difference, OccurrenceEvaluation
from forewarn.evaluate.bootstrap import mean_difference_interval
from forewarn.evaluate.occurrence import brier, occurrence_scores
from forewarn.evaluate.rolling import outcomes
from forewarn.features.trailing import trailing_mean
from forewarn.models.region_occurrence import MODEL_NAME
from forewarn.pipelines.checks import checked_origins, checked_steps
from forewarn.pipelines.forecasting import forecast_regions

BENCHMARK = "region-history-12"
_MONTHS = 12


def evaluate_regions(
    one_sided: Panel,
    battle: Panel,
    *,
    origins: Sequence[Month],
    steps: Sequence[int],
    draws: int = 1000,
    seed: int = 0,
) -> OccurrenceEvaluation:
    """Score the region model, refitted at every origin, against each region's own last twelve months.

    The benchmark's probability for a month is the share of the last 12 months with an attack, half an attack
    and one month added; for at least one attack in k months, 1 - (1 - p)^k.

    Args:
        one_sided: deaths in one-sided attacks by region and month, reaching past the last origin.
        battle: state-based deaths of the same regions and months.
        origins: last months used.
        steps: months ahead.
        draws: how many; the probability of at least one attack is read off their paths.
        seed: of the random numbers.

    Raises:
        NotEnoughHistoryError: an origin or its last step lies outside the panel.
        UnusableInputError: no origin, or a step out of range.
    """
    when, ascending = checked_origins(origins), checked_steps(steps)
    happened = _happened(outcomes(one_sided, when, ascending))
    forecasts = [
        forecast_regions(one_sided, battle, origin=origin, steps=ascending, draws=draws, seed=seed)
        for origin in when
    ]
    own = np.stack([_own_share(one_sided.until(origin)) for origin in when])
    monthly = {
        MODEL_NAME: np.stack([forecast.probability for forecast in forecasts]),
        BENCHMARK: np.repeat(own[..., None], len(ascending), axis=2),
    }
    within = {
        MODEL_NAME: np.stack([forecast.draws.max(axis=1).mean(axis=-1) for forecast in forecasts]),
        BENCHMARK: 1 - (1 - own) ** len(ascending),
    }
    any_of_them = np.where(np.isnan(happened).any(axis=-1), np.nan, happened.max(axis=-1))
    month_event, span_event = "an attack in the month", f"an attack within steps {ascending}"
    return OccurrenceEvaluation(
        task="any_one_sided",
        origins=tuple(format_month(origin) for origin in when),
        steps=ascending,
        monthly={name: occurrence_scores(month_event, happened, each) for name, each in monthly.items()},
        within={name: occurrence_scores(span_event, any_of_them, each) for name, each in within.items()},
        differences=(_brier_difference(happened, monthly, seed=seed),),
    )


def _brier_difference(happened: Floats, monthly: dict[str, Floats], *, seed: int) -> Difference:
    model, benchmark = (brier(happened, monthly[name]) for name in (MODEL_NAME, BENCHMARK))
    return Difference(MODEL_NAME, BENCHMARK, "brier", *mean_difference_interval(model, benchmark, seed=seed))


def _happened(deaths: Floats) -> Floats:
    return np.where(np.isnan(deaths), np.nan, deaths > 0)


def _own_share(history: Panel) -> Floats:
    share = trailing_mean(_happened(history.values), _MONTHS)[:, -1]
    return np.asarray((_MONTHS * share + 0.5) / (_MONTHS + 1))

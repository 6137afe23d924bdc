"""Forecasts from a panel in memory; reading and writing files is the command line's business."""

from collections.abc import Sequence

import numpy as np

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.forecasts import Floats, Forecast, OccurrenceForecast
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.models.region_occurrence import MODEL_NAME, RegionOccurrence, draw_occurrences
from forewarn.models.registry import DEFAULT_MODEL, make_model
from forewarn.pipelines.checks import checked_steps, history_until


def forecast_countries(
    panel: Panel,
    *,
    origin: Month,
    steps: Sequence[int],
    model: str = DEFAULT_MODEL,
    draws: int = 1000,
    seed: int = 0,
) -> Forecast:
    """Forecast every unit of a panel from the months up to and including ``origin``.

    The same panel, settings and seed give the same draws; months after the origin change nothing, nor does
    asking for more steps change the draws of the others.

    Args:
        panel: deaths by unit and month.
        origin: the last month used.
        steps: months ahead, 1 to 36, in any order; the forecast has them ascending.
        model: a registered name.
        draws: how many for each unit and step.
        seed: of the random numbers.

    Raises:
        NotEnoughHistoryError: the panel ends before the origin, or begins too late for the model.
        UnknownModelError: no model has that name.
        UnusableInputError: a step or the number of draws is out of range.
    """
    ascending = checked_steps(steps)
    history = history_until(panel, origin, draws=draws)
    rng = np.random.default_rng((seed, origin))
    made = make_model(model).forecast(history, steps=ascending, draws=draws, rng=rng)
    return Forecast(panel.units, origin, ascending, made, panel.outcome, model, seed)


def forecast_regions(
    one_sided: Panel,
    battle: Panel,
    *,
    origin: Month,
    steps: Sequence[int],
    draws: int = 1000,
    seed: int = 0,
) -> OccurrenceForecast:
    """Probability of any one-sided attack in each region and month ahead.

    Args:
        one_sided: deaths in one-sided attacks by region and month.
        battle: state-based deaths of the same regions and months.
        origin: the last month used.
        steps: months ahead, 1 to 36.
        draws: 0 or 1 each; a draw's months form a path.
        seed: of the random numbers.

    Raises:
        NotEnoughHistoryError: the panels end before the origin, or hold less than 24 months until it.
        UnusableInputError: the panels differ in regions or months; a step or ``draws`` is out of range.
    """
    if one_sided.units != battle.units or one_sided.start != battle.start or one_sided.end != battle.end:
        raise UnusableInputError("one-sided and battle deaths cover different regions or months")
    ascending = checked_steps(steps)
    history = history_until(one_sided, origin, draws=draws)
    model = RegionOccurrence().fit(history, battle.until(origin))
    probability = model.probability(history, battle.until(origin), steps=ascending)
    made = draw_occurrences(one_sided.units, probability, steps=ascending, draws=draws, seed=(seed, origin))
    return OccurrenceForecast(
        one_sided.units, origin, ascending, made, "any_one_sided", MODEL_NAME, seed, probability
    )


def quantiles(forecast: Forecast, probabilities: Sequence[float]) -> Floats:
    """Quantiles of a forecast's draws, shape (units, steps, probabilities); linear between draws."""
    return np.moveaxis(np.quantile(forecast.draws, list(probabilities), axis=-1), 0, -1)

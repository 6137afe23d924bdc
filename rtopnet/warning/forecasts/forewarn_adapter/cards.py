"""The cards of the outlook's models, made from their evaluation on the region's own figures."""

from dataclasses import asdict

import numpy as np
from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Panel
from forewarn.explain.card import card_of
from forewarn.explain.card_text import card_markdown
from forewarn.models.registry import BENCHMARKS, DEFAULT_MODEL, attack_models
from forewarn.pipelines import evaluate_attacks, evaluate_fatalities

from rtopnet.warning.forecasts.forewarn_adapter.figures import Figures, attacks_of, is_recent
from rtopnet.warning.forecasts.rules import Told

CARD_YEARS, CARD_STEPS, CARD_DRAWS = 5, 12, 200
MONTHS_BETWEEN_ORIGINS = 12
MONTHS_BETWEEN_FITS = 12
LEAST_HISTORY = 60
"""Months that must lie before the first origin of an evaluation."""


def cards(figures: Figures, whole: Panel) -> list[Told]:
    """A card for each model that the outlook used and that can be held against past years."""
    panel = whole.until(figures.origin)
    found = [_of_deaths(panel, figures.seed)] if np.nansum(panel.values) > 0 else []
    found += [_of_attacks(figures, state) for state in sorted(figures.states)]
    return [card for card in found if card is not None]


def _of_deaths(panel: Panel, seed: int) -> Told | None:
    last = panel.end - CARD_STEPS
    first = max(last - 12 * CARD_YEARS + 1, panel.start + LEAST_HISTORY)
    if first > last:
        return None
    evaluation = evaluate_fatalities(
        panel,
        origins=[Month(month) for month in range(last, first - 1, -MONTHS_BETWEEN_ORIGINS)],
        steps=range(1, CARD_STEPS + 1),
        models=[DEFAULT_MODEL, *BENCHMARKS],
        draws=CARD_DRAWS,
        seed=seed,
    )
    return _told(evaluation.to_json(), "")


def _of_attacks(figures: Figures, state: str) -> Told | None:
    history = attacks_of(figures, state)
    if history is None or not is_recent(history.end, figures):
        return None
    last = Month(history.end - 3)
    first = Month(max(last - 12 * CARD_YEARS + 1, history.start + LEAST_HISTORY))
    if first > last:
        return None
    try:
        evaluation = evaluate_attacks(
            history,
            train_to=Month(first - 1),
            first=first,
            last=last,
            models=[attack_models.default, *attack_models.benchmarks],
            seed=figures.seed,
            months_between_fits=MONTHS_BETWEEN_FITS,
        )
    except NotEnoughHistoryError:
        return None
    return _told(evaluation.to_json(), state)


def _told(evaluation: dict[str, object], state: str) -> Told:
    card = card_of(evaluation)
    return {**asdict(card), "state": state, "markdown": card_markdown(card)}

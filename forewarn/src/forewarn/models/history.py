"""What a model may ask of the history it is given, with errors that say what is missing."""

import numpy as np

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.months import format_month
from forewarn.contracts.panels import Floats, Panel


def last_months(history: Panel, months: int, *, model: str) -> Floats:
    """The last ``months`` columns, shape (units, months); NaN where not observed.

    Raises:
        NotEnoughHistoryError: the history is shorter, or a unit was observed in none of these months.
    """
    require_months(history, months, model=model)
    recent = history.values[:, -months:]
    unseen = np.isnan(recent).all(axis=1)
    if unseen.any():
        unit = history.units[int(np.argmax(unseen))]
        raise NotEnoughHistoryError(
            f"{model}: {unit} was not observed in the {months} months to {format_month(history.end)}"
        )
    return recent


def require_months(history: Panel, months: int, *, model: str) -> None:
    """Refuse a history shorter than ``months``, or one without any unit."""
    if not history.units:
        raise NotEnoughHistoryError(f"{model}: the panel has no units")
    available = history.values.shape[1]
    if available < months:
        raise NotEnoughHistoryError(
            f"{model} needs {months} months up to the origin, "
            f"there are {available} (from {format_month(history.start)})"
        )


def draw_observed(recent: Floats, shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """Observed months of each unit drawn at random with replacement; shape (units, *shape)."""
    order = np.argsort(np.isnan(recent), axis=1, kind="stable")
    observed_first = np.take_along_axis(recent, order, axis=1)
    count = (~np.isnan(recent)).sum(axis=1)
    units = np.arange(len(recent))[:, None, None]
    return np.asarray(observed_first[units, rng.integers(0, count[:, None, None], (len(recent), *shape))])

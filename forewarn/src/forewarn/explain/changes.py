"""What changed since the last forecast: figures revised, figures new, or the model."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from forewarn.contracts.explanations import Change

_Data = TypeVar("_Data")
_Fitted = TypeVar("_Fitted")


def what_changed(
    fit: Callable[[_Data], _Fitted],
    ask: Callable[[_Fitted, _Data], Mapping[str, float]],
    *,
    before: _Data,
    revised: _Data,
    now: _Data,
) -> dict[str, Change]:
    """Split the difference between two forecasts into revised data, new data and model.

    Four answers are compared, each with one thing changed: the old data and model; the same months as they
    are known now; those with the months that came since; and the model that learned from all of it.

    Args:
        fit: learns from data.
        ask: what a fitted model says from data, by unit.
        before: the data as it was known, up to the earlier origin.
        revised: the data as it is known now, up to the earlier origin.
        now: the data as it is known now, up to the newer origin.

    Returns:
        By unit, for those that all four answers speak of.
    """
    old, new = fit(before), fit(now)
    answers = [ask(old, before), ask(old, revised), ask(old, now), ask(new, now)]
    everywhere = [unit for unit in answers[-1] if all(unit in answer for answer in answers)]
    return {unit: _change(*(answer[unit] for answer in answers)) for unit in everywhere}


def _change(first: float, revised: float, longer: float, last: float) -> Change:
    return Change(first, revised - first, longer - revised, last - longer, last)

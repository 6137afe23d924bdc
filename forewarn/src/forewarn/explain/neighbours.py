"""Past situations most like the present one, and what followed; nothing after the origin is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forewarn.contracts.explanations import PastSituation
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats

SITUATIONS = 5
MONTHS_BEFORE = 12
_FIRST_MONTH = 24  # a situation needs two years behind it
_APART = 12  # months between two situations of one unit, which else would be one situation twice
_DECIMALS = 6


@dataclass(frozen=True)
class Past:
    """A panel up to the origin, as situations are looked for in it.

    Attributes:
        units: the rows.
        start: the first month.
        values: what is shown of the months before and after, shape (units, months); NaN where not observed.
        features: what makes situations alike, shape (units, months, columns); the last month is the present.
        known: whether a unit was known of in a month; shape (units, months).
    """

    units: tuple[str, ...]
    start: Month
    values: Floats
    features: Floats
    known: npt.NDArray[np.bool_]


def nearest_situations(past: Past, *, months_ahead: int, most: int = SITUATIONS) -> list[list[PastSituation]]:
    """For each unit the past situations nearest to its present, of whatever unit.

    Features count by their standard deviation over all candidates. A candidate's months ahead must all have
    been observed by the origin, and it has two years behind it. Situations of one unit lie a year apart at
    least, and a unit's own last year is not compared with itself.
    """
    values, newest = past.values, past.values.shape[1] - 1
    columns = np.arange(_FIRST_MONTH, newest - months_ahead + 1)
    if not len(columns):
        return [[] for _ in past.units]
    ahead = np.stack([values[:, columns + step] for step in range(1, months_ahead + 1)], axis=-1)
    possible = ~np.isnan(ahead).any(axis=-1) & past.known[:, columns]
    rows, places = np.nonzero(possible)
    if not len(rows):
        return [[] for _ in past.units]
    candidates = past.features[rows, columns[places]]
    scale = candidates.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    found = []
    for unit in range(len(past.units)):
        away = (candidates - past.features[unit, newest]) / scale
        distance = np.round(np.sqrt((away**2).mean(axis=1)), _DECIMALS)
        chosen = _apart(np.argsort(distance, kind="stable"), rows, columns[places], (unit, newest), most)
        found.append(
            [_situation(past, rows[at], columns[places[at]], distance[at], months_ahead) for at in chosen]
        )
    return found


def _apart(
    order: npt.NDArray[np.intp],
    rows: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
    present: tuple[int, int],
    most: int,
) -> list[int]:
    taken: list[tuple[int, int]] = [present]
    chosen: list[int] = []
    for at in order.tolist():
        row, column = int(rows[at]), int(columns[at])
        if all(row != other or abs(column - when) >= _APART for other, when in taken):
            taken.append((row, column))
            chosen.append(at)
            if len(chosen) == most:
                break
    return chosen


def _situation(past: Past, row: int, column: int, distance: float, months_ahead: int) -> PastSituation:
    begins = max(0, column + 1 - MONTHS_BEFORE)
    return PastSituation(
        past.units[row],
        Month(past.start + int(column)),
        float(distance),
        _numbers(past.values[row, begins : column + 1]),
        _numbers(past.values[row, column + 1 : column + 1 + months_ahead]),
    )


def _numbers(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values.tolist())


def all_known(units: Sequence[str], months: int) -> npt.NDArray[np.bool_]:
    """Every unit was known of in every month."""
    return np.ones((len(units), months), dtype=bool)

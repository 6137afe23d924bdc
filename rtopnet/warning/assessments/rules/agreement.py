"""How far assessors agree: Krippendorff's alpha.

Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and Content Analysis, 4th edition
(2018), chapter 12. Written here because it is a page of arithmetic and the package for it is GPL.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations

Unit = Sequence[float]
"""What was said of one thing, by those who answered."""
Metric = Callable[[float, float, Mapping[float, float]], float]
"""The squared difference of two values, given how often each value occurs."""
PAIR = 2


def nominal(one: float, other: float, _counts: Mapping[float, float]) -> float:
    """Values are the same or they are not."""
    return float(one != other)


def ordinal(one: float, other: float, counts: Mapping[float, float]) -> float:
    """Values differ by how many answers lie between them."""
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - (counts[one] + counts[other]) / 2) ** 2 if one != other else 0.0


def interval(one: float, other: float, _counts: Mapping[float, float]) -> float:
    """Values differ by their distance."""
    return (one - other) ** 2


def alpha(units: Iterable[Unit], metric: Metric = ordinal) -> float | None:
    """Krippendorff's alpha: 1 where all agree, 0 where they agree no more than by chance, less if against it.

    Units that fewer than two answered say nothing about agreement. None where nothing is to be compared, or
    where everybody gave one and the same answer to everything: then chance would agree as well.

    >>> round(alpha([[1, 1], [2, 2], [3, 4], [1, 2]], nominal), 3)
    0.364
    """
    paired = _paired(units)
    expected = _expected(paired, metric)
    if not expected:
        return None
    total = sum(len(unit) for unit in paired)
    counts = _counts(paired)
    observed = sum(_observed(unit, metric, counts) for unit in paired) / total
    return 1 - observed / expected


def alpha_of_part(part: Iterable[Unit], whole: Iterable[Unit], metric: Metric = ordinal) -> float | None:
    """Agreement on some units, against what chance would do over all of them.

    Alpha of one unit alone is always 0, as chance is then that unit itself; held against the whole, the
    parts' values, weighed by how many answers each has, make up the alpha of the whole.
    """
    every = _paired(whole)
    expected, counts = _expected(every, metric), _counts(every)
    units = _paired(part)
    if not expected or not units:
        return None
    total = sum(len(unit) for unit in units)
    return 1 - sum(_observed(unit, metric, counts) for unit in units) / total / expected


def _paired(units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if len(unit) >= PAIR]


def _counts(units: Iterable[Unit]) -> Counter[float]:
    return Counter(value for unit in units for value in unit)


def _observed(unit: Unit, metric: Metric, counts: Mapping[float, float]) -> float:
    pairs = permutations(unit, PAIR)
    return sum(metric(one, other, counts) for one, other in pairs) / (len(unit) - 1)


def _expected(units: Sequence[Unit], metric: Metric) -> float:
    counts = _counts(units)
    total = sum(counts.values())
    if total < PAIR:
        return 0.0
    apart = sum(
        counts[one] * counts[other] * metric(one, other, counts) for one, other in permutations(counts, PAIR)
    )
    return apart / (total * (total - 1))

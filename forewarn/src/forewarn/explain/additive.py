"""Drivers that add up to what they explain."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from forewarn.contracts.explanations import Driver, Drivers, Scale
from forewarn.contracts.panels import Floats

LIMITS = "limits"
"""What a model's own limits (never under 1 in 10,000, say) take away from what its parts say."""

_NOTHING = 1e-6


def added_up(scale: Scale, base: float, output: float, drivers: Iterable[Driver]) -> Drivers:
    """Drivers of one forecast, the largest first.

    What they leave between ``base`` and ``output`` is the model's limits; less than a millionth of it is
    rounding and goes to the base, so that the sum is right to the last digit.
    """
    kept = [driver for driver in drivers if driver.contribution != 0]
    left = output - base - sum(driver.contribution for driver in kept)
    if abs(left) > _NOTHING * max(1.0, abs(output)):
        kept.append(Driver(LIMITS, left))
    else:
        base += left
    return Drivers(scale, base, output, tuple(sorted(kept, key=lambda each: -abs(each.contribution))))


def carried(contributions: Floats, *, old: tuple[float, float], new: tuple[float, float]) -> Floats:
    """Contributions carried to another scale of the same quantity, each in proportion.

    ``old`` and ``new`` are base and output on either scale: what added up to the one difference adds up to
    the other (the rescale rule of Shrikumar et al. 2017). Where nothing moved, nothing does.
    """
    moved = old[1] - old[0]
    return contributions * ((new[1] - new[0]) / moved) if moved else np.zeros_like(contributions)


def merged(drivers: Sequence[Driver]) -> list[Driver]:
    """One driver for each name: contributions are summed, the first one's figures are kept."""
    found: dict[str, Driver] = {}
    for driver in drivers:
        if driver.name in found:
            known = found[driver.name]
            found[driver.name] = replace(known, contribution=known.contribution + driver.contribution)
        else:
            found[driver.name] = driver
    return list(found.values())

"""What changed since the assessment before, and where the judgement and the figures differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rtopnet.warning.assessments.rules.profiles import Crime, ProfileLevel, Read
from rtopnet.warning.assessments.rules.scale import Judgement, Scores, Trend, median_of

NOTABLE = 0.5
"""Less than half a step of the scale is no change."""


class Move(StrEnum):
    """Where something went."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    NEW = "new"
    """There was nothing to compare it with."""


@dataclass(frozen=True)
class FactorChange:
    """A factor's middle score before and now."""

    code: str
    before: float | None
    now: float | None
    move: Move


@dataclass(frozen=True)
class ProfileChange:
    """A profile's level before and now."""

    crime: Crime
    before: ProfileLevel | None
    now: ProfileLevel | None
    move: Move


class Contrast(StrEnum):
    """How the assessors' judgement and the statistical outlook stand to each other."""

    AGREE = "agree"
    JUDGED_HIGHER = "judged_higher"
    FIGURES_HIGHER = "figures_higher"
    JUDGED_WORSENING = "judged_worsening"
    FIGURES_RISING = "figures_rising"


def move_between(before: float | None, now: float | None) -> Move:
    """Where a score went; half a step at least.

    >>> move_between(1, 2).value, move_between(None, 2).value
    ('worse', 'new')
    """
    if before is None or now is None:
        return Move.NEW
    if abs(now - before) < NOTABLE:
        return Move.SAME
    return Move.WORSE if now > before else Move.BETTER


def factor_changes(codes: Iterable[str], before: Scores, now: Scores) -> tuple[FactorChange, ...]:
    """Every factor, with its middle score then and now."""
    pairs = ((code, median_of(before, code), median_of(now, code)) for code in codes)
    return tuple(FactorChange(code, old, new, move_between(old, new)) for code, old, new in pairs)


def profile_changes(before: Sequence[Read], now: Sequence[Read]) -> tuple[ProfileChange, ...]:
    """Every profile of now, with its level then."""
    levels = {read.crime: read.level for read in before}
    return tuple(
        ProfileChange(read.crime, old, read.level, move_between(old, read.level))
        for read in now
        for old in [levels.get(read.crime)]
    )


def direction_of(judgements: Iterable[Judgement]) -> Trend:
    """Where assessors see it going: the sign of all their trends together, steady where they cancel out."""
    total = sum(one.trend for one in judgements if one.trend is not None)
    return Trend.WORSENING if total > 0 else Trend.EASING if total < 0 else Trend.STEADY


def contrast_of(
    judged: ProfileLevel | None, trend: Trend, figures: int, figures_direction: int
) -> Contrast | None:
    """Where judgement and outlook differ; None where there is no judgement to compare.

    Args:
        judged: the highest level of the profiles.
        trend: where assessors see it going.
        figures: the outlook's level from 0 (almost none) to 4 (very high).
        figures_direction: -1 where it falls, 1 where it rises, otherwise 0.

    The levels differ where the judgement is in the upper half and the figures in the lower, or the other way
    round; the directions where one goes up and the other down. Levels are told before directions.
    """
    if judged is None:
        return None
    if judged >= ProfileLevel.SEVERAL and figures <= 1:
        return Contrast.JUDGED_HIGHER
    if judged <= ProfileLevel.SOME and figures >= 3:  # noqa: PLR2004 -- high or very high
        return Contrast.FIGURES_HIGHER
    if trend * figures_direction < 0:
        return Contrast.JUDGED_WORSENING if trend > 0 else Contrast.FIGURES_RISING
    return Contrast.AGREE

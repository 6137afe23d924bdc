"""How four crimes and incitement are read from scores: a published rule, and never a probability.

For each factor the middle of what assessors said counts. A factor is *seen* from "present" on, and *strong*
from half way to "strong" on. Each profile has factors common to all crimes and signs of its own; the level
is the highest one whose conditions hold. All conditions are lower bounds, so a higher score never lowers a
profile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from rtopnet.warning.assessments.rules.scale import Presence, Scores, median_of

SEEN = float(Presence.PRESENT)
STRONG = (Presence.PRESENT + Presence.STRONG) / 2
COMMON = tuple(str(number) for number in range(1, 9))


class Crime(StrEnum):
    """What a profile is about."""

    GENOCIDE = "genocide"
    AGAINST_HUMANITY = "crimes_against_humanity"
    WAR = "war_crimes"
    CLEANSING = "ethnic_cleansing"
    INCITEMENT = "incitement"


class ProfileLevel(IntEnum):
    """How much of a profile is seen; a description and no rank among states."""

    NONE = 0
    SOME = 1
    SEVERAL = 2
    PRONOUNCED = 3


@dataclass(frozen=True)
class Bounds:
    """How many common factors, own signs, and strong own signs a level asks for at least."""

    common: int
    own: int
    strong: int = 0


@dataclass(frozen=True)
class Profile:
    """What a crime is read from, and what each level asks for."""

    crime: Crime
    own: tuple[str, ...]
    several: Bounds
    pronounced: Bounds
    common: tuple[str, ...] = COMMON
    is_of_acts: bool = False
    """Its own signs are indicators, because the Framework has no factor of its own for it."""


@dataclass(frozen=True)
class Read:
    """What a profile came to; ``level`` is None where none of its own signs was judged by anybody."""

    crime: Crime
    level: ProfileLevel | None
    common_seen: tuple[str, ...]
    own_seen: tuple[str, ...]
    own_strong: tuple[str, ...]
    lowest: ProfileLevel | None
    """Of the levels that each assessor's own scores would make."""
    highest: ProfileLevel | None


_SEVERAL, _PRONOUNCED = Bounds(3, 1), Bounds(5, 2, 1)
PROFILES = {
    profile.crime: profile
    for profile in (
        Profile(Crime.GENOCIDE, ("9", "10"), _SEVERAL, _PRONOUNCED),
        Profile(Crime.AGAINST_HUMANITY, ("11", "12"), _SEVERAL, _PRONOUNCED),
        Profile(Crime.WAR, ("13", "14"), _SEVERAL, _PRONOUNCED),
        Profile(Crime.CLEANSING, ("7.10", "7.12", "12.3"), _SEVERAL, _PRONOUNCED, is_of_acts=True),
        Profile(
            Crime.INCITEMENT,
            ("2.2", "7.14", "8.7", "10.1", "11.4", "12.8", "13.7"),
            several=Bounds(0, 3),
            pronounced=Bounds(0, 5, 1),
            common=(),
            is_of_acts=True,
        ),
    )
}
KEY_INDICATORS = frozenset(code for one in PROFILES.values() if one.is_of_acts for code in one.own)
"""Indicators that a profile is read from, so that assessors are asked about each."""


def read_profile(profile: Profile, scores: Scores) -> Read:
    """The profile's level, what it rests on, and how far assessors' own readings lie apart."""
    middle = _middle(profile, scores)
    each = [
        level
        for assessor in sorted({one for answers in scores.values() for one in answers})
        if (level := _level(profile, _middle(profile, _alone(scores, assessor)))) is not None
    ]
    return Read(
        crime=profile.crime,
        level=_level(profile, middle),
        common_seen=_reaching(profile.common, middle, SEEN),
        own_seen=_reaching(profile.own, middle, SEEN),
        own_strong=_reaching(profile.own, middle, STRONG),
        lowest=min(each, default=None),
        highest=max(each, default=None),
    )


def read_profiles(crimes: Iterable[Crime], scores: Scores) -> tuple[Read, ...]:
    """The profiles of those crimes, always in the same order."""
    wanted = set(crimes)
    return tuple(read_profile(profile, scores) for crime, profile in PROFILES.items() if crime in wanted)


def _level(profile: Profile, middle: Mapping[str, float]) -> ProfileLevel | None:
    if not any(code in middle for code in profile.own):
        return None
    common = len(_reaching(profile.common, middle, SEEN))
    own = len(_reaching(profile.own, middle, SEEN))
    strong = len(_reaching(profile.own, middle, STRONG))

    def holds(bounds: Bounds) -> bool:
        return common >= bounds.common and own >= bounds.own and strong >= bounds.strong

    if holds(profile.pronounced):
        return ProfileLevel.PRONOUNCED
    if holds(profile.several):
        return ProfileLevel.SEVERAL
    return ProfileLevel.SOME if common + own else ProfileLevel.NONE


def _middle(profile: Profile, scores: Scores) -> dict[str, float]:
    found = {code: median_of(scores, code) for code in (*profile.common, *profile.own)}
    return {code: value for code, value in found.items() if value is not None}


def _alone(scores: Scores, assessor: int) -> Scores:
    return {code: {assessor: answers[assessor]} for code, answers in scores.items() if assessor in answers}


def _reaching(codes: Iterable[str], middle: Mapping[str, float], floor: float) -> tuple[str, ...]:
    return tuple(code for code in codes if middle.get(code, -1.0) >= floor)

"""What happens in the exercise region: who fights or attacks, where, and how often in which month."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FIRST, LAST = 12 * 2012, 12 * 2026 + 9  # January 2012 and October 2026, counted as months
UNREST_BEGINS = 12 * 2026  # January 2026
CEASEFIRE = 12 * 2016 + 6  # July 2016

# From one first-level region to those next to it, with the months after UNREST_BEGINS.
SPREAD = {"Peshalor": 0, "Karruvane": 2, "Sovareth": 4, "Ilmetha": 7}

Places = Mapping[str, float]


@dataclass(frozen=True)
class Actor:
    """One side; ``gw_id`` is set for a government only."""

    name: str
    number: int
    gw_id: int | None = None


CIVILIANS = Actor("Civilians", 1)
ILDONY = Actor("Government of Ildony", 9102, 9002)
NOLMERE = Actor("Government of Nolmere", 9103, 9003)
PELURIN = Actor("Government of Pelurin", 9104, 9004)
GREY_BANNER = Actor("Grey Banner Movement", 9201)
FREE_COLUMN = Actor("Uplands Free Column", 9202)
SHORE_ASSEMBLY = Actor("Eastern Shore Assembly", 9203)
SALT_ROAD = Actor("Salt Road Riders", 9204)
LOWLAND_WATCH = Actor("Lowland Watch", 9205)
HARBOUR_NINE = Actor("Harbour Nine", 9206)
QUAY_LEAGUE = Actor("Quay Street League", 9207)


@dataclass(frozen=True)
class Thread:
    """One strand of violence.

    Attributes:
        number: of its conflict and dyad.
        violence: UCDP's type: 1 state-based, 2 non-state, 3 one-sided.
        places: how many events to expect in a month, by first-level region.
        deaths: the median of an event's deaths.
    """

    number: int
    iso3: str
    violence: int
    side_a: Actor
    side_b: Actor
    places: Callable[[int], Places]
    deaths: float


def _shared(weights: Places, rate: float) -> Places:
    whole = sum(weights.values())
    return {place: rate * weight / whole for place, weight in weights.items()}


def _simmering(rate: float) -> Callable[[int], Places]:
    """Waves of nineteen months that neither end nor grow."""
    uplands = {"Ustrel": 4, "Skeldry": 3, "Ionvar": 1, "Haldreck": 1}
    return lambda month: _shared(uplands, rate * (1 + 0.6 * math.sin(2 * math.pi * (month - FIRST) / 19)))


def _subsiding(rate: float) -> Callable[[int], Places]:
    """Steady until the ceasefire, then a seventh less each month, and nothing once it is rare."""
    shores = {"Ombrith": 4, "Rhodrane": 3, "Nessavar": 2, "Pelvashe": 1}

    def places(month: int) -> Places:
        now = rate * math.exp(-max(0, month - CEASEFIRE) / 7)
        return _shared(shores, now) if now > 0.02 else {}  # noqa: PLR2004 - one event in four years

    return places


def _dry_season(month: int) -> Places:
    """December to April, over grazing and water along the road."""
    is_dry = month % 12 in {11, 0, 1, 2, 3}
    return _shared({"Tishari": 3, "Vanduro": 2, "Oruvel": 1}, 5.0 if is_dry else 0.8)


def _harbour(month: int) -> Places:
    return {"Tolvuri": 0.04} if month < UNREST_BEGINS else {}


def _spreading(first: float, growth: float, most: float) -> Callable[[int], Places]:
    """Each region begins when the attacks reach it, then grows by the month up to a bound."""

    def places(month: int) -> Places:
        since = {place: month - UNREST_BEGINS - delay for place, delay in SPREAD.items()}
        return {place: min(first + growth * months, most) for place, months in since.items() if months >= 0}

    return places


THREADS = (
    Thread(9301, "XNM", 1, NOLMERE, FREE_COLUMN, _simmering(4.2), 3.0),
    Thread(9302, "XNM", 3, FREE_COLUMN, CIVILIANS, _simmering(0.6), 2.0),
    Thread(9303, "XNM", 3, NOLMERE, CIVILIANS, _simmering(0.4), 2.0),
    Thread(9304, "XPE", 1, PELURIN, SHORE_ASSEMBLY, _subsiding(9.0), 5.0),
    Thread(9305, "XPE", 3, SHORE_ASSEMBLY, CIVILIANS, _subsiding(1.6), 4.0),
    Thread(9306, "XPE", 3, PELURIN, CIVILIANS, _subsiding(0.7), 3.0),
    Thread(9307, "XTA", 2, SALT_ROAD, LOWLAND_WATCH, _dry_season, 2.5),
    Thread(9308, "XID", 2, HARBOUR_NINE, QUAY_LEAGUE, _harbour, 1.5),
    Thread(9309, "XID", 3, GREY_BANNER, CIVILIANS, _spreading(2.5, 1.8, 14.0), 4.0),
    Thread(9310, "XID", 1, ILDONY, GREY_BANNER, _spreading(0.4, 0.4, 3.0), 3.0),
)

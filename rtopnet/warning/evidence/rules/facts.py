"""What a report says, and what cannot be so."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.warning.evidence.rules.words import (
    HARMS,
    LATITUDES,
    LONGITUDES,
    MOST_PEOPLE,
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    SourceGrade,
)

HOURS = 24
Range = tuple[int, int]
"""How many people at least, and most probably."""


class ReportRefusedError(RuleBrokenError):
    """A report contradicts itself."""


@dataclass(frozen=True)
class Facts:
    """The open facts; whoever reads the record reads them."""

    act: str
    state: UUID
    occurred_from: date
    occurred_to: date
    precision: Precision = Precision.DAY
    hour: int | None = None
    region_name: str = ""
    place_precision: PlacePrecision = PlacePrecision.STATE
    target_group: str = ""
    target_ground: Ground = Ground.UNKNOWN
    actor_kind: ActorKind = ActorKind.UNKNOWN
    actor_name: str = ""
    killed: Range | None = None
    injured: Range | None = None
    displaced: Range | None = None
    source_grade: SourceGrade | None = None
    information_grade: int | None = None

    @property
    def grade(self) -> str:
        """The two grades together, such as B2; empty where there is none."""
        return f"{self.source_grade or ''}{self.information_grade or ''}"


@dataclass(frozen=True)
class ExactPlace:
    """Where exactly; a protected part of its own."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def has_point(self) -> bool:
        """Whether it has coordinates."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class Protected:
    """What nobody outside the owner reads unless the owner names them for it."""

    source: str = ""
    names: str = ""
    place: ExactPlace = field(default_factory=ExactPlace)


def faults_of(facts: Facts, protected: Protected, *, today: date) -> Iterator[tuple[str, str]]:
    """Each fault: the field it is about, and the code of the reason."""
    if facts.occurred_to < facts.occurred_from:
        yield "occurred_to", "ends_before_it_begins"
    if facts.occurred_from > today:
        yield "occurred_from", "lies_ahead"
    if (facts.precision is Precision.HOUR) != (facts.hour is not None):
        yield "hour", "hour_with_its_precision"
    if facts.hour is not None and not 0 <= facts.hour < HOURS:
        yield "hour", "no_such_hour"
    if facts.place_precision is not PlacePrecision.STATE and not facts.region_name:
        yield "region", "region_missing"
    for harm in HARMS:
        yield from _faults_of_range(harm, getattr(facts, harm))
    yield from _faults_of_point(protected.place)


def expect_sound(facts: Facts, protected: Protected, *, today: date) -> None:
    """Refuse what cannot be so.

    Raises:
        ReportRefusedError: with the field and the code of the first reason.
    """
    for name, reason in faults_of(facts, protected, today=today):
        raise ReportRefusedError(f"{name}: {reason.replace('_', ' ')}.")


def _faults_of_range(harm: str, people: Range | None) -> Iterator[tuple[str, str]]:
    if people is None:
        return
    low, best = people
    if low > best:
        yield f"{harm}_low", "low_above_best"
    if low < 0 or best > MOST_PEOPLE:
        yield f"{harm}_best", "no_such_number"


def _faults_of_point(place: ExactPlace) -> Iterator[tuple[str, str]]:
    if (place.latitude is None) != (place.longitude is None):
        yield "latitude" if place.latitude is None else "longitude", "half_a_point"
    if place.latitude is not None and not -LATITUDES <= place.latitude <= LATITUDES:
        yield "latitude", "no_such_point"
    if place.longitude is not None and not -LONGITUDES <= place.longitude <= LONGITUDES:
        yield "longitude", "no_such_point"

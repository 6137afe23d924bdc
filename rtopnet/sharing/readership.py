"""Who would read a record, in the names that stand before the button."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.network.public import name_in, names_of
from rtopnet.sharing.public import Readership, WouldRead


@dataclass(frozen=True)
class PlaceReading:
    """A state or institution with its people who would read; ``name`` is empty for people of none."""

    name: str
    people: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class ReadershipInWords:
    """Everybody who would read a record, by state or institution, from when until when."""

    others: tuple[PlaceReading, ...]
    own: tuple[PlaceReading, ...]
    anybody: bool
    count: int
    """How many people beside the owner's own."""
    opens_at: datetime | None
    closes_at: datetime | None


def readership_in_words(readership: Readership, language: str) -> ReadershipInWords:
    """The readership grouped by state or institution, in the reader's language and order of names."""
    names = names_of({place for person in readership.people for place in _places(person)})
    others = [person for person in readership.people if not person.is_own]
    own = [person for person in readership.people if person.is_own]
    return ReadershipInWords(
        others=_grouped(others, names, language),
        own=_grouped(own, names, language),
        anybody=readership.anybody,
        count=len(others),
        opens_at=readership.opens_at,
        closes_at=readership.closes_at,
    )


def _grouped(
    people: list[WouldRead], names: dict[UUID, dict[str, str]], language: str
) -> tuple[PlaceReading, ...]:
    by_place: dict[str, list[str]] = {}
    for person in people:
        place = next((name_in(names[one], language) for one in _places(person) if one in names), "")
        by_place.setdefault(place, []).append(person.name)
    return tuple(
        PlaceReading(place, tuple(found), is_own=people[0].is_own)
        for place, found in sorted(by_place.items())
    )


def _places(person: WouldRead) -> list[UUID]:
    states = sorted(seat.state for seat in person.seats if seat.state)
    return states + sorted(seat.institution for seat in person.seats if seat.institution)

"""Whether what a statement rests on may go where the statement goes."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rtopnet.kernel.errors import RuleBrokenError

EVERYBODY = UUID(int=0)
"""The principal of the public."""


class ReferenceBlocksError(RuleBrokenError):
    """A statement rests on a record that may not go where the text goes."""


class UnsupportedStatementError(RuleBrokenError):
    """A statement names nothing that it rests on, and is not marked as the network's own."""


class SectionMissingError(RuleBrokenError):
    """A section that the form of the paper needs says nothing."""


class Bar(StrEnum):
    """Why a reference may not travel."""

    OUT_OF_SIGHT = "out_of_sight"
    """Whoever drafts does not read it (any more): nobody circulates what they cannot look up."""
    NOT_OPEN = "not_open"
    """It is a draft, under embargo, expired, or taken back."""
    MARKING = "marking"
    """It is marked more strictly than the text that would carry its title further."""
    OFFICE = "office"
    """It is not released to the office that is written to."""
    CIRCLE = "circle"
    """Not all of those who clear the text could look it up."""


@dataclass(frozen=True)
class Cited:
    """A record that a statement rests on, as far as its travelling depends on it."""

    marking: int
    """The Traffic Light Protocol's levels, the strictest first."""
    readers: frozenset[UUID]
    is_open: bool


@dataclass(frozen=True)
class Journey:
    """Where a text goes: its marking, and for each of its readers the principals that they read as."""

    marking: int
    office: frozenset[UUID]
    circle: tuple[frozenset[UUID], ...] = ()


def bars(cited: Cited | None, journey: Journey) -> tuple[Bar, ...]:
    """Why the reference may not travel, all reasons at once; empty where it may. None: it is out of sight.

    A record goes where its own marking and audience let it: a mention in a text that goes further would be a
    release by the side door.
    """
    if cited is None:
        return (Bar.OUT_OF_SIGHT,)
    if not cited.is_open:
        return (Bar.NOT_OPEN,)
    found = []
    if cited.marking < journey.marking:
        found.append(Bar.MARKING)
    if not _reaches(cited, journey.office):
        found.append(Bar.OFFICE)
    if not all(_reaches(cited, reader) for reader in journey.circle):
        found.append(Bar.CIRCLE)
    return tuple(found)


def _reaches(cited: Cited, reader: Collection[UUID]) -> bool:
    return bool(cited.readers & {*reader, EVERYBODY})


def needs_release(found: Collection[Bar]) -> bool:
    """Whether a release by the record's owner would let it travel."""
    return bool({Bar.MARKING, Bar.OFFICE, Bar.CIRCLE} & set(found))

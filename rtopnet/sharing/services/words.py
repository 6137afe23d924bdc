"""What a record says, and on what terms."""

from dataclasses import dataclass
from datetime import datetime

from rtopnet.sharing.rules import Audience, Marking


@dataclass(frozen=True)
class PartWords:
    """What a part says, and for whom it is; without an ``audience`` it stays as the version before had it."""

    label: str
    body: str
    marking: Marking
    audience: Audience | None = None
    slot: int | None = None
    """Its place in the version before; None: a new part."""


@dataclass(frozen=True)
class Words:
    """What a version of a record says; without ``parts`` these stay as they are."""

    title: str
    body: str
    parts: tuple[PartWords, ...] | None = None


@dataclass(frozen=True)
class Terms:
    """On what terms a record is kept and shared."""

    kind: str
    marking: Marking
    chatham_house: bool = False
    open_to_contributors: bool = False
    existence_only: bool = False
    embargo_until: datetime | None = None
    expires_at: datetime | None = None

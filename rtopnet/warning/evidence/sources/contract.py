"""What a connector is asked, what it brings, and how it says that it could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from rtopnet.warning.evidence.sources.refusals import FormatChangedError
from rtopnet.warning.evidence.sources.wire import Wire

DASH = " \u2013 "
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 300, 20_000, 200
FIRST_YEAR, LAST_YEAR, MOST_DEATHS = 1900, 2200, 100_000_000
"""A source that tells of other years, or of more in one event, has changed its form."""


@dataclass(frozen=True)
class Ask:
    """What a connector needs to know to fetch."""

    address: str
    today: date
    settings: Mapping[str, Any] = field(default_factory=dict)
    """How this source is read; ``states`` leads from the source's own codes of states to ours."""
    cursor: Mapping[str, Any] = field(default_factory=dict)
    """Where the last fetch ended, as the connector said."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    """Of the region pack, for what is read from there."""

    @property
    def states(self) -> dict[str, str]:
        """Our codes of states by the source's."""
        return {str(key): str(value) for key, value in self.settings.get("states", {}).items()}


@dataclass(frozen=True)
class Item:
    """One signal as its source tells it; a later telling under the same key is a revision."""

    key: str
    title: str
    text: str = ""
    published_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reach_km: int = 0
    """How far from the point it may have been; 0 where the source does not say."""
    state: str = ""
    """Our code of the state, where the source tells."""
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    """Newsrooms or bodies that it goes back to."""
    kind: str = ""
    deaths: int | None = None
    language: str = ""
    url: str = ""
    raw_sha256: str = ""
    """Of the answer that it stood in."""


@dataclass(frozen=True)
class Batch:
    """What one fetch brought."""

    items: tuple[Item, ...]
    cursor: Mapping[str, Any]
    gone: tuple[str, ...] = ()
    """Keys that the source took back."""
    set_aside: int = 0
    """Rows that could not be read; more than a few mean a changed format, which is an error."""
    raw_sha256: str = ""
    """Of everything that was answered."""


class Connector(Protocol):
    """One kind of source."""

    kind: str
    secrets: tuple[str, ...]
    """Names of what the environment must hold, all of them."""
    prose: bool
    """Whether titles are the source's own words, so that copies can be told by them."""

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """What is new since the cursor.

        Raises:
            SourceError: it could not be had; what was brought before stays.
        """
        ...


def expect_keys(found: Mapping[str, Any], wanted: Mapping[str, type | tuple[type, ...]], where: str) -> None:
    """Refuse an answer that lacks a key, or has something else there.

    Raises:
        FormatChangedError: naming the key.
    """
    for key, kind in wanted.items():
        if key not in found:
            raise FormatChangedError(f"{where}: '{key}' is missing")
        if not isinstance(found[key], kind):
            raise FormatChangedError(f"{where}: '{key}' is {type(found[key]).__name__} now")


def cut(text: str, most: int) -> str:
    """The text without control characters, no longer than ``most``."""
    plain = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"

"""A region pack as plain values: what a region's folder says, once it has been found sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from rtopnet.network.region_pack.story import StoryRecord

Names = Mapping[str, str]
Kind = Literal["real", "exercise"]
Holding = Literal["country_month", "region_month", "events", "boundaries", "boundaries_level1", "crosswalk"]


@dataclass(frozen=True)
class Language:
    """A language the interface is offered in: ``numerals`` is CLDR's name, ``direction`` ltr or rtl."""

    code: str
    name: str
    numerals: str
    direction: str


@dataclass(frozen=True)
class Institution:
    """A ministry, secretariat or other body; ``key`` is unique in the pack, ``of`` an ISO3 code or empty."""

    key: str
    kind: str
    names: Names
    of: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class OwnName:
    """What a state calls itself in one of its languages, and how that was verified."""

    language: str
    name: str
    basis: str = ""


@dataclass(frozen=True)
class Membership:
    """Since when a state belongs to the region; ``verified`` says how far: day, month, year or none."""

    since: date
    verified: str


@dataclass(frozen=True)
class FirstLevelRegion:
    """A first-level region under the name its events and panels use, with names by language if given."""

    name: str
    names: Names


@dataclass(frozen=True)
class State:
    """A member state.

    Attributes:
        gw_id: Gleditsch and Ward's number, which UCDP uses as ``country_id``.
        centroid: latitude and longitude in degrees.
        line: where it stands in region.yaml.
    """

    iso3: str
    iso2: str
    m49: str
    gw_id: int
    names: Names
    own_names: tuple[OwnName, ...]
    official_languages: tuple[str, ...]
    working_languages: tuple[str, ...]
    capital: str
    centroid: tuple[float, float]
    time_zones: tuple[str, ...]
    member_since: Membership | None
    institutions: tuple[Institution, ...]
    regions: tuple[FirstLevelRegion, ...]
    note: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Post:
    """A post to open, never a person; ``of`` is a state's ISO3 code or an institution's key."""

    key: str
    kind: str
    of: str
    titles: Names
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Region:
    """What region.yaml says.

    Attributes:
        names: by language code, always with the working language.
        crimes: the four crimes' local names, by crime and then language; may be empty.
        sign_in_posts: keys of posts that the local setting prints one-time sign-in links for.
    """

    slug: str
    kind: Kind
    names: Names
    short_names: Names
    founded: date | None
    working_language: str
    languages: tuple[Language, ...]
    time_zone: str
    crimes: Mapping[str, Names]
    institutions: tuple[Institution, ...]
    states: tuple[State, ...]
    posts: tuple[Post, ...]
    sign_in_posts: tuple[str, ...]
    document_languages: tuple[str, ...] = ()
    """Codes of further languages that documents can be taken out in."""


@dataclass(frozen=True)
class Source:
    """Where one data file of the pack comes from.

    Attributes:
        file: path inside the pack, with forward slashes.
        outcome: for country-months ``all``, ``state_based``, ``non_state`` or ``one_sided``; else empty.
        span: first and last month covered, ``YYYY-MM``; None for boundaries.
        invented: true for content of a fictional region; a real region has none.
        replay: real figures told of a fictional state, under another name and moved in time.
    """

    file: str
    holds: Holding
    outcome: str
    name: str
    publisher: str
    licence: str
    citations: tuple[str, ...]
    vintage: str
    span: tuple[str, str] | None
    derived_by: str
    derived_on: date | None
    sha256: str
    invented: bool
    replay: bool = False
    note: str = ""
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Holiday:
    """A day on which a state's offices are closed; ``names`` by language."""

    on: date | None
    names: Names
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Calendar:
    """A state's days of rest in the week (Monday is 0) and its public holidays."""

    state: str
    rest_days: tuple[int, ...]
    days: tuple[Holiday, ...]
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Holidays:
    """What holidays.yaml says: calendars, where they come from, and as of when."""

    source: str
    as_of: date
    calendars: tuple[Calendar, ...]


@dataclass(frozen=True)
class RegionPack:
    """A sound pack: its region, its sources and where its files are.

    Attributes:
        catalogues: language codes that have a message catalogue in the pack's locale folder.
        sha256: one hash of all its files; another one means the pack has changed.
        story: the records that an exercise is shown with.
    """

    folder: Path
    region: Region
    sources: tuple[Source, ...]
    catalogues: tuple[str, ...]
    sha256: str
    story: tuple[StoryRecord, ...] = ()
    holidays: Holidays | None = None

    def path(self, source: Source) -> Path:
        """Where the file of a source lies."""
        return self.folder / source.file

    def holding(self, holds: Holding, outcome: str = "") -> tuple[Source, ...]:
        """The sources of one kind, of one outcome if it is given, in the order of sources.yaml."""
        return tuple(s for s in self.sources if s.holds == holds and outcome in {"", s.outcome})

"""What a store holds, file by file, and what a source must offer to fill it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from forewarn.contracts.months import Month
from forewarn.contracts.rejects import Rejects

Kind = Literal["events", "table"]


@dataclass(frozen=True)
class Holding:
    """One file that was read into a store; nothing in a store is ever overwritten.

    Attributes:
        source: the connector that read it, e.g. ``ucdp-ged``.
        version: the release as its publisher names it, e.g. ``23.1`` or ``26.0.8``; of a country-month table,
            who it is from.
        kind: ``events``, or ``table`` for figures that came already summed.
        outcome: what a table counts; None for events, which count for every outcome.
        licence: the licence the publisher states.
        citation: how to cite it.
        fetched_at: when it was read in, ISO 8601, UTC.
        sha256: of the file as it was given, zipped or not.
        file: its name.
        rows: rows kept.
        rejected: rows refused.
        first_month: the first month it speaks of, None where it holds no row.
        last_month: the last month it speaks of.
        units: what it speaks of: country numbers of events, ISO3 codes of a table.
        world: it speaks of every country, so that a country it does not name had no event.
        rank: where it stands among releases of the same source; the higher prevails. The first figure is the
            tier (candidate below final), the rest order releases within it.
        warnings: oddities that were kept, and how many rows have each.
    """

    source: str
    version: str
    kind: Kind
    licence: str
    citation: str
    fetched_at: str
    sha256: str
    file: str
    rows: int
    rejected: int
    first_month: Month | None
    last_month: Month | None
    units: tuple[str, ...]
    world: bool = False
    outcome: str | None = None
    rank: tuple[int, ...] = ()
    warnings: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Holding":
        """The inverse of ``to_json``."""
        return cls(**{**values, "units": tuple(values["units"]), "rank": tuple(values["rank"])})


@dataclass(frozen=True)
class Option:
    """A command-line option of one source.

    Attributes:
        name: as typed, without the dashes.
        text: one line for --help.
        choices: what it may be; anything where empty.
        required: whether the source cannot do without.
    """

    name: str
    text: str
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Arrival:
    """A file on its way into a store: opened, hashed, found to be whole text.

    Attributes:
        path: the file as it was named.
        text: where its text lies; the same as ``path`` unless it came zipped.
        sha256: of the file as given.
        fetched_at: ISO 8601, UTC.
        lines: how many line ends it has, for a progress bar.
        ends_cleanly: the last line is ended; a file without may be cut off.
        settings: the source's options as given, without those left out.
    """

    path: Path
    text: Path
    sha256: str
    fetched_at: str
    lines: int
    ends_cleanly: bool
    settings: Mapping[str, str]


class Watch(Protocol):
    """Told how far a long reading is."""

    def __call__(self, rows: int) -> None: ...


class Source(Protocol):
    """A connector: one folder in ``forewarn/ingest`` whose package has a ``SOURCE`` of this shape."""

    name: str
    summary: str
    options: tuple[Option, ...]

    def version(self, path: Path, settings: Mapping[str, str]) -> str:
        """The release this file is of; UnusableInputError where neither name nor options tell."""
        ...

    def read(self, arrival: Arrival, folder: Path, watch: Watch) -> tuple[Holding, Rejects]:
        """Write the sound rows as Parquet into ``folder``, which is nobody else's, and say what they are.

        Raises:
            UnusableInputError: the file is broken; what was written is thrown away.
        """
        ...

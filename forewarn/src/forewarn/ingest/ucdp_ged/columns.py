"""Which column of a GED download is which, in any version from 17.1 on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.events import EVENT_FIELDS
from forewarn.engines import Dialect
from forewarn.ingest.soundness import first_record

# The order of the columns in files that come without a header row (candidate 24.0.1 was one).
_NAMES = [name for name, _ in EVENT_FIELDS]
GED_COLUMNS = (*_NAMES[:2], "year", *_NAMES[2:])

# Without these a row is no event; every other column may be missing from a version and is then null.
REQUIRED = ("id", "type_of_violence", "country", "country_id", "date_start", "date_end", "best")

# Names that other versions and forms of the download give to the same thing. Shapefile exports cut names to
# ten characters; where a cut name fits one column only, it is that column (see `_by_cut_name`).
_ALIASES = {
    "event_id": "id",
    "best_est": "best",
    "high_est": "high",
    "low_est": "low",
    "conflict_id": "conflict_new_id",
    "dyad_id": "dyad_new_id",
    "side_a_id": "side_a_new_id",
    "side_b_id": "side_b_new_id",
    "gwno": "country_id",
    "gwnoloc": "country_id",
    "gwno_loc": "country_id",
    "gwno_a": "gwnoa",
    "gwno_b": "gwnob",
    "lat": "latitude",
    "lon": "longitude",
    "long": "longitude",
    "priogrid_id": "priogrid_gid",
    "where_desc": "where_description",
    "where_coor": "where_coordinates",
}
_CUT = 10


@dataclass(frozen=True)
class Header:
    """How a file is laid out: its columns in order under our names, and how its fields are separated."""

    columns: tuple[str, ...]
    dialect: Dialect


def read_header(text: Path, *, shown_as: Path) -> Header:
    """Recognise the columns of a GED file from its first record, or by their number where it has no header.

    Raises:
        UnusableInputError: the first record is neither a GED header nor an event of 49 fields.
    """
    for delimiter in (",", ";", "\t"):
        first = first_record(text, delimiter)
        if len(first) == len(GED_COLUMNS) and first[0].strip().isdigit():
            return Header(GED_COLUMNS, Dialect(delimiter, has_header=False))
        columns = _named(first)
        if "id" in columns and "date_start" in columns:
            _require(columns, shown_as)
            return Header(columns, Dialect(delimiter))
    raise UnusableInputError(
        f"{shown_as}: the first row is not a UCDP GED header and not an event of 49 fields"
    )


def _named(first: Sequence[str]) -> tuple[str, ...]:
    taken: dict[str, None] = {}
    for number, cell in enumerate(first):
        name = _our_name(cell.strip().lower())
        taken[name if name and name not in taken else f"unused_{number}"] = None
    return tuple(taken)


def _our_name(name: str) -> str | None:
    return name if name in GED_COLUMNS else _ALIASES.get(name) or _by_cut_name(name)


def _by_cut_name(name: str) -> str | None:
    fitting = [column for column in GED_COLUMNS if column[:_CUT] == name] if len(name) == _CUT else []
    return fitting[0] if len(fitting) == 1 else None


def _require(columns: Sequence[str], shown_as: Path) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise UnusableInputError(f"{shown_as}: column {missing[0]} is missing from the header")

"""Make the exercise region's invented events, in the form of UCDP GED downloads.

    python -m tools.make_exercise_events FOLDER [--seed N]

Writes a final release to the end of 2025, a candidate release for January to August 2026 and one for each of
the two months after it. The same seed gives the same bytes.
"""

import argparse
import csv
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from forewarn.ingest.ucdp_ged.columns import GED_COLUMNS

from rtopnet.network.region_pack import State, read_region
from tools.exercise_story import FIRST, LAST, THREADS, Actor, Thread
from tools.make_exercise_boundaries import SEATS, Position, owners_of_cells, position_in
from tools.pack_sources import stamp

SEED = 20050916
FIRST_ID = 9_000_001
SUFFIXES = ("Ford", "Mill", "Cross", "Landing", "Quarry", "Wells")
WHERE = {1: 45, 2: 20, 3: 12, 4: 15, 5: 4, 6: 4}
WHEN = {1: 75, 2: 10, 3: 7, 4: 6, 5: 2}
DAYS = {1: 1, 2: 4, 3: 7, 4: 31, 5: 75}  # the longest an event of each precision of time lasts
COUNTRY_ONLY = 6


@dataclass(frozen=True)
class Release:
    """One file: its name and the months it covers, both included."""

    file: str
    first: int
    last: int
    is_candidate: bool


RELEASES = (
    Release("events/GEDEvent_exercise_v26_1.csv", FIRST, 12 * 2025 + 11, is_candidate=False),
    Release("events/GEDEvent_exercise_v26_01_26_08.csv", 12 * 2026, 12 * 2026 + 7, is_candidate=True),
    Release("events/GEDEvent_exercise_v26_0_9.csv", 12 * 2026 + 8, 12 * 2026 + 8, is_candidate=True),
    Release("events/GEDEvent_exercise_v26_0_10.csv", LAST, LAST, is_candidate=True),
)


@dataclass(frozen=True)
class Place:
    """Where an event happened and how precisely that is known."""

    precision: int
    name: str
    first_level: str
    district: str
    position: Position


def main() -> None:
    """Write the releases and record their hashes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    states = {state.iso3: state for state in read_region(options.folder).states}
    chronicle = Chronicle(states, options.seed)
    for release in RELEASES:
        count = _write(options.folder / release.file, chronicle.rows(release))
        print(f"{release.file}: {count} events")
    stamp(options.folder, *(release.file for release in RELEASES))


class Chronicle:
    """Draws events month by month; ids run on from release to release."""

    def __init__(self, states: dict[str, State], seed: int) -> None:
        self._states = states
        self._rng = random.Random(seed)  # noqa: S311 - a story, not a secret
        self._owners = owners_of_cells()
        self._next_id = FIRST_ID

    def rows(self, release: Release) -> Iterator[dict[str, object]]:
        """The events of one release, as rows under GED's column names."""
        for month in range(release.first, release.last + 1):
            for thread in THREADS:
                for first_level, expected in thread.places(month).items():
                    for _ in range(_poisson(expected, self._rng)):
                        yield self._row(thread, first_level, month, release)

    def _row(self, thread: Thread, first_level: str, month: int, release: Release) -> dict[str, object]:
        number, self._next_id = self._next_id, self._next_id + 1
        state, place = self._states[thread.iso3], self._place(thread.iso3, first_level)
        precision, start, end = self._days(month, release)
        return {
            "id": number,
            "relid": f"{state.iso3}-{start.year}-{thread.violence}-{thread.number}-{number - FIRST_ID}",
            "year": start.year,
            "active_year": True,
            "code_status": self._status(release),
            "type_of_violence": thread.violence,
            **_sides(thread),
            **self._report(start, place),
            **_where(place),
            "country": state.names["en"],
            "country_id": state.gw_id,
            "region": "Exercise",
            "event_clarity": 1 if precision <= 2 else 2,  # noqa: PLR2004 - within a week
            "date_prec": precision,
            "date_start": f"{start} 00:00:00.000",
            "date_end": f"{end} 00:00:00.000",
            **self._deaths(thread),
            "gwnoa": thread.side_a.gw_id or "",
            "gwnob": thread.side_b.gw_id or "",
        }

    def _place(self, iso3: str, first_level: str) -> Place:
        precision = _drawn(WHERE, self._rng)
        if precision == COUNTRY_ONLY:
            state = self._states[iso3]
            return Place(precision, state.names["en"], "", "", (state.centroid[1], state.centroid[0]))
        town = f"{first_level} {self._rng.choice(SUFFIXES)}"
        if precision > 3:  # noqa: PLR2004 - UCDP: 4 is known to the first-level region only
            return Place(precision, first_level, first_level, "", SEATS[iso3, first_level])
        town_rng = random.Random(town)  # noqa: S311 - a town stays where it is
        cells = [cell for cell, unit in self._owners.items() if unit == (iso3, first_level)]
        position = position_in(town_rng.choice(cells), town_rng)
        return Place(precision, town, first_level, f"{town} district", position)

    def _days(self, month: int, release: Release) -> tuple[int, date, date]:
        """Precision, first and last day; an event begins in its month and ends in its release."""
        first_day, next_month = _first_day(month), _first_day(month + 1)
        precision = _drawn(WHEN, self._rng)
        start = first_day + timedelta(days=self._rng.randrange((next_month - first_day).days))
        if precision == 4:  # noqa: PLR2004 - UCDP: known to the month
            return precision, first_day, next_month - timedelta(days=1)
        end = start + timedelta(days=self._rng.randrange(DAYS[precision]))
        return precision, start, min(end, _first_day(release.last + 1) - timedelta(days=1))

    def _status(self, release: Release) -> str:
        return "Check deaths" if release.is_candidate and self._rng.random() < 0.5 else "Clear"  # noqa: PLR2004

    def _report(self, start: date, place: Place) -> dict[str, object]:
        sources = self._rng.randrange(1, 5)
        headline = f"Exercise: violence reported at {place.name}"
        return {
            "number_of_sources": sources,
            "source_article": f"Halcyon Wire (exercise), {start}, {headline}",
            "source_office": "Halcyon Wire (exercise)",
            "source_date": f"{start} 00:00:00.000",
            "source_headline": headline,
            "source_original": "local officials (exercise)",
        }

    def _deaths(self, thread: Thread) -> dict[str, object]:
        best = max(1, round(thread.deaths * math.exp(self._rng.gauss(0, 0.8))))
        parts = _split(thread.violence, best, self._rng)
        doubt = self._rng.randrange(1 + best // 2)
        return {**parts, "best": best, "high": best + doubt, "low": max(0, best - doubt)}


def _split(violence: int, best: int, rng: random.Random) -> dict[str, object]:
    """Who died: civilians where they were the target, else mostly the two sides."""
    if violence == 3:  # noqa: PLR2004 - UCDP: one-sided
        return {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": best, "deaths_unknown": 0}
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    drawn = rng.choices(names, weights=(35, 40, 10, 15), k=best)
    return {name: drawn.count(name) for name in names}


def _sides(thread: Thread) -> dict[str, object]:
    name = f"{thread.side_a.name} - {thread.side_b.name}"
    return {
        "conflict_dset_id": thread.number,
        "conflict_new_id": thread.number,
        "conflict_name": name,
        "dyad_dset_id": thread.number,
        "dyad_new_id": thread.number,
        "dyad_name": name,
        **_side("side_a", thread.side_a),
        **_side("side_b", thread.side_b),
    }


def _side(key: str, actor: Actor) -> dict[str, object]:
    return {f"{key}_dset_id": actor.number, f"{key}_new_id": actor.number, key: actor.name}


def _where(place: Place) -> dict[str, object]:
    longitude, latitude = place.position
    return {
        "where_prec": place.precision,
        "where_coordinates": place.name,
        "where_description": f"{place.name} (exercise)",
        "adm_1": place.first_level,
        "adm_2": place.district,
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": priogrid_gid(longitude, latitude),
    }


def priogrid_gid(longitude: float, latitude: float) -> int:
    """The PRIO-GRID cell of a place: half-degree cells, counted from the south-west, 720 to a row.

    >>> priogrid_gid(-180, -90), priogrid_gid(97.75, 17.5)
    (1, 155356)
    """
    return math.floor((latitude + 90) * 2) * 720 + math.floor((longitude + 180) * 2) + 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _drawn(weights: dict[int, int], rng: random.Random) -> int:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def _poisson(expected: float, rng: random.Random) -> int:
    """A Poisson count by multiplying uniforms (Knuth, The Art of Computer Programming, 3.4.1)."""
    count, product, bound = 0, rng.random(), math.exp(-expected)
    while product > bound:
        count, product = count + 1, product * rng.random()
    return count


def _write(path: Path, rows: Iterable[dict[str, object]]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(rows, key=lambda row: (str(row["date_start"]), int(str(row["id"]))))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, GED_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)
    return len(ordered)


if __name__ == "__main__":
    main()

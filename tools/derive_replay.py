"""Derive a pack's replay: real monthly deaths of first-level regions, under other names and moved in time.

    python -m tools.derive_replay FOLDER --events FILE --place "SOURCE REGION" XAA:Name YEARS --until 2026-10

Each ``--place`` names a first-level region as the events have it, the exercise's state and region that it
stands for, and by how many years its months are moved forward. Events with an unknown region are left out; an
event that spans months counts in the month in which it began. Only sums by month and type are written.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rtopnet.network.region_pack.tables import REGION_MONTH, TYPES
from tools.pack_sources import stamp

FILE = "starter/replay.csv"
FIRST = "2017-01"
_REGION, _TYPE, _BEGAN, _DEATHS = "adm_1", "type_of_violence", "date_start", "best"
Key = tuple[str, str, str, str]


def main() -> None:
    """Read the arguments, write the sums, and record their hash."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--place", nargs=3, action="append", required=True)
    parser.add_argument("--first", default=FIRST)
    parser.add_argument("--until", required=True)
    options = parser.parse_args()
    moves = {place: (*target.split(":", 1), int(years)) for place, target, years in options.place}
    with options.events.open(encoding="utf-8", newline="") as lines:
        rows = list(replayed(csv.DictReader(lines), moves, first=options.first, until=options.until))
    target = options.folder / FILE
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(REGION_MONTH)
        writer.writerows(rows)
    stamp(options.folder, FILE)


def replayed(
    events: Iterable[Mapping[str, str]],
    moves: Mapping[str, tuple[str, str, int]],
    *,
    first: str,
    until: str,
) -> Iterator[tuple[object, ...]]:
    """Rows of the pack's table: sums of the source's best estimates, in the months they were moved to."""
    deaths: Counter[Key] = Counter()
    number: Counter[Key] = Counter()
    for event in events:
        if event[_REGION] not in moves:
            continue
        iso3, region, years = moves[event[_REGION]]
        month = f"{int(event[_BEGAN][:4]) + years:04d}-{event[_BEGAN][5:7]}"
        if first <= month <= until:
            key = (iso3, region, month, TYPES[int(event[_TYPE]) - 1])
            deaths[key] += int(event[_DEATHS])
            number[key] += 1
    for key in sorted(number):
        yield *key, deaths[key], number[key]


if __name__ == "__main__":
    main()

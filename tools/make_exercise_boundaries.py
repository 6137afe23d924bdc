"""Make the exercise region's land: boundaries of its fictional states and their first-level regions.

    python -m tools.make_exercise_boundaries FOLDER

A lattice of jittered cells in open ocean; each cell on land belongs to the nearest first-level region's seat.
Outlines follow the cells' edges, each roughened the same way for both of its sides, so that neighbours meet.
"""

import argparse
import itertools
import json
import math
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from rtopnet.network.region_pack import read_region
from rtopnet.network.region_pack.boundaries import signed_area
from tools.pack_sources import stamp, write_geojson

SEED = "halcyon-sea-1"
STEP = 0.4  # degrees between neighbouring nodes of the lattice
WEST, SOUTH, COLUMNS, ROWS = -152.0, 17.0, 48, 42
JITTER = 0.3  # of a step
ROUGHNESS = 0.16  # how far the middle of an edge strays, as a part of its length

# Seats of the first-level regions: longitude and latitude.
SEATS = {
    ("XCB", "Abrevoy"): (-147.6, 20.9),
    ("XCB", "Coravel"): (-145.2, 21.2),
    ("XCB", "Lunessa"): (-146.9, 19.3),
    ("XCB", "Zelmaro"): (-144.6, 19.7),
    ("XID", "Ilmetha"): (-140.1, 25.2),
    ("XID", "Karruvane"): (-141.6, 25.4),
    ("XID", "Peshalor"): (-143.0, 24.6),
    ("XID", "Sovareth"): (-141.2, 23.9),
    ("XID", "Tolvuri"): (-139.6, 23.6),
    ("XID", "Wendrasil"): (-140.9, 22.7),
    ("XNM", "Drethmoor"): (-138.0, 27.4),
    ("XNM", "Gavrin"): (-140.2, 27.3),
    ("XNM", "Haldreck"): (-137.9, 29.2),
    ("XNM", "Ionvar"): (-141.6, 29.6),
    ("XNM", "Skeldry"): (-139.6, 30.2),
    ("XNM", "Ustrel"): (-140.0, 28.8),
    ("XPE", "Nessavar"): (-136.9, 22.9),
    ("XPE", "Ombrith"): (-135.4, 22.6),
    ("XPE", "Pelvashe"): (-136.9, 21.3),
    ("XPE", "Rhodrane"): (-135.4, 21.1),
    ("XTA", "Merrosk"): (-143.6, 28.6),
    ("XTA", "Oruvel"): (-146.6, 27.3),
    ("XTA", "Quelast"): (-145.2, 28.7),
    ("XTA", "Tishari"): (-144.0, 26.7),
    ("XTA", "Vanduro"): (-145.8, 25.9),
}
# Land: ellipses as (longitude, latitude, half width, half height) in degrees.
LAND = (
    (-142.2, 26.8, 5.2, 3.2),
    (-141.0, 24.2, 3.0, 2.4),
    (-139.6, 28.9, 2.9, 2.2),
    (-136.2, 22.0, 1.8, 1.7),
    (-147.5, 20.8, 0.9, 0.8),
    (-145.1, 21.2, 0.8, 0.7),
    (-146.8, 19.3, 0.9, 0.6),
    (-144.6, 19.7, 0.7, 0.7),
)

Node = tuple[int, int]
Edge = tuple[Node, Node]
Unit = tuple[str, str]
Position = tuple[float, float]


def main() -> None:
    """Write both boundary files and record their hashes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    listed = {(state.iso3, area.name) for state in read_region(folder).states for area in state.regions}
    if listed != set(SEATS):
        raise SystemExit(f"region.yaml and the seats here differ: {sorted(listed ^ set(SEATS))}")
    owners = owners_of_cells()
    states = sorted({iso3 for iso3, _ in SEATS})
    write_geojson(
        folder / "boundaries.geojson",
        [_feature({"iso3": iso3}, [c for c, unit in owners.items() if unit[0] == iso3]) for iso3 in states],
    )
    write_geojson(
        folder / "boundaries_level1.geojson",
        [
            _feature(
                {"iso3": unit[0], "region": unit[1]}, [c for c, owner in owners.items() if owner == unit]
            )
            for unit in sorted(SEATS)
        ],
    )
    stamp(folder, "boundaries.geojson", "boundaries_level1.geojson")
    print(f"{folder}: {len(owners)} cells of land")


def owners_of_cells() -> dict[Node, Unit]:
    """Which first-level region each cell on land belongs to; cells by their south-western node."""
    cells = ((column, row) for column in range(COLUMNS) for row in range(ROWS))
    return {cell: _nearest(_middle(cell)) for cell in cells if _is_land(_middle(cell))}


def _middle(cell: Node) -> Position:
    return WEST + (cell[0] + 0.5) * STEP, SOUTH + (cell[1] + 0.5) * STEP


def _is_land(place: Position) -> bool:
    return any(math.hypot((place[0] - x) / w, (place[1] - y) / h) < 1 for x, y, w, h in LAND)


def position_in(cell: Node, rng: random.Random) -> Position:
    """A place well inside a cell, whatever its corners' jitter."""
    x, y = _middle(cell)
    return round(x + rng.uniform(-0.2, 0.2) * STEP, 4), round(y + rng.uniform(-0.2, 0.2) * STEP, 4)


def _nearest(place: Position) -> Unit:
    return min(SEATS, key=lambda unit: math.dist(SEATS[unit], place))


def _feature(properties: dict[str, str], cells: Iterable[Node]) -> str:
    rings = [_roughened(corners) for corners in _outlines(set(cells))]
    if any(signed_area(ring) <= 0 for ring in rings):
        raise SystemExit(f"{properties} has a hole; move a seat")
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(feature, separators=(",", ":"))


def _outlines(cells: set[Node]) -> Iterator[list[Node]]:
    """Closed rings of nodes around the cells, each with its cells on the left."""
    following: dict[Node, list[Node]] = {}
    for start, end in _outer_edges(cells):
        following.setdefault(start, []).append(end)
    while following:
        start = min(following)
        ring = [start]
        while len(ring) == 1 or ring[-1] != start:
            ring.append(_turn(ring, following))
        yield ring


def _outer_edges(cells: set[Node]) -> Iterator[Edge]:
    for x, y in cells:
        if (x, y - 1) not in cells:
            yield (x, y), (x + 1, y)
        if (x + 1, y) not in cells:
            yield (x + 1, y), (x + 1, y + 1)
        if (x, y + 1) not in cells:
            yield (x + 1, y + 1), (x, y + 1)
        if (x - 1, y) not in cells:
            yield (x, y + 1), (x, y)


def _turn(ring: list[Node], following: dict[Node, list[Node]]) -> Node:
    """The next node; where two cells meet only at a corner, the way that stays with the same cell."""
    here = ring[-1]
    ways = following[here]
    if len(ways) > 1:
        before = ring[-2] if len(ring) > 1 else here
        heading = (here[0] - before[0], here[1] - before[1])
        ways.sort(key=lambda way: heading[0] * (way[1] - here[1]) - heading[1] * (way[0] - here[0]))
    chosen = ways.pop()
    if not ways:
        del following[here]
    return chosen


def _roughened(corners: list[Node]) -> list[Position]:
    ring: list[Position] = []
    for start, end in itertools.pairwise(corners):
        ring += _rough_edge(start, end)[:-1]
    return [*ring, ring[0]]


def _rough_edge(start: Node, end: Node) -> list[Position]:
    """The edge with its middles moved aside twice over; the same points from either end."""
    first, last = min(start, end), max(start, end)
    rng = random.Random(f"{SEED} {first} {last}")  # noqa: S311 - for looks, not for secrets
    line = [_place(first), _place(last)]
    for _ in range(2):
        middles = [_strayed(a, b, rng) for a, b in itertools.pairwise(line)]
        line = [place for pair in zip(line, middles, strict=False) for place in pair] + line[-1:]
    line = [(round(x, 3), round(y, 3)) for x, y in line]
    return line if start == first else line[::-1]


def _place(node: Node) -> Position:
    rng = random.Random(f"{SEED} {node}")  # noqa: S311 - as above
    x, y = (part + rng.uniform(-JITTER, JITTER) for part in node)
    return WEST + x * STEP, SOUTH + y * STEP


def _strayed(a: Position, b: Position, rng: random.Random) -> Position:
    aside = rng.uniform(-ROUGHNESS, ROUGHNESS)
    return (a[0] + b[0]) / 2 - (b[1] - a[1]) * aside, (a[1] + b[1]) / 2 + (b[0] - a[0]) * aside


if __name__ == "__main__":
    main()

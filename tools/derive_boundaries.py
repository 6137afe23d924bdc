"""Derive a pack's boundaries.geojson from Natural Earth's country boundaries in TopoJSON.

    python -m tools.derive_boundaries FOLDER countries-50m.json [--tolerance DEGREES2]

The TopoJSON file is the one of the npm package world-atlas; states are found by their M49 number. Borders are
simplified as shared arcs, so that neighbours still meet; coordinates keep three decimals (about 100 metres).
"""

import argparse
import heapq
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from rtopnet.network.region_pack import Region, read_region
from rtopnet.network.region_pack.boundaries import signed_area
from tools.pack_sources import stamp, write_geojson

FILE = "boundaries.geojson"
Position = tuple[float, float]
Line = list[Position]


def main() -> None:
    """Read the arguments, write the boundaries, and record their hash."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("topology", type=Path)
    parser.add_argument(
        "--tolerance", type=float, default=0.0004, help="smallest triangle kept, square degrees"
    )
    options = parser.parse_args()
    topology = json.loads(options.topology.read_text(encoding="utf-8"))
    shapes = list(features(topology, read_region(options.folder), tolerance=options.tolerance))
    target = options.folder / FILE
    write_geojson(target, [json.dumps(shape, separators=(",", ":")) for shape in shapes])
    stamp(options.folder, FILE)
    print(f"{target}: {len(shapes)} states, {target.stat().st_size / 1024:.0f} KiB")


def features(topology: dict[str, Any], region: Region, *, tolerance: float) -> Iterator[dict[str, Any]]:
    """One GeoJSON feature for each state of the region, in the order of region.yaml.

    Raises:
        SystemExit: the topology has no country of a state's M49 number.
    """
    arcs = [simplified(arc, tolerance) for arc in _arcs(topology)]
    countries = {str(c.get("id")): c for c in topology["objects"]["countries"]["geometries"]}
    for state in region.states:
        if state.m49 not in countries:
            raise SystemExit(f"{state.iso3}: no country with M49 number {state.m49!r} in the topology")
        polygons = [_polygon(rings, arcs) for rings in _polygons(countries[state.m49])]
        geometry = {"type": "MultiPolygon", "coordinates": [polygon for polygon in polygons if polygon]}
        yield {"type": "Feature", "properties": {"iso3": state.iso3}, "geometry": geometry}


def _arcs(topology: dict[str, Any]) -> Iterator[Line]:
    """Arcs in degrees: TopoJSON keeps whole steps from one position to the next (section 2.1.3)."""
    (x_scale, y_scale), (x_start, y_start) = (topology["transform"][k] for k in ("scale", "translate"))
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * x_scale + x_start, y * y_scale + y_start))
        yield line


def _polygons(country: dict[str, Any]) -> list[list[list[int]]]:
    return [country["arcs"]] if country["type"] == "Polygon" else list(country["arcs"])


def _polygon(rings: list[list[int]], arcs: list[Line]) -> list[Line]:
    """Rings of positions, outer counterclockwise and holes clockwise; empty where rounding left no area."""
    found = []
    for index, arc_numbers in enumerate(rings):
        ring = _ring(arc_numbers, arcs)
        area = signed_area(ring)
        if area == 0 and index == 0:
            return []
        if area != 0:
            found.append(ring if (area > 0) == (index == 0) else ring[::-1])
    return found


def _ring(arc_numbers: list[int], arcs: list[Line]) -> Line:
    """Arcs end to end; a negative number ~n means arc n backwards."""
    positions: Line = []
    for number in arc_numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        positions += [(round(x, 3), round(y, 3)) for x, y in arc]
    return [a for a, b in pairwise(positions) if a != b] + positions[-1:]


def simplified(line: Line, tolerance: float) -> Line:
    """The line without its least important positions.

    Visvalingam and Whyatt (1993), Line generalisation by repeated elimination of points: drop the position
    whose triangle with its two neighbours is smallest, until that is at least ``tolerance`` square degrees.
    The ends stay, and of a closed line at least three corners, so that small islands do not vanish.
    """
    least = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    kept = set(range(len(line)))
    heap = [(_triangle(line, i - 1, i, i + 1), i) for i in range(1, len(line) - 1)]
    heapq.heapify(heap)
    current = {i: area for area, i in heap}
    while heap and len(kept) > least:
        area, i = heapq.heappop(heap)
        if i not in kept or area != current[i]:
            continue
        if area >= tolerance:
            break
        kept.discard(i)
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(line) - 1:
                current[j] = max(area, _triangle(line, before[j], j, after[j]))
                heapq.heappush(heap, (current[j], j))
    return [line[i] for i in sorted(kept)]


def _triangle(line: Line, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = line[a], line[b], line[c]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


if __name__ == "__main__":
    main()

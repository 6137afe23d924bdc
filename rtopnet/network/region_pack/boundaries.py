"""Checks boundaries (GeoJSON, RFC 7946): every state is drawn once, where it lies, in rings that close."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rtopnet.network.region_pack.faults import FaultBook, quoted
from rtopnet.network.region_pack.features import Feature, features
from rtopnet.network.region_pack.pack import Region, State

SHORTEST_RING = 4
FURTHEST_FROM_CENTROID = 30  # degrees; beyond it a shape belongs to somebody else

Position = tuple[float, float]


@dataclass(frozen=True)
class _Map:
    """One boundary file being checked."""

    file: str
    region: Region
    faults: FaultBook

    def state(self, iso3: object) -> State | None:
        return next((state for state in self.region.states if state.iso3 and state.iso3 == iso3), None)


def check_boundaries(text: str, *, file: str, region: Region, faults: FaultBook) -> None:
    """Note every fault of the states' boundaries: ``properties`` of a feature are ``{"iso3": ...}``."""
    drawn = _Map(file, region, faults)
    found = [(feature, _named_state(feature, drawn)) for feature in features(text, file=file, faults=faults)]
    faults.note_twice(file, ((f.line, f"boundary of {state.iso3}") for f, state in found if state))
    have = {state.iso3 for _, state in found if state}
    for state in region.states:
        if state.iso3 and state.iso3 not in have:
            faults.note(
                file, 1, f"lacks a boundary for {state.iso3}, a state of region.yaml line {state.line}"
            )


def check_level1(text: str, *, file: str, region: Region, faults: FaultBook) -> None:
    """Note every fault of the first-level regions' boundaries: ``properties`` also name the ``region``."""
    drawn = _Map(file, region, faults)
    found = []
    for feature in features(text, file=file, faults=faults):
        state = _named_state(feature, drawn)
        name = feature.properties.get("region")
        if not isinstance(name, str) or not name.strip():
            faults.note(file, feature.line, "feature lacks the property region")
        elif state:
            _region_is_listed(feature, state, name, drawn)
            found.append((feature.line, f"boundary of {state.iso3} {quoted(name)}"))
    faults.note_twice(file, found)


def _region_is_listed(feature: Feature, state: State, name: str, drawn: _Map) -> None:
    listed = [region.name for region in state.regions]
    if name not in listed:
        message = f"region {quoted(name)} is not listed under {state.iso3} in region.yaml"
        drawn.faults.note(drawn.file, feature.line, message, near=(name, listed))


def _named_state(feature: Feature, drawn: _Map) -> State | None:
    """The state a feature draws, once its name and its shape have been looked at."""
    iso3 = feature.properties.get("iso3")
    state = drawn.state(iso3)
    if state is None:
        known = [each.iso3 for each in drawn.region.states]
        message = f"boundary of {quoted(iso3)}, which is not a state of region.yaml"
        drawn.faults.note(drawn.file, feature.line, message, near=(str(iso3), known))
    problem = shape_problem(feature.geometry) or (state and _misplaced(feature.geometry, state))
    if problem:
        drawn.faults.note(drawn.file, feature.line, f"boundary of {quoted(iso3)}: {problem}")
    return state


def shape_problem(geometry: object) -> str | None:
    """What is wrong with a geometry, in words; None where nothing is."""
    if not isinstance(geometry, dict) or "coordinates" not in geometry:
        return "has no geometry with coordinates"
    kind, coordinates = geometry.get("type"), geometry["coordinates"]
    if kind == "Point":
        return _position_problem(coordinates)
    if kind not in ("Polygon", "MultiPolygon"):
        return f"geometry type {quoted(kind)} must be Polygon, MultiPolygon or Point"
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    if not isinstance(polygons, list) or not polygons:
        return "has no polygons"
    return next((problem for problem in map(_polygon_problem, polygons) if problem), None)


def _polygon_problem(polygon: object) -> str | None:
    if not isinstance(polygon, list) or not polygon:
        return "a polygon must be a list of rings"
    for index, ring in enumerate(polygon):
        problem = _ring_problem(ring) or _winding_problem(ring, hole=index > 0)
        if problem:
            return problem
    return None


def _ring_problem(ring: object) -> str | None:
    if not isinstance(ring, list):
        return "a ring must be a list of positions"
    problem = next((problem for problem in map(_position_problem, ring) if problem), None)
    if problem:
        return problem
    if len(ring) < SHORTEST_RING:
        return f"a ring has {len(ring)} positions; it needs {SHORTEST_RING} or more"
    if ring[0] != ring[-1]:
        return f"a ring is not closed: it begins at {ring[0]} and ends at {ring[-1]}"
    return None


def _position_problem(position: object) -> str | None:
    if not isinstance(position, list) or not 2 <= len(position) <= 3:  # noqa: PLR2004 - RFC 7946, 3.1.1
        return f"a position must be [longitude, latitude], not {quoted(position)}"
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in position):
        return f"position {quoted(position)} is not made of numbers"
    longitude, latitude = position[:2]
    if abs(longitude) <= 90 < abs(latitude) <= 180:  # noqa: PLR2004 - degrees
        return f"position {quoted(position)} looks swapped: longitude comes first, then latitude"
    if abs(longitude) > 180 or abs(latitude) > 90:  # noqa: PLR2004 - degrees
        return f"position {quoted(position)} is not on the globe"
    return None


def _winding_problem(ring: list[Any], *, hole: bool) -> str | None:
    area = signed_area(ring)
    if area == 0:
        return "a ring encloses nothing"
    if (area < 0) != hole:
        way = "a hole runs counterclockwise" if hole else "an outer ring runs clockwise"
        return f"{way}; RFC 7946 asks for the other way round"
    return None


def signed_area(ring: list[Any]) -> float:
    """The area a closed ring encloses in square degrees, positive where it runs counterclockwise.

    The shoelace formula (Meister 1769): half the sum of cross products of neighbouring positions.

    >>> signed_area([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    1.0
    """
    x0, y0 = ring[0][:2]
    moved = [(float(position[0] - x0), float(position[1] - y0)) for position in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(moved)) / 2


def _misplaced(geometry: dict[str, Any], state: State) -> str | None:
    """A shape far from its state's centroid, which a swap of longitude and latitude may have caused."""
    latitude, longitude = state.centroid
    if math.isnan(latitude + longitude):  # region.yaml has its own fault on that
        return None
    nearest = min(_distances(geometry, longitude, latitude))
    if nearest <= FURTHEST_FROM_CENTROID:
        return None
    swapped = min(_distances(geometry, latitude, longitude))
    if swapped <= FURTHEST_FROM_CENTROID:
        return "longitude and latitude look swapped: longitude comes first"
    return f"lies {nearest:.0f} degrees from the centroid that region.yaml gives {state.iso3}"


def _distances(geometry: dict[str, Any], longitude: float, latitude: float) -> Iterator[float]:
    for x, y in positions(geometry):
        yield max(abs(x - longitude), abs(y - latitude))


def positions(geometry: dict[str, Any]) -> Iterator[Position]:
    """All positions of a sound Point, Polygon or MultiPolygon, longitude first."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        yield coordinates[0], coordinates[1]
        return
    for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
        for ring in polygon:
            yield from ((position[0], position[1]) for position in ring)

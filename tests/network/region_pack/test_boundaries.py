"""Faults of the boundaries: each feature's, with its line."""

import pytest

from tests.network.region_pack.twin_isles import BOUNDARIES

FILE = "boundaries.geojson"
FAULTS = {
    "state unknown": ('"XBB"', '"XBC"', 3, 'boundary of "XBC", which is not a state of region.yaml'),
    "state without a boundary": (
        '"XBB"',
        '"XAA"',
        1,
        "lacks a boundary for XBB, a state of region.yaml line 21",
    ),
    "state twice": ('"XBB"', '"XAA"', 3, "boundary of XAA is there twice, first on line 2"),
    "ring not closed": ("[-140.5, 19.5]]]", "[-140.5, 19.6]]]", 2, "a ring is not closed"),
    "ring too short": ("[-139.5, 19.5], [-139.5, 20.5], ", "", 2, "a ring has 3 positions"),
    "ring clockwise": (
        "[-139.5, 19.5], [-139.5, 20.5], [-140.5, 20.5]",
        "[-140.5, 20.5], [-139.5, 20.5], [-139.5, 19.5]",
        2,
        "an outer ring runs clockwise",
    ),
    "flat ring": ("[-139.5, 20.5], [-140.5, 20.5]", "[-139.5, 19.5], [-139.5, 19.5]", 2, "encloses nothing"),
    "latitude first": ("[-139.5, 19.5]", "[19.5, -139.5]", 2, "looks swapped: longitude comes first"),
    "off the globe": ("[-139.5, 19.5]", "[-339.5, 19.5]", 2, "is not on the globe"),
    "infinite": ("[-139.5, 19.5]", "[1e999, 19.5]", 2, "is not on the globe"),
    "not a number": ("[-139.5, 19.5]", "[NaN, 19.5]", 1, "NaN is not a JSON number"),
    "text for a number": ("[-139.5, 19.5]", '["a", 19.5]', 2, "is not made of numbers"),
    "a position of one": ("[-139.5, 19.5]", "[-139.5]", 2, "a position must be [longitude, latitude]"),
    "a line": ('"Polygon"', '"LineString"', 2, "must be Polygon, MultiPolygon or Point"),
    "an odd type": ('"Polygon"', '["Polygon"]', 2, "must be Polygon, MultiPolygon or Point"),
    "no geometry": ('"geometry": {', '"geometry": null, "x": {', 2, "has no geometry with coordinates"),
    "no properties": ('"properties": {"iso3": "XAA"}', '"properties": []', 2, "feature lacks its properties"),
    "not a feature": ('"type": "Feature", "prop', '"type": "Thing", "prop', 2, "must be a Feature"),
    "not a collection": ('"FeatureCollection"', '"Features"', 1, 'type "FeatureCollection"'),
    "no features": ('"features"', '"fetures"', 1, 'lacks its list of "features"'),
    "another reference system": (
        '"features"',
        '"crs": {}, "features"',
        1,
        "names a coordinate reference system",
    ),
    "broken off": ("]]]}}\n]}", "", 4, "not JSON"),
}


@pytest.mark.parametrize(("old", "new", "line", "message"), FAULTS.values(), ids=list(FAULTS))
def test_fault_is_named_with_its_line(spoilt, old, new, line, message):
    found = spoilt(FILE, old, new)
    assert [fault for fault in found if fault.startswith(f"{FILE}:{line}: ") and message in fault], found


def test_a_whole_shape_with_latitude_first_is_recognised(spoilt):
    old = BOUNDARIES[BOUNDARIES.index("[[[-138.5") : BOUNDARIES.rindex("}}\n")]
    south_of_the_line = "[[[21.5, -38.5], [22.5, -38.5], [22.5, -37.5], [21.5, -37.5], [21.5, -38.5]]]"
    found = spoilt(FILE, old, south_of_the_line)
    assert any("degrees from the centroid that region.yaml gives XBB" in fault for fault in found)


def test_a_point_may_stand_for_a_small_state(spoilt):
    old = BOUNDARIES[BOUNDARIES.index('"Polygon", "coordinates": [[[-138.5') : BOUNDARIES.rindex("}}\n")]
    assert spoilt(FILE, old, '"Point", "coordinates": [-138, 22]') == []


def test_first_level_region_not_listed(spoilt):
    found = spoilt("boundaries_level1.geojson", '"North"', '"Noth"')
    assert found == [
        'boundaries_level1.geojson:2: region "Noth" is not listed under XAA in region.yaml '
        '(did you mean "North"?)'
    ]


def test_lists_in_lists_without_end(pack, spoilt):
    for depth in (500, 900, 5000, 100_000):
        (pack / FILE).write_text(
            BOUNDARIES.replace("[-139.5, 19.5]", "[" * depth + "]" * depth, 1), encoding="utf-8"
        )
        assert any(fault.startswith(FILE) for fault in spoilt("region.yaml", "slug", "slug"))

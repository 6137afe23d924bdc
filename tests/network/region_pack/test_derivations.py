"""The tools that derive a pack's data: complete grids, shared borders, recorded hashes."""

import hashlib

import polars as pl
import pytest

from rtopnet.network.region_pack import check_pack, read_pack
from rtopnet.network.region_pack.boundaries import shape_problem
from tests.network.region_pack.twin_isles import DATA, REGION, write_pack
from tools.derive_boundaries import features, simplified
from tools.derive_starter_figures import country_months, region_months
from tools.pack_sources import stamp


def square_topology():
    """Two squares side by side with one arc between them, in steps of a tenth of a degree."""
    between = [[10, 0], [0, 4], [1, 1], [-1, 5]]
    west = [[10, 10], [-10, 0], [0, -10], [10, 0]]
    east = [[10, 0], [10, 0], [0, 10], [-10, 0]]
    return {
        "transform": {"scale": [0.1, 0.1], "translate": [-140.5, 19.5]},
        "arcs": [between, west, east],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "901", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "902", "arcs": [[[2, -1]]]},
                ]
            }
        },
    }


@pytest.fixture
def region(pack):
    text = REGION.replace("iso3: XAA\n", 'iso3: XAA\n    m49: "901"\n').replace(
        "iso3: XBB\n", 'iso3: XBB\n    m49: "902"\n'
    )
    write_pack(pack, {"region.yaml": text})
    return read_pack(pack).region


def test_a_table_becomes_a_complete_grid_of_the_region_s_states(region):
    table = pl.DataFrame(
        [("XAA", "2023-12", 3), ("XZZ", "2023-11", 9), ("XZZ", "2024-01", 0)],
        schema=["iso3", "month", "deaths"],
        orient="row",
    )
    assert list(country_months(table, region)) == [
        ("XAA", "2023-11", 0),
        ("XAA", "2023-12", 3),
        ("XAA", "2024-01", 0),
        ("XBB", "2023-11", 0),
        ("XBB", "2023-12", 0),
        ("XBB", "2024-01", 0),
    ]


def test_first_level_figures_keep_what_was_recorded_in_the_region(region):
    panel = pl.DataFrame(
        [
            ("GW9001:North", "2024-01", "one_sided", 3.0, 1),
            ("GW9001:North", "2024-01", "all", 3.0, 1),
            ("GW9001:South", "2024-02", "non_state", 0.0, 1),
            ("GW9001:South", "2024-02", "one_sided", 0.0, 0),
            ("XBB:East", "2024-02", "one_sided", None, None),
            ("XZZ:North", "2024-01", "one_sided", 5.0, 1),
        ],
        schema=["unit", "month", "outcome", "deaths", "events"],
        orient="row",
    )
    assert list(region_months(panel, region)) == [
        ("XAA", "North", "2024-01", "one_sided", 3, 1),
        ("XAA", "South", "2024-02", "non_state", 0, 1),
    ]


def test_boundaries_come_out_closed_wound_and_meeting(region):
    west, east = features(square_topology(), region, tolerance=0)
    assert west["properties"] == {"iso3": "XAA"}
    assert shape_problem({**west["geometry"], "coordinates": as_lists(west)}) is None
    assert shape_problem({**east["geometry"], "coordinates": as_lists(east)}) is None
    shared = {(-139.5, 19.5), (-139.5, 19.9), (-139.4, 20.0), (-139.5, 20.5)}
    assert shared <= set(west["geometry"]["coordinates"][0][0])
    assert shared <= set(east["geometry"]["coordinates"][0][0])


def as_lists(feature):
    return [
        [[list(place) for place in ring] for ring in rings] for rings in feature["geometry"]["coordinates"]
    ]


def test_a_state_that_the_topology_lacks(region):
    topology = square_topology()
    topology["objects"]["countries"]["geometries"].pop()
    with pytest.raises(SystemExit, match="XBB: no country with M49 number '902'"):
        list(features(topology, region, tolerance=0))


def test_simplifying_drops_the_least_corner_first_and_keeps_the_ends():
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    assert simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    assert simplified(line, 100) == [(0.0, 0.0), (4.0, 0.0)]


def test_simplifying_leaves_an_island_an_island():
    island = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)]
    assert len(simplified(island, 100)) == 4


def test_stamping_records_a_changed_file_and_leaves_the_rest(pack):
    file = "starter/country_month_all.csv"
    before = (pack / "sources.yaml").read_text(encoding="utf-8")
    changed = DATA[file][1].replace("XAA,2024-01,3", "XAA,2024-01,4")
    (pack / file).write_text(changed, encoding="utf-8")
    stamp(pack, file, "boundaries.geojson")
    after = (pack / "sources.yaml").read_text(encoding="utf-8")
    differing = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert f"    sha256: {hashlib.sha256(changed.encode()).hexdigest()}" in differing
    assert len(differing) == 2
    assert check_pack(pack) == []


def test_stamping_a_file_that_has_no_entry(pack):
    (pack / "starter/more.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"has no entry that begins with '- file: starter/more\.csv'"):
        stamp(pack, "starter/more.csv")

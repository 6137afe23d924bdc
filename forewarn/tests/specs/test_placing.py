"""Where an event counts: country, first-level region, cell, or nowhere that close."""

import pytest
from forewarn.panel.placing import cell_number, placed

EVENTS = """
    id:int  country_id:int  adm_1:text       where_prec:int  latitude:float  longitude:float
    1       991             Upper_province   1               0.1             0.1
    2       991             Upper_province   4               0.1             0.1
    3       991             Upper_province   6               0.1             0.1
    4       991             -                5               0.1             0.1
    5       775             Karen            3               17.5            97.75
    6       775             Kayin            2               17.49           97.75
    7       991             Upper_province   -               0.1             0.1
    8       991             Upper_province   1               -               -
"""


def places(engine, tiny, outcome_of, unit):
    table = placed(engine, tiny(EVENTS), unit, [775, 991]).events
    return dict(outcome_of(table.select("id", "unit")))


def test_every_event_counts_for_its_country(engine, tiny, outcome_of):
    found = places(engine, tiny, outcome_of, "country")
    assert found == {
        1: "GW991",
        2: "GW991",
        3: "GW991",
        4: "GW991",
        5: "MMR",
        6: "MMR",
        7: "GW991",
        8: "GW991",
    }


def test_a_region_needs_a_name_and_a_place_known_to_it(engine, tiny, outcome_of):
    upper = "GW991:Upper_province"
    found = places(engine, tiny, outcome_of, "region")
    assert found == {1: upper, 2: upper, 3: None, 4: None, 5: "MMR:Kayin", 6: "MMR:Kayin", 7: None, 8: upper}


def test_a_cell_needs_a_place_known_to_a_district(engine, tiny, outcome_of):
    found = places(engine, tiny, outcome_of, "cell")
    assert found == {1: "129961", 2: None, 3: None, 4: None, 5: "155356", 6: "154636", 7: None, 8: None}


@pytest.mark.parametrize(
    ("latitude", "longitude", "number"),
    [
        (-90, -180, 1),
        (-90, 179.99, 720),
        (-89.5, -180, 721),
        (90, 180, 360 * 720),
        (18.25, 96.25, 156073),  # as the GED download gives it for this point
        (17.7, 97.7, 155356),
    ],
)
def test_cells_are_numbered_from_the_south_west(tiny, outcome_of, latitude, longitude, number):
    point = tiny(f"lat:float lon:float\n{latitude} {longitude}")
    assert outcome_of(point.select(cell=cell_number(point.lat, point.lon))) == [(number,)]

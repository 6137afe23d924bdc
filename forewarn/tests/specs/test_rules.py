"""A row is judged the same wherever it is judged."""

import ibis
import polars as pl
from forewarn.ingest.ucdp_ged.rules import RULES, fault_bits, typed

SOUND = {
    "id": "1",
    "type_of_violence": "3",
    "country": "Land A",
    "country_id": "991",
    "date_start": "2020-02-29 00:00:00.000",
    "date_end": "2020-03-01",
    "latitude": "9.5",
    "longitude": "41",
    "best": "3",
}
FAULTS = [
    ({}, []),
    ({"best": " 3 "}, []),
    ({"best": "3.0"}, []),
    ({"latitude": ""}, []),
    ({"latitude": None}, []),
    ({"best": "3.5"}, ["not a whole number of deaths (0 or more)"]),
    ({"best": "-3"}, ["not a whole number of deaths (0 or more)"]),
    ({"best": "NaN"}, ["not a whole number of deaths (0 or more)"]),
    ({"best": None}, ["missing"]),
    ({"best": " "}, ["missing"]),
    ({"date_start": "2021-02-29"}, ["not a possible date"]),
    ({"date_start": "2020-02-29x"}, ["not a possible date"]),
    ({"date_end": "2020-02-28"}, ["before date_start"]),
    (
        {"latitude": "90.1", "longitude": "-180.5"},
        ["not a latitude (-90 to 90)", "not a longitude (-180 to 180)"],
    ),
    ({"type_of_violence": "0"}, ["not a type of violence (1, 2 or 3)"]),
    ({"country": "\t"}, ["missing"]),
]


def reasons(bits):
    return [rule.reason for place, rule in enumerate(RULES) if bits >> place & 1]


def test_each_fault_has_its_reason(outcome_of):
    rows = [SOUND | changes | {"relid": str(place)} for place, (changes, _) in enumerate(FAULTS)]
    row = typed(ibis.memtable(pl.DataFrame(rows, schema=dict.fromkeys([*SOUND, "relid"], pl.String))))

    judged = outcome_of(row.select(place=row.relid.cast("int64"), bits=fault_bits(row)))

    assert [reasons(bits) for _, bits in judged] == [expected for _, expected in FAULTS]


def test_a_sound_row_means_what_it_says(outcome_of):
    row = typed(ibis.memtable(pl.DataFrame([SOUND], schema=dict.fromkeys(SOUND, pl.String))))
    [found] = outcome_of(
        row.select("id", "best", "latitude", "low", row.date_start.cast("string").name("day"))
    )
    assert found == (1, 3, 9.5, None, "2020-02-29")

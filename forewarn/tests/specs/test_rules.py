"""A row is judged the same wherever it is judged."""

from datetime import datetime

import polars as pl
import pytest
from forewarn.ingest.ucdp_ged.rules import RULES, fault_bits, meaning, text_types

SOUND = {
    "id": 1.0,
    "type_of_violence": 3.0,
    "country": "Land A",
    "country_id": 991.0,
    "date_start": datetime(2020, 2, 29),  # noqa: DTZ001 -- days have no zone
    "date_end": datetime(2020, 3, 1),  # noqa: DTZ001
    "latitude": 9.5,
    "longitude": 41.0,
    "best": 3.0,
}
NOT_DEATHS = "not a whole number of deaths (0 or more)"
FAULTS = [
    ({}, []),
    ({"latitude": None}, []),
    ({"low": 4.0}, []),
    ({"best": 3.5}, [NOT_DEATHS]),
    ({"best": -3.0}, [NOT_DEATHS]),
    ({"best": float("-inf")}, [NOT_DEATHS]),
    ({"best": float("inf")}, [NOT_DEATHS]),
    ({"best": None}, ["missing"]),
    ({"low": 0.5}, [NOT_DEATHS]),
    ({"date_start": datetime(1020, 2, 28)}, ["not a possible date"]),  # noqa: DTZ001
    ({"date_end": datetime(2020, 2, 28)}, ["before date_start"]),  # noqa: DTZ001
    (
        {"latitude": 90.1, "longitude": -180.5},
        ["not a latitude (-90 to 90)", "not a longitude (-180 to 180)"],
    ),
    ({"type_of_violence": 0.0}, ["not a type of violence (1, 2 or 3)"]),
    ({"country": "\t"}, ["missing"]),
    ({"where_prec": 8.0}, ["not a precision of place (1 to 7)"]),
]


@pytest.fixture
def rows(engine):
    """A table as it comes from a file, of the sound row with changes."""
    kinds = {"string": pl.String, "float64": pl.Float64, "timestamp": pl.Datetime("us")}
    schema = {name: kinds[kind] for name, kind in text_types().items()}

    def table(changed):
        blank = dict.fromkeys(schema)
        return engine.table(pl.DataFrame([blank | SOUND | changes for changes in changed], schema=schema))

    return table


def reasons(bits):
    return [rule.reason for place, rule in enumerate(RULES) if bits >> place & 1]


def test_each_fault_has_its_reason(outcome_of, rows):
    row = rows(changes | {"relid": f"{place:02}"} for place, (changes, _) in enumerate(FAULTS))

    judged = outcome_of(row.select("relid", bits=fault_bits(row)))

    assert [reasons(bits) for _, bits in judged] == [expected for _, expected in FAULTS]


def test_a_sound_row_means_what_it_says(outcome_of, rows):
    row = rows([{"active_year": "True", "number_of_sources": 3e12}])
    event = row.select(**meaning(row))
    day = event.date_start.cast("string").name("day")
    [found] = outcome_of(
        event.select("id", "best", "latitude", "low", "active_year", "number_of_sources", day)
    )
    assert found == (1, 3, 9.5, None, True, None, "2020-02-29")

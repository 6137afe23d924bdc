from pathlib import Path

import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import parse_month
from forewarn.ingest.ucdp_ged.versions import parse_version, version_from_name

NAMES = {
    "GEDEvent_v23_1.csv": "23.1",
    "ged231-csv.zip": "23.1",
    "GEDEvent_v26_0_8.csv": "26.0.8",
    "GEDEvent_v25_0_12.csv": "25.0.12",
    "GEDEvent_v26_01_26_06.csv": "26.01.26.06",
    "ucdp_ged231_myanmar_1989_2015.csv": "23.1",
    "ucdp_GEDEvent_v26_0_7.csv": "26.0.7",
    "ged171.csv": "17.1",
}


@pytest.mark.parametrize(("name", "version"), NAMES.items())
def test_the_file_name_states_the_version(name, version):
    assert version_from_name(Path(name)) == version


def test_a_name_without_version_asks_for_one():
    with pytest.raises(UnusableInputError, match="add --version"):
        version_from_name(Path("events.csv"))


@pytest.mark.parametrize(
    ("version", "first", "last"),
    [
        ("26.0.8", "2026-08", "2026-08"),
        ("26.01.26.06", "2026-01", "2026-06"),
        ("26.9.3", "2025-03", "2026-03"),
    ],
)
def test_a_candidate_speaks_of_the_months_in_its_name(version, first, last):
    assert parse_version(version).months == (parse_month(first), parse_month(last))


def test_a_final_release_prevails_over_rolling_over_candidate_and_newer_over_older():
    ascending = ["22.0.12", "26.0.1", "26.0.12", "25.9.3", "22.1", "25.1", "26.1"]
    assert sorted(set(ascending), key=lambda version: parse_version(version).rank) == ascending


@pytest.mark.parametrize("text", ["", "23", "16.1", "23.2", "23.0", "26.0.13", "26.0.0", "new", "26.1.1.1.1"])
def test_what_is_no_version_is_refused(text):
    with pytest.raises(UnusableInputError):
        parse_version(text)

"""Faults of the tables: each row's, with its line."""

import pytest

from tests.network.region_pack.twin_isles import DATA, line_with

MONTHS, REGIONS, EVENTS = (
    "starter/country_month_all.csv",
    "starter/region_month.csv",
    "events/GEDEvent_v24_1.csv",
)
FAULTS = {
    "month thirteen": (
        MONTHS,
        "XAA,2024-01,3",
        "XAA,2024-13,3",
        "2024-13",
        'month "2024-13" must be written YYYY-MM',
    ),
    "negative deaths": (
        MONTHS,
        "XAA,2024-01,3",
        "XAA,2024-01,-3",
        ",-3",
        'deaths "-3" must be a whole number',
    ),
    "deaths in words": (MONTHS, "XAA,2024-01,3", "XAA,2024-01,few", "few", 'deaths "few"'),
    "unknown state": (
        MONTHS,
        "XAA,2024-01,3",
        "XAB,2024-01,3",
        "XAB",
        'iso3 "XAB" is not a state of region.yaml',
    ),
    "month twice": (MONTHS, "XAA,2024-02,0", "XAA,2024-01,0", "XAA,2024-01,0", "XAA 2024-01 is there twice"),
    "month left out": (
        MONTHS,
        "XAA,2024-02,0\n",
        "",
        "iso3",
        "lacks 1 of 2 months of XAA, the first 2024-02",
    ),
    "month beyond the span": (
        MONTHS,
        "XBB,2024-02,7",
        "XBB,2024-03,7",
        "iso3",
        "sources.yaml says 2024-01 to 2024-02",
    ),
    "another header": (MONTHS, "iso3,month", "iso,month", "iso,", "header must be iso3,month,deaths"),
    "a field too many": (
        MONTHS,
        "XAA,2024-01,3",
        "XAA,2024-01,3,4",
        ",3,4",
        "has 4 fields, the header has 3",
    ),
    "a quote left open": (MONTHS, "XAA,2024-01,3", 'XAA,"2024-01,3', "XBB,2024-02", "not CSV"),
    "not UTF-8": (MONTHS, "XAA,2024-01,3", "XAA,2024-01,\udcff", "\udcff", "is not UTF-8"),
    "empty region": (REGIONS, "XAA,North", "XAA,", "XAA,,", "region is empty"),
    "region not listed": (REGIONS, "XAA,North", "XAA,Nort", "Nort,", '(did you mean "North"?)'),
    "type unknown": (REGIONS, "one_sided", "onesided", "onesided", 'type "onesided" must be one of'),
    "events in words": (REGIONS, "one_sided,3,1", "one_sided,3,x", "3,x", 'events "x"'),
    "no such day": (EVENTS, "2024-01-03,", "2024-01-32,", "2024-01-32", "is not a date written YYYY-MM-DD"),
    "ends before it starts": (EVENTS, "2024-02-01,", "2024-03-01,", "2024-03-01", "is before date_start"),
    "latitude 200": (EVENTS, "20.1", "200", "200,", 'latitude "200" must be degrees between -90 and 90'),
    "longitude nan": (EVENTS, "-140.2", "nan", "nan", 'longitude "nan"'),
    "unknown country": (EVENTS, "9001", "9009", "9009", 'country_id "9009" is no state\'s gw_id'),
    "type of violence 9": (EVENTS, "1,3,1,", "1,9,1,", "1,9,1,", "type_of_violence"),
    "negative best": (EVENTS, "3,2,4", "-3,2,4", "-3,2,4", 'best "-3"'),
    "event twice": (EVENTS, "\n2,1,4", "\n1,1,4", "1,1,4", 'event "1" is there twice'),
    "column missing": (EVENTS, ",best,", ",bset,", "bset", 'lacks the column best (did you mean "bset"?)'),
    "column twice": (EVENTS, ",high", ",high,low", "high,low", "names a column twice"),
}


@pytest.mark.parametrize(("file", "old", "new", "fragment", "message"), FAULTS.values(), ids=list(FAULTS))
def test_fault_is_named_with_its_line(spoilt, file, old, new, fragment, message):
    line = line_with(DATA[file][1].replace(old, new, 1), fragment)
    found = spoilt(file, old, new)
    assert [fault for fault in found if fault.startswith(f"{file}:{line}: ") and message in fault], found


def test_a_file_of_faults_is_counted_past_the_first_two_hundred(spoilt):
    found = spoilt(MONTHS, "XAA,2024-01,3\n", "XAA,2024-01,x\n" + "XAB,never,-1\n" * 300)
    assert len(found) <= 210
    assert any("more faults in this file" in fault for fault in found)

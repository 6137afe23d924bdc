"""Faults of holidays.yaml, by file and line, and what a sound one brings into the database."""

from datetime import date

import pytest

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.public import capitals_of, load_region_pack
from rtopnet.network.region_pack import check_pack, read_pack
from tests.network.region_pack.twin_isles import line_with

SOUND = """\
source: Invented
as_of: 2026-11-01
calendars:
  - state: XAA
    rest_days: [friday, sunday]
    days:
      - {on: 2026-12-28, names: {en: Quay day, km: ទិវាកំពង់ផែ}}
  - state: XBB
    days:
      - {on: 2026-12-29, names: {en: Ford day}}
"""


@pytest.fixture
def said(pack):
    def of(old="", new=""):
        assert old in SOUND
        (pack / "holidays.yaml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
        return [str(fault) for fault in check_pack(pack)]

    return of


def test_a_sound_file_has_no_fault(said):
    assert said() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("state: XBB", "state: XCC", 'state "XCC" is not a state of this region'),
        ("state: XBB", "state: XAA", "a calendar of XAA"),
        ("sunday", "sonday", 'rest_days "sonday" is no weekday'),
        ("2026-12-29", "29 December", "on must be a date written YYYY-MM-DD"),
        ("{en: Ford day}", "{km: Ford day}", "lacks the working language, en"),
        ("source: Invented\n", "", 'the file lacks "source"'),
        ("as_of", "asof", 'unknown key "asof"'),
    ],
)
def test_each_fault_is_named_with_its_line(said, old, new, words):
    assert any(words in fault and fault.startswith("holidays.yaml:") for fault in said(old, new))


def test_a_fault_stands_on_its_line(said):
    faults = said("2026-12-29", "29 December")
    assert faults[0].startswith(f"holidays.yaml:{line_with(SOUND, '2026-12-29')}:")


@pytest.mark.django_db
def test_loading_a_pack_brings_rest_days_and_holidays(said, pack):
    said()
    with acting_for(Capacity.INSTALLATION):
        region = load_region_pack(read_pack(pack))
        load_region_pack(read_pack(pack))
        first, second = capitals_of(region)
    assert first.rest_days == {4, 6}
    assert second.rest_days == {5, 6}
    assert first.holidays[date(2026, 12, 28)]["en"] == "Quay day"
    assert (first.source, first.as_of) == ("Invented", date(2026, 11, 1))
    assert first.knows(2026)
    assert not first.knows(2027)

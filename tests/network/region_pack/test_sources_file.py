"""Faults of sources.yaml, and of files it should and should not account for."""

import pytest

from tests.network.region_pack.twin_isles import DATA, line_with, sources_of

FAULTS = {
    "no licence": ("    licence: CC0-1.0\n", "", "file: boundaries.geojson", 'source lacks "licence"'),
    "empty licence": ("licence: CC0-1.0", "licence: ''", "licence: ''", "licence of source is empty"),
    "no citation": (
        "citations: [Invented]",
        "citation: x",
        "file: boundaries.geojson",
        'source lacks "citations"',
    ),
    "unknown key": ("publisher:", "publsher:", "publsher:", '(did you mean "publisher"?)'),
    "what it holds is unknown": (
        "holds: boundaries\n",
        "holds: borders\n",
        "holds: borders",
        'holds "borders"',
    ),
    "date": ("derived_on: 2024-03-01", "derived_on: March", "derived_on: March", "a date written YYYY-MM-DD"),
    "file missing": (
        "file: boundaries.geojson",
        "file: boundary.geojson",
        "boundary.geojson",
        'mean "boundaries.geojson"?',
    ),
    "file outside": (
        "file: boundaries.geojson",
        "file: ../b.geojson",
        "file: ../b",
        "leaves the pack's folder",
    ),
    "absolute file": (
        "file: boundaries.geojson",
        "file: /etc/passwd",
        "file: /etc",
        "leaves the pack's folder",
    ),
    "file twice": (
        "file: boundaries_level1.geojson",
        "file: boundaries.geojson",
        "boundaries.geojson\n    holds: boundaries_level1",
        "is there twice",
    ),
    "not marked invented": (
        "    invented: true\n",
        "",
        "file: boundaries.geojson",
        "must be marked invented: true",
    ),
    "hash of another form": ("sha256: ", "sha256: A", "sha256: A", "does not have the form [0-9a-f]{64}"),
    "span backwards": (
        "from: 2024-01, to: 2024-02",
        "from: 2024-02, to: 2024-01",
        "from: 2024-02",
        "before it begins",
    ),
    "span of no month": ("from: 2024-01", "from: 2024-00", "from: 2024-00", "does not have the form"),
    "outcome unknown": ("outcome: all", "outcome: al", "outcome: al", 'did you mean "all"?'),
}


@pytest.mark.parametrize(("old", "new", "fragment", "message"), FAULTS.values(), ids=list(FAULTS))
def test_fault_is_named_with_its_line(spoilt, old, new, fragment, message):
    line = line_with(sources_of(DATA).replace(old, new, 1), fragment)
    found = spoilt("sources.yaml", old, new)
    assert [fault for fault in found if fault.startswith(f"sources.yaml:{line}: ") and message in fault], (
        found
    )


def test_changed_file_is_told_with_the_hash_to_write(pack, spoilt):
    with (pack / "events/GEDEvent_v24_1.csv").open("a", encoding="utf-8") as file:
        file.write("3,1,4,22.0,-138.0,9002,4,2024-02-01,2024-02-29,7,7,7\n")
    found = spoilt("sources.yaml", "sources:", "sources:")
    assert len(found) == 1
    assert "sha256 of events/GEDEvent_v24_1.csv is " in found[0]


def test_data_file_without_an_entry(pack, spoilt):
    (pack / "starter/more.csv").write_text("iso3,month,deaths\n", encoding="utf-8")
    assert spoilt("sources.yaml", "sources:", "sources:") == [
        "starter/more.csv:1: has no entry in sources.yaml, which must say its source and licence"
    ]


def test_real_states_never_get_invented_events(pack, spoilt):
    found = spoilt("region.yaml", "kind: exercise", "kind: real")
    invented = [fault for fault in found if "a region of real states holds nothing invented" in fault]
    assert len(invented) == len(DATA)

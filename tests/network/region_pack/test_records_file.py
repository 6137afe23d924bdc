"""Faults of records.yaml: whatever the platform would refuse, and what no reader could follow."""

import re

import pytest

from rtopnet.network.region_pack import check_pack, read_pack, vocabulary
from tests.network.region_pack.test_documentation import REFERENCE
from tests.network.region_pack.twin_isles import line_with

SOUND = """\
records:
  - by: xaa-focal-point
    kind: situation_report
    marking: AMBER
    title: Boats by night
    body: Seen from the quay.
    to: {states: [XBB], posts: [secretary], institutions: [secretariat]}
    parts:
      - {label: Source, body: A boatman, marking: RED, to: {posts: [xbb-focal-point]}}
  - by: secretary
    kind: briefing_note
    marking: GREEN
    title: A note
    body: What the figures say.
    to: {network: true}
    consulted:
      - {state: XAA, words: About you, reply: Noted}
    embargo_days: 3
  - by: xbb-focal-point
    kind: other
    marking: GREEN
    title: Known to be there
    body: Kept.
    existence_only: true
    open_to_contributors: false
    requests:
      - {by: xaa-focal-point, reason: Our coast too}
    recalled: true
"""


@pytest.fixture
def said(pack):
    def of(old="", new=""):
        assert old in SOUND
        (pack / "records.yaml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
        return [str(fault) for fault in check_pack(pack)]

    return of


def test_a_sound_story_is_read(said, pack):
    assert said() == []
    first, second, third = read_pack(pack).story
    assert (first.parts[0].to.posts, second.embargo_days, third.is_recalled) == (
        ("xbb-focal-point",),
        3,
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("by: xaa-focal-point\n", "by: xaa-focal-piont\n", "did you mean"),
        ("by: secretary", "by: nobody", "is not a post of kind"),
        ("kind: other", "kind: rumour", "is unknown"),
        ("marking: AMBER", "marking: PINK", "is unknown"),
        ("marking: GREEN", "marking: AMBER", "network is further than AMBER may go"),
        (
            "marking: RED, to: {posts: [xbb-focal-point]}",
            "marking: RED, to: {states: [XBB]}",
            "further than RED",
        ),
        ("states: [XBB]", "states: [XZZ]", "is not a state of this region"),
        ("state: XAA", "state: XZZ", "is not a state of this region"),
        (", reply: Noted", "", "so the record must be a draft"),
        ("    existence_only: true\n", "", "goes to nobody"),
        ("recalled: true", "draft: true", "a draft is known to nobody else"),
        ("recalled: true", "embargo_days: 2", "can be asked for"),
        ("embargo_days: 3", "embargo_days: soon", "a whole number"),
        ("title: A note", "titel: A note", "unknown key"),
        ("body: Kept.", "body: [Kept]", "must be text"),
    ],
)
def test_a_fault_is_named_with_its_line(said, old, new, fault):
    found = [line for line in said(old, new) if fault in line]
    assert found
    assert all(re.match(r"records\.yaml:\d+: ", line) for line in found)


def test_a_fault_stands_on_its_own_line(said):
    (fault,) = said("kind: other", "kind: rumour")
    assert fault.startswith(f"records.yaml:{line_with(SOUND, 'kind: other')}: ")


def test_real_states_have_no_story(said, pack):
    region = (pack / "region.yaml").read_text(encoding="utf-8")
    (pack / "region.yaml").write_text(region.replace("kind: exercise", "kind: real"), encoding="utf-8")
    assert any(line.startswith("records.yaml:1:") and "nothing invented" in line for line in said())


@pytest.mark.parametrize(
    "text", ["", "- a\n", "records: 3\n", "records: [[]]\n", "records: [{to: 1}]\n", "\0"]
)
def test_whatever_it_holds_is_at_most_a_fault(pack, text):
    (pack / "records.yaml").write_text(text, encoding="utf-8")
    assert check_pack(pack)


def test_the_reference_knows_every_word():
    keys = set(re.findall(r"(\w+):", SOUND)) - {"records"}
    words = {*keys, *vocabulary.RECORDS, *vocabulary.MARKINGS, *vocabulary.DESKS}
    assert [
        word for word in sorted(words) if not re.search(rf"`{re.escape(word)}(: true)?`", REFERENCE)
    ] == []

"""Faults of region.yaml: each is named with its line and says what to do."""

import pytest

from tests.network.region_pack.twin_isles import REGION, line_with

# What stands in region.yaml, what it becomes, a fragment of the changed file that is on the fault's line, and
# what the fault says.
FAULTS = {
    "key missing": ("slug: twin-isles\n", "", "kind: exercise", 'the region lacks "slug"'),
    "key unknown": (
        "founded:",
        "fuonded:",
        "fuonded",
        'unknown key "fuonded" in the region (did you mean "founded"?)',
    ),
    "key twice": (
        "founded: 2020-02-29",
        "founded: 2020-02-29\nslug: b",
        "slug: b",
        '"slug" twice, first on line 1',
    ),
    "text where a list belongs": (
        "[xaa-focal-point, secretary]",
        "secretary",
        "sign_in",
        "sign_in must be a list",
    ),
    "list where text belongs": ("Alden Quay", "[a]", "[a]", "capital of state must be text, not a list"),
    "nothing where text belongs": ("Alden Quay", "~", "capital: ~", "must be text, not nothing"),
    "empty text": ("Alden Quay", '""', 'capital: ""', "capital of state is empty"),
    "no such day": ("2020-02-29", "2021-02-29", "2021-02-29", "founded must be a date written YYYY-MM-DD"),
    "kind unknown": ("kind: exercise", "kind: excercise", "kind:", 'did you mean "exercise"?'),
    "slug's form": ("slug: twin-isles", "slug: Twin Isles", "slug:", '"Twin Isles" does not have the form'),
    "iso3 twice": ("iso3: XBB", "iso3: XAA", "iso3: XAA\n    gw_id: 9002", 'iso3 "XAA" is there twice'),
    "gw_id twice": ("gw_id: 9002", "gw_id: 9001", "iso3: XBB", 'gw_id "9001" is there twice'),
    "gw_id no number": (
        "gw_id: 9002",
        "gw_id: nine",
        "gw_id: nine",
        'gw_id must be a whole number, not "nine"',
    ),
    "gw_id below one": ("gw_id: 9002", "gw_id: -2", "gw_id: -2", "must lie between 1 and"),
    "gw_id of a real state": (
        "gw_id: 9002",
        "gw_id: 990",
        "gw_id: 990",
        "a fictional one takes 9001 or more",
    ),
    "iso3 of a real state": ("iso3: XBB", "iso3: BBB", "iso3: BBB", "takes XAA to XZZ"),
    "iso3 in small letters": ("iso3: XBB", "iso3: xbb", "iso3: xbb", "does not have the form [A-Z]{3}"),
    "language unknown": ("code: km", "code: kmm", "code: kmm", '"kmm" is not a language code'),
    "language of a state unknown": (
        "[en]\n    capital: Borrel",
        "[xx]\n    capital: Borrel",
        "official_languages: [xx]",
        '"xx" is not a language code',
    ),
    "language not offered": (
        "names: {en: Borrel}",
        "names: {en: B, fr: B}",
        "fr: B",
        'unknown language code "fr"',
    ),
    "working language not offered": (
        "working_language: en",
        "working_language: fr",
        "working_language",
        "not among",
    ),
    "name lacks the working language": (
        "names: {en: Borrel}",
        "names: {km: B}",
        "{km: B}",
        "lacks the working language",
    ),
    "numerals unknown": ("numerals: khmr", "numerals: khmer", "numerals: khmer", '(did you mean "khmr"?)'),
    "direction unknown": (
        "direction: ltr}\n  - {code: km",
        "direction: up}\n  - {code: km",
        "up}",
        "direction",
    ),
    "time zone unknown": (
        "time_zone: Etc/GMT+9",
        "time_zone: Etc/GTM+9",
        "Etc/GTM",
        'did you mean "Etc/GMT+9"?',
    ),
    "time zone of a state unknown": (
        "[Etc/GMT+9]\n    member",
        "[Mars/Olympus]\n    member",
        "Mars",
        "is not an IANA time zone",
    ),
    "latitude beyond the pole": (
        "{lat: 20,",
        "{lat: 200,",
        "lat: 200",
        'lat "200" must lie between -90 and 90',
    ),
    "not a number": ("{lat: 20,", "{lat: north,", "lat: north", 'lat must be a number, not "north"'),
    "membership unverified": ("verified: day", "verified: maybe", "maybe", "one of day, month, year, none"),
    "institution kind unknown": ("kind: secretariat, names", "kind: office, names", "kind: office", "kind"),
    "institution twice": (
        "institutions:\n",
        "institutions:\n  - {key: secretariat, kind: other, names: {en: B}}\n",
        "kind: secretariat, names",
        'institution key "secretariat" is there twice',
    ),
    "first-level region twice": (
        "{name: South}",
        "{name: North}",
        "regions:",
        'regions has the name "North" twice',
    ),
    "post of no state": (
        "posts:\n",
        "posts:\n  - {key: b, kind: deputy, of: XAB, title: {en: D}}\n",
        "of: XAB",
        'post "b" is of "XAB", which is not a state of this region (did you mean',
    ),
    "post of no institution": (
        "of: secretariat",
        "of: secretaryat",
        "of: secretaryat",
        'is not the key of an institution of the region (did you mean "secretariat"?)',
    ),
    "post twice": (
        "key: secretary",
        "key: xaa-focal-point",
        "key: xaa-focal-point",
        'post key "xaa-focal-point" is there twice',
    ),
    "post of unknown kind": (
        "kind: secretariat, of",
        "kind: boss, of",
        "kind: boss",
        'kind "boss" is unknown',
    ),
    "no focal point": ("kind: focal_point", "kind: deputy", "iso3: XAA", "0 posts of kind focal_point"),
    "sign-in of no post": (
        "[xaa-focal-point, s",
        "[xaa-focal-pint, s",
        "sign_in",
        'did you mean "xaa-focal-point"?',
    ),
    "YAML that breaks off": (
        "names: {en: Borrel}",
        "names: {en: Borrel",
        "official_languages: [en]\n    capital: B",
        "not YAML",
    ),
    "tabs": ("    capital: Borrel", "\tcapital: Borrel", "\tcapital", "not YAML"),
    "a reference": (
        "[Etc/GMT+9]\n    member",
        "*zones\n    member",
        "*zones",
        "a reference (*) is not read here",
    ),
    "a tag": ("Borrel Ford", "!!python/name:os.system x", "!!python", "must be text, not a value with a tag"),
    "a second document": ("demo:", "---\ndemo:", "---", "not YAML"),
    "a control character": (
        "Borrel Ford",
        "Borrel \x07Ford",
        "Borrel \x07",
        "character U+0007 may not stand in it",
    ),
    "a character beyond Unicode": ("Borrel Ford", '"\\UFFFFFFFF"', "slug", "not YAML"),
    "not UTF-8": ("Borrel Ford", "Borrel \udcff", "Borrel \udcff", "is not UTF-8: byte 0xff"),
}


@pytest.mark.parametrize(("old", "new", "fragment", "message"), FAULTS.values(), ids=list(FAULTS))
def test_fault_is_named_with_its_line(spoilt, old, new, fragment, message):
    line = line_with(REGION.replace(old, new, 1), fragment)
    found = spoilt("region.yaml", old, new)
    assert [fault for fault in found if fault.startswith(f"region.yaml:{line}: ") and message in fault], found


def test_nested_deeper_than_anyone_writes(spoilt):
    assert any("nested deeper than 20 levels" in f for f in spoilt("region.yaml", "Alden Quay", "[" * 5000))


def test_a_word_that_yaml_takes_for_something_else_stays_a_word(spoilt):
    assert spoilt("region.yaml", "{code: km,", "{code: no,")[0].endswith(
        'unknown language code "km" in names'
    )


def test_all_faults_are_named_not_the_first_only(pack, spoilt):
    spoilt("region.yaml", "gw_id: 9002", "gw_id: nine")
    spoilt("region.yaml", "slug: twin-isles", "slug: 1")
    found = spoilt("starter/country_month_all.csv", "XAA,2024-01,3", "XAA,2024-13,-3")
    assert [fault.split(":")[0] for fault in found] == [
        "events/GEDEvent_v24_1.csv",
        "region.yaml",
        "region.yaml",
        "starter/country_month_all.csv",
        "starter/country_month_all.csv",
        "starter/country_month_all.csv",
    ]


@pytest.mark.parametrize("text", ["", "# nothing", "[]", "word", "~", "{}", "- a\n- b", "{? [a] : b}"])
def test_a_document_of_another_shape(pack, spoilt, text):
    (pack / "region.yaml").write_text(text, encoding="utf-8")
    assert any(f.startswith("region.yaml:1: ") for f in spoilt("sources.yaml", "sources:", "sources:"))

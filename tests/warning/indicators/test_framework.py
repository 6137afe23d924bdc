"""The Framework as data: what is in it, how far it was checked, and a region's own wording."""

import runpy
from pathlib import Path

import pytest
import yaml

from rtopnet.network.public import RegionSummary
from rtopnet.warning.indicators.public import (
    Check,
    FrameworkFaultyError,
    Kind,
    framework_fault,
    framework_for,
    framework_of,
    kept_framework,
)
from rtopnet.warning.indicators.queries import OURS
from rtopnet.warning.indicators.rules import framework_from, version_of
from rtopnet.warning.indicators.texts import TEXTS
from rtopnet.warning.indicators.views import found_in

REEF = RegionSummary(None, "reef", {"en": "Reef"}, is_exercise=True)


@pytest.fixture
def folder(settings, tmp_path):
    settings.REGION_FOLDER = tmp_path
    (tmp_path / "reef").mkdir()
    return tmp_path / "reef"


def ours():
    return framework_for(REEF, "en")


def test_fourteen_factors_and_all_indicators_are_there(folder):
    whole = ours()
    assert [factor.code for factor in whole.factors] == [str(number) for number in range(1, 15)]
    assert whole.total == 143
    assert {factor.code for factor in whole.factors if factor.kind is Kind.SPECIFIC} == {
        "9",
        "10",
        "11",
        "12",
        "13",
        "14",
    }


def test_what_was_checked_is_counted_and_not_claimed_for_the_rest(folder):
    whole = ours()
    assert (whole.checked, whole.partly) == (37, 2)
    assert not whole.is_official
    assert whole.indicator("7.10").check is Check.SEEN
    assert whole.indicator("13.12").text == ""


def test_every_text_is_marked_for_the_catalogues():
    tool = runpy.run_path(str(Path(__file__).parents[3] / "tools/framework_texts.py"))
    said = yaml.safe_load(OURS.read_text())
    texts = [text for factor in said["factors"] for text in tool["_of"](factor) if text]
    assert list(TEXTS) == list(dict.fromkeys(texts))


def own_file(folder, **about):
    said = {
        "framework": {"un_document": "A/1", "year": 2014, "official": True, "label": "Our text", **about},
        "factors": [
            {
                "code": "1",
                "name": {"en": "Conflict", "km": "ជម្លោះ"},
                "kind": "common",
                "crimes": ["genocide"],
                "indicators": [{"code": "1.1", "text": "War", "nature": "dynamic", "seen": True}],
            }
        ],
    }
    (folder / "framework.yaml").write_text(yaml.safe_dump(said, allow_unicode=True))


def test_a_region_brings_its_own_wording_in_its_languages(folder):
    own_file(folder)
    whole = framework_for(REEF, "km")
    assert whole.is_official
    assert whole.version.label == "Our text"
    assert whole.factors[0].name == "ជម្លោះ"
    assert framework_fault(REEF) == ""


def test_what_was_made_with_a_version_keeps_it_when_the_region_changes_its_own(folder):
    kept = kept_framework(REEF)
    own_file(folder)
    assert framework_of(kept, "en").total == 143
    assert kept_framework(REEF).version != kept.version


ABOUT = "framework: {un_document: x, year: 1}"


@pytest.mark.parametrize("text", ["", "framework: [", "factors: []", f"{ABOUT}\nfactors: [{{}}]"])
def test_a_faulty_file_is_named_and_passed_over(folder, text):
    (folder / "framework.yaml").write_text(text)
    assert framework_fault(REEF)
    assert framework_for(REEF, "en").total == 143


STRAY = {"code": "2.1", "text": "x", "nature": "dynamic"}


@pytest.mark.parametrize("change", [{"indicators": [STRAY]}, {"kind": "x"}])
def test_a_factor_owns_its_indicators_and_has_a_known_kind(change):
    factor = {"code": "1", "name": "n", "kind": "common", "crimes": [], "indicators": []} | change
    said = {"framework": {"un_document": "x", "year": 1}, "factors": [factor]}
    with pytest.raises(FrameworkFaultyError):
        framework_from(said, version_of(b"", said), str)


def test_a_word_is_found_in_factors_and_in_single_indicators(folder):
    [factor] = found_in(ours(), "forced transfer")
    assert factor.code == "7"
    assert [one.code for one in factor.indicators] == ["7.10"]
    assert len(found_in(ours(), "intergroup tensions")[0].indicators) == 6

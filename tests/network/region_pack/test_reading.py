"""A sound pack comes back as what it says; the packs that come with the project are sound."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

import rtopnet
from rtopnet.network.region_pack import check_pack, read_pack
from tests.network.region_pack.twin_isles import REGION, line_with

PACKS = sorted(path.parent for path in (Path(rtopnet.__file__).parent / "regions").glob("*/region.yaml"))


def test_a_sound_pack_has_no_fault(pack):
    assert check_pack(pack) == []


def test_what_a_pack_says(pack):
    region = read_pack(pack).region
    assert (region.slug, region.kind, region.founded) == ("twin-isles", "exercise", date(2020, 2, 29))
    assert region.names == {"en": "Twin Isles", "km": "កោះភ្លោះ"}
    assert [(one.code, one.numerals) for one in region.languages] == [("en", "latn"), ("km", "khmr")]
    alden, borrel = region.states
    assert (alden.iso3, alden.gw_id, alden.centroid) == ("XAA", 9001, (20.0, -140.0))
    assert [area.name for area in alden.regions] == ["North", "South"]
    assert borrel.member_since is not None
    assert borrel.line == line_with(REGION, "iso3: XBB")


def test_posts_of_every_state_are_opened_in_each(pack):
    region = read_pack(pack).region
    assert [(post.key, post.kind, post.of) for post in region.posts] == [
        ("xaa-focal-point", "focal_point", "XAA"),
        ("xbb-focal-point", "focal_point", "XBB"),
        ("secretary", "secretariat", "secretariat"),
    ]
    assert region.sign_in_posts == ("xaa-focal-point", "secretary")


def test_sources_lead_to_their_files(pack):
    read = read_pack(pack)
    (table,) = read.holding("country_month", "all")
    assert read.path(table).is_file()
    assert table.span == ("2024-01", "2024-02")
    assert read.holding("country_month", "state_based") == ()


def test_the_hash_changes_with_any_file_and_with_nothing_else(pack):
    before = read_pack(pack).sha256
    assert read_pack(pack).sha256 == before
    (pack / "README.md").write_text("About the isles.\n", encoding="utf-8")
    assert read_pack(pack).sha256 != before


def test_values_cannot_be_changed_afterwards(pack):
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_pack(pack).region.slug = "other"


def test_there_are_packs():
    assert len(PACKS) >= 2


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_the_project_s_own_packs_are_sound(folder):
    assert check_pack(folder) == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_the_project_s_own_packs_serve_the_platform(folder):
    pack = read_pack(folder)
    assert pack.region.slug == folder.name
    assert set(pack.region.crimes) == {
        "genocide",
        "war_crimes",
        "ethnic_cleansing",
        "crimes_against_humanity",
    }
    assert (folder / "boundaries.geojson").stat().st_size <= 250 * 1024
    kinds = {post.kind for post in pack.region.posts}
    assert kinds >= {"focal_point", "deputy", "contributor", "secretariat", "analyst", "un_liaison"}

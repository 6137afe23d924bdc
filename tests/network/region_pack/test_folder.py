"""Faults of the folder itself: what is missing, does not belong, or leads out of it."""

import os
from pathlib import Path

import pytest

from rtopnet.network.region_pack import PackRefusedError, check_pack, folder, read_pack, read_region


def said(pack):
    return [str(fault) for fault in check_pack(pack)]


def test_no_folder(tmp_path):
    assert said(tmp_path / "nowhere")[0].startswith('.:1: there is no folder "')


def test_a_file_in_place_of_a_folder(tmp_path):
    (tmp_path / "pack").write_text("", encoding="utf-8")
    assert said(tmp_path / "pack")[0].endswith("is not a folder")


def test_a_path_no_file_can_have():
    assert "there is no folder" in said(Path("\0"))[0]


def test_an_empty_folder_says_what_it_needs(tmp_path):
    assert said(tmp_path) == [
        f"{file}:1: is missing, and every pack needs it"
        for file in ("boundaries.geojson", "region.yaml", "sources.yaml")
    ]


@pytest.mark.parametrize("target", ["/etc/passwd", "region.yaml", "nowhere"])
def test_a_link_is_refused_wherever_it_leads(pack, target):
    (pack / "starter/more.csv").symlink_to(target)
    assert said(pack) == ["starter/more.csv:1: is a link; a pack holds its own files"]


def test_a_linked_folder_is_not_entered(pack, tmp_path):
    (pack / "locale").symlink_to(tmp_path)
    assert said(pack) == ["locale:1: is a link; a pack holds its own files"]


def test_something_that_is_no_file(pack):
    os.mkfifo(pack / "starter/pipe.csv")
    assert said(pack) == ["starter/pipe.csv:1: is not a regular file"]


def test_some_other_folder_is_not_gone_through(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader\n", encoding="utf-8")
    assert not any("letter" in fault for fault in said(tmp_path))


def test_a_misspelt_file_name(pack):
    (pack / "boundaries.geojson").rename(pack / "boundries.geojson")
    assert 'boundries.geojson:1: does not belong in a pack (did you mean "boundaries.geojson"?)' in said(pack)


def test_a_file_of_absurd_size(pack):
    with (pack / "region.yaml").open("ab") as file:
        file.truncate(3 * folder.MIB)
    assert "region.yaml:1: is 3 MiB; at most 1 MiB are read" in said(pack)


def test_too_many_files(pack, monkeypatch):
    monkeypatch.setattr(folder, "MOST_FILES", 3)
    assert any("holds more than 3 files" in fault for fault in said(pack))


def test_files_that_systems_leave_behind_do_not_matter(pack):
    (pack / ".DS_Store").write_bytes(b"\0\1")
    assert said(pack) == []


def test_a_name_that_cannot_be_printed(pack):
    (Path(os.fsdecode(os.fsencode(pack) + b"/starter/a\xff\n.csv"))).write_text("", encoding="utf-8")
    found = said(pack)
    assert len(found) == 1
    assert "cannot be printed" in found[0]
    assert "\n" not in found[0]


def test_catalogue_of_a_language_not_offered(pack):
    for language in ("km", "fr"):
        catalogue = pack / f"locale/{language}/LC_MESSAGES/django.po"
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    assert said(pack) == [
        "locale/fr/LC_MESSAGES/django.po:1: is a catalogue of a language that region.yaml does not offer"
    ]


def test_a_pack_with_faults_is_refused_in_one_line(pack):
    (pack / "sources.yaml").write_text("sources: 3\n", encoding="utf-8")
    with pytest.raises(PackRefusedError) as refused:
        read_pack(pack)
    assert "\n" not in str(refused.value)
    assert refused.value.faults == check_pack(pack)


def test_a_region_can_be_read_before_its_data_is_there(pack):
    (pack / "boundaries.geojson").unlink()
    assert [state.iso3 for state in read_region(pack).states] == ["XAA", "XBB"]
    (pack / "region.yaml").unlink()
    with pytest.raises(PackRefusedError, match=r"region\.yaml:1: is missing"):
        read_region(pack)

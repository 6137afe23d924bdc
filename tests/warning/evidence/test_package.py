"""The package that a report is taken out in, and what it shows to whom."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from rtopnet.config.verify import verify
from rtopnet.sharing.public import RecordNotInSightError, attach_file, file_of
from rtopnet.warning.evidence.public import Slot, Step, custody_of, export_report, note_files
from tests.warning.evidence.helping import desk, drafted, named_for, seen_by, shared, speech

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_disk(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path


def taken(world, record, code="XAA"):
    packed = export_report(by=desk(world, code), record=record, reader=f"Focal point of {code}")
    with packed.content as content:
        return BytesIO(content.read())


def said(content, name):
    with ZipFile(content) as zipped:
        return json.loads(zipped.read(name))


@pytest.fixture
def record(world):
    made = drafted(world)
    attach_file(by=desk(world), record=made, arrived=file_of(b"a photo", "boat.jpg"))
    note_files(by=desk(world), record=made)
    return made


def test_it_is_checked_by_the_command_without_the_platform(world, record, tmp_path, capsys):
    file = tmp_path / "out.zip"
    file.write_bytes(taken(world, record).read())
    assert verify([str(file)]) == 0
    told = capsys.readouterr().out
    assert "files: 4, each as it was signed" in told
    assert "reader: Focal point of XAA" in told
    assert "marking: TLP:RED" in told


def test_the_owner_takes_all_of_it(world, record):
    content = taken(world, record)
    report, custody = said(content, "report.json"), said(content, "custody.json")
    assert report["facts"]["killed"] == {"at_least": 2, "most_probably": 3}
    assert report["exact_place"] == "Behind the old mill\n12.345678, -98.765432"
    assert [step["what"] for step in custody] == ["received", "hashed", "exported"]
    assert custody[1]["of"] == "originals/001-boat.jpg"
    with ZipFile(content) as zipped:
        assert zipped.read("originals/001-boat.jpg") == b"a photo"


def test_a_reader_takes_what_the_reader_reads(world, record):
    named_for(world, record, Slot.NAMES)
    shared(world, record)
    content = taken(world, record, "XAB")
    report = said(content, "report.json")
    assert [part["text"] for part in report["parts"]] == ["Two cousins"]
    assert report["exact_place"] == ""
    assert [step["what"] for step in said(content, "custody.json")] == ["exported"]
    steps = seen_by(world, "XAA", custody_of, record)
    assert [step.by for step in steps if step.what is Step.EXPORTED] == [desk(world, "XAB")]


def test_a_speech_goes_with_its_grades(world):
    report = said(taken(world, speech(world)), "report.json")
    assert report["speech"]["outcome"] == "open"
    assert len(report["speech"]["rabat"]) == 6


def test_nobody_takes_what_they_do_not_read(world, record, enter):
    with pytest.raises(RecordNotInSightError):
        taken(world, record, "XAB")
    assert enter("XAB").get(f"/situation/reports/{record}/package/").status_code == 404


def test_the_page_hands_it_out(world, record, enter):
    answer = enter().get(f"/situation/reports/{record}/package/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"PK")

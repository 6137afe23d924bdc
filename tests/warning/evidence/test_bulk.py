"""Files with many reports: what they look like, which rows are bad and why, and what is refused."""

import json
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from shutil import which
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from rtopnet.sharing.public import attachments_of
from rtopnet.warning.evidence.public import report_sheet, reports_in_sight
from rtopnet.warning.evidence.rules.sheets import MOST_ROWS, SheetRefusedError, inert, rows_in
from tests.warning.evidence.helping import seen_by, state

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference"
KNOWN = ("title", "act", "occurred_from", "state", "latitude", "longitude", "killed_best")
BULK = "/situation/reports/bulk/"


def workbook(*rows, name="reports"):
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def refused(content):
    with pytest.raises(SheetRefusedError) as told:
        rows_in(content, known=KNOWN)
    return told.value.code


def test_csv_and_workbook_hold_the_same_rows():
    table = [("title", "killed_best", "mine"), ("Boats", 3, "x"), ("", "", ""), ("Stalls", 4.5, "")]
    text = "\n".join(",".join(map(str, row)) for row in table)
    for content in (text.encode(), b"\xef\xbb\xbf" + text.replace(",", ";").encode(), workbook(*table)):
        sheet = rows_in(content, known=KNOWN)
        assert [(row.number, dict(row.values)) for row in sheet.rows] == [
            (2, {"title": "Boats", "killed_best": "3"}),
            (4, {"title": "Stalls", "killed_best": "4.5"}),
        ]
        assert sheet.unknown == ("mine",)


def test_submissions_of_kobo_are_read_with_their_mark_point_and_files():
    one = {
        "_id": 7,
        "meta/rootUuid": "uuid:1c0ffee0-0000-4000-8000-000000000001",
        "what/title": "Boats",
        "protected/point": "9.5 41.25 1200 8",
        "_attachments": [{"filename": "u/attachments/a/boat.jpg"}],
        "photo": "boat.jpg",
    }
    [row] = rows_in(json.dumps({"count": 1, "results": [one]}).encode(), known=KNOWN).rows
    assert row.values == {"title": "Boats", "latitude": "9.5", "longitude": "41.25"}
    assert row.mark == "1c0ffee0-0000-4000-8000-000000000001"
    assert row.files == ("boat.jpg",)


def test_submissions_of_central_have_their_point_the_other_way_round():
    one = {
        "__id": "uuid:2c0ffee0-0000-4000-8000-000000000001",
        "what": {"title": "Boats"},
        "point": {"type": "Point", "coordinates": [41.25, 9.5, 1200]},
    }
    [row] = rows_in(json.dumps({"value": [one]}).encode(), known=KNOWN).rows
    assert row.values == {"title": "Boats", "latitude": "9.5", "longitude": "41.25"}


@pytest.mark.parametrize("name", ["kobo_data.json", "odk_central_odata.json"])
def test_real_shapes_are_read(name):
    content = (REFERENCE / "synthetic" / name).read_bytes()
    [row] = rows_in(content, known=("event_date", "event_type")).rows
    assert row.values["event_date"] == "2026-01-14"
    assert row.mark[8] == "-"


def test_headers_of_exports_are_taken_apart():
    text = (
        "KEY,what/title,when-occurred_from,point-Latitude,point-Longitude\nuuid:k,Boats,2026-01-01,1.5,2.5\n"
    )
    [row] = rows_in(text.encode(), known=KNOWN).rows
    assert row.values == {
        "title": "Boats",
        "occurred_from": "2026-01-01",
        "latitude": "1.5",
        "longitude": "2.5",
    }
    assert row.mark == "k"


def zipped(**files):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_x", ".x"), data)
    return out.getvalue()


def test_what_cannot_be_read_is_refused_with_its_reason():
    assert refused(b"") == "no_header"
    assert refused(b"a,b\n1,2\n") == "no_known_column"
    assert refused(b"title\n") == "no_rows"
    assert refused(b"title\n\xff\xfa\n") == "not_utf8"
    assert refused(b'title\n"open\n') == "broken"
    assert refused(b"PK\x03\x04nothing") == "broken"
    assert refused(b"{]") == "broken"
    assert refused(b"[" * 200_000) == "broken"
    assert refused(b"[1]") == "broken"
    assert refused(b"x" * (6 << 20)) == "too_large"
    assert refused(("title\n" + "a\n" * (MOST_ROWS + 1)).encode()) == "too_many_rows"


def test_a_workbook_that_unpacks_without_end_is_refused_unread():
    assert refused(zipped(xl__sharedStrings_xml=b"0" * (60 << 20))) == "too_large"


def test_a_workbook_that_claims_far_cells_is_refused_unread():
    far = b'<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    assert refused(zipped(xl__worksheets__sheet1_xml=far)) == "too_many_rows"


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(content):
    for start in (b"", b"PK\x03\x04", b"{", b"[", b"title\n"):
        try:
            rows_in(start + content, known=KNOWN)
        except SheetRefusedError:
            continue


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_ours_is_a_formula(text):
    assert inert(text) == f"'{text}"
    assert inert("a=1") == "a=1"


def test_the_form_for_collectors_is_the_one_that_the_tool_builds_and_pyxform_takes_it(tmp_path):
    from pyxform.xls2xform import convert

    from rtopnet.warning.evidence.forms.reports import ReportForm
    from tools.build_field_form import SURVEY, TARGET, build

    build(tmp_path / "form.xlsx")
    from python_calamine import CalamineWorkbook

    def cells(path):
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert cells(str(tmp_path / "form.xlsx")) == cells(str(TARGET))
    asked = {row[1] for row in SURVEY if row[1] and not row[0].startswith(("begin", "end"))}
    assert asked - {"point", "photo"} == set(ReportForm.base_fields) - {"latitude", "longitude"}
    made = convert(xlsform=str(TARGET), validate=which("java") is not None)
    assert "occurred_from" in made.xform
    assert made.warnings == []


def test_the_choices_of_that_form_are_ours():
    from rtopnet.warning.evidence.forms.reports import ReportForm
    from tools.build_field_form import CHOICES

    for name, listed in CHOICES.items():
        ours = {str(code): str(words) for code, words in ReportForm.base_fields[name].choices if code}
        assert ours == listed


HEADER = "title,act,occurred_from,occurred_to,state,killed_low,killed_best,latitude,longitude,source"
GOOD = "Boats burned,killing,2026-01-02,,XAB,1,2,,,A nurse"
BAD = (
    "No act,,2026-01-02,,XAB,,,,,",
    "Ahead,killing,2999-01-01,,XAB,,,,,",
    "No such state,killing,2026-01-02,,ZZZ,,,,,",
    "Upside down,killing,2026-01-02,,XAB,5,2,,,",
    "Half a point,killing,2026-01-02,,XAB,,,12.5,,",
)


def file_of(*rows, name="reports.csv"):
    return SimpleUploadedFile(name, "\n".join([HEADER, *rows]).encode())


def text(answer):
    return answer.content.decode()


@pytest.mark.django_db
def test_bad_rows_are_named_with_field_and_reason_and_nothing_is_kept(world, enter):
    answer = enter().post(BULK, {"file": file_of(BAD[0], GOOD, *BAD[1:])})
    bad = answer.context["found"].bad
    assert [(row.number, [fault.column for fault in row.faults]) for row in bad] == [
        (2, ["act"]),
        (4, ["occurred_from"]),
        (5, ["state"]),
        (6, ["killed_low"]),
        (7, ["longitude"]),
    ]
    page = text(answer)
    for reason in (
        "It must not lie ahead.",
        "Give both latitude and longitude",
        "1 row can be kept, 5 cannot",
    ):
        assert reason in page
    assert not seen_by(world, "XAA", reports_in_sight).reports


@pytest.mark.django_db
def test_the_person_keeps_the_good_ones_or_nothing(world, enter):
    client = enter()
    checked = client.post(BULK, {"file": file_of(GOOD, *BAD)}).context["form"].initial
    said = checked | {"owner": str(state(world)), "marking": "2"}
    client.post(f"{BULK}keep/", said | {"nothing": "1"})
    assert not seen_by(world, "XAA", reports_in_sight).reports
    page = client.post(f"{BULK}keep/", said | {"good": "1"}, follow=True)
    assert "1 report is kept as a draft." in text(page)
    [line] = seen_by(world, "XAA", reports_in_sight).reports
    assert seen_by(world, "XAA", report_sheet, line.id).protected.source == "A nurse"
    assert not seen_by(world, "XAB", reports_in_sight).reports


@pytest.mark.django_db
def test_submissions_bring_their_files_and_come_once(world, enter, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    one = {
        "meta/rootUuid": f"uuid:{uuid4()}",
        "title": "Boats",
        "act": "killing",
        "occurred_from": "2026-01-02",
        "state": "XAB",
        "photo": "boat.jpg",
    }
    content = json.dumps({"results": [one]}).encode()
    client = enter()
    for _ in range(2):
        form = client.post(BULK, {"file": SimpleUploadedFile("kobo.json", content)}).context["form"]
        files = SimpleUploadedFile(
            "media.zip", zipped(media__boat_jpg=b"x").replace(b"boat_jpg", b"boat.jpg")
        )
        said = form.initial | {"owner": str(state(world)), "marking": "2", "good": "1", "attachments": files}
        client.post(f"{BULK}keep/", said)
    [line] = seen_by(world, "XAA", reports_in_sight).reports
    assert [file.name for file in seen_by(world, "XAA", attachments_of, line.id)] == ["boat.jpg"]


@pytest.mark.django_db
def test_a_workbook_whose_bytes_are_damaged_is_refused():
    whole = workbook(["title"], ["Fire"])
    for at in range(30, len(whole), 41):
        damaged = whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :]
        with suppress(SheetRefusedError):
            rows_in(damaged, known=("title",))


def test_a_broken_zip_keeps_nothing(world, enter):
    client = enter()
    form = client.post(BULK, {"file": file_of(GOOD)}).context["form"]
    broken = SimpleUploadedFile("media.zip", b"PK no")
    said = form.initial | {"owner": str(state(world)), "marking": "2", "good": "1", "attachments": broken}
    assert "cannot be read. Nothing was kept" in text(client.post(f"{BULK}keep/", said))
    assert not seen_by(world, "XAA", reports_in_sight).reports


@pytest.mark.django_db
@pytest.mark.parametrize("rows", ["", "{", '[{"n": 1}]', '[{"n":1,"v":{"title":"x"},"m":"","f":[]}]'])
def test_a_page_that_was_tampered_with_keeps_nothing(world, enter, rows):
    said = {"rows": rows, "owner": str(state(world)), "marking": "2", "good": "1"}
    assert enter().post(f"{BULK}keep/", said).status_code == 200
    assert not seen_by(world, "XAA", reports_in_sight).reports


@pytest.mark.django_db
def test_templates_go_back_in(world, enter):
    client = enter()
    for ending in ("csv", "xlsx"):
        content = b"".join(client.get(f"{BULK}template.{ending}"))
        assert refused(content) == "no_rows"
    assert b"".join(client.get(f"{BULK}form.xlsx")).startswith(b"PK")

"""What files are called, and of what kind they are."""

import zipfile
from io import BytesIO

import pytest

from rtopnet.sharing.files.kinds import declared_kind, disagree, kind_of
from rtopnet.sharing.files.names import display_name
from tests.sharing.attaching import picture

NAMES = {
    "": "file",
    "...": "file",
    "/": "file",
    "a/b\\c.txt": "c.txt",
    "a\u202egpj.exe": "agpj.exe",
    "a\u2066b\u2069.txt": "ab.txt",
    "a\r\nSet-Cookie: x.txt": "aSet-Cookie: x.txt",
    "a\x00b.txt": "ab.txt",
    "  a   b .txt ": "a b .txt",
    "e\u0301.txt": "é.txt",
    "ក\u200dខ.txt": "ក\u200dខ.txt",
    "x" * 300: "x" * 199 + "…",
    "x" * 300 + ".pdf": "x" * 195 + "….pdf",
    'quo"te.txt': 'quo"te.txt',
}


@pytest.mark.parametrize(("given", "shown"), NAMES.items())
def test_names(given, shown):
    assert display_name(given) == shown
    assert len(display_name(given)) <= 200


def archive(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = [
    (picture("JPEG"), "image/jpeg"),
    (picture("PNG"), "image/png"),
    (picture("WEBP"), "image/webp"),
    (picture("TIFF"), "image/tiff"),
    (picture("GIF"), "image/gif"),
    (b"%PDF-1.7\n%...", "application/pdf"),
    (archive(a="b"), "application/zip"),
    (
        archive(**{"[Content_Types].xml": "", "word/document.xml": ""}),
        f"{OFFICE}wordprocessingml.document",
    ),
    (archive(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), f"{OFFICE}spreadsheetml.sheet"),
    (
        archive(mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    (archive(mimetype="text/html"), "application/zip"),
    ("ភាសាខ្មែរ".encode(), "text/plain"),
    (("ភ" * 40_000).encode(), "text/plain"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
    (b"  <!DOCTYPE html><p>", "text/html"),
    (b"MZ\x90\x00\x03", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF\x02\x01", "application/x-elf"),
    (bytes(range(256)) * 4, "application/octet-stream"),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_kinds_are_told_by_content(content, kind):
    assert kind_of(content[: 64 * 1024], content[-64 * 1024 :]) == kind


@pytest.mark.parametrize(
    ("declared", "found", "differ"),
    [
        ("image/jpeg", "image/jpeg", False),
        ("image/jpg", "image/jpeg", False),
        ("image/png", "image/jpeg", True),
        ("application/pdf", "application/vnd.microsoft.portable-executable", True),
        ("text/csv", "text/plain", False),
        ("application/json", "text/plain", False),
        ("text/plain", "text/html", True),
        ("application/octet-stream", "image/png", False),
        ("application/x-zip-compressed", "application/zip", False),
    ],
)
def test_a_difference_is_named_where_there_is_one(declared, found, differ):
    assert disagree(declared, found) is differ


def test_what_comes_without_a_type_has_that_of_its_name():
    assert declared_kind("", "a.pdf") == "application/pdf"
    assert declared_kind("application/octet-stream", "a") == "application/octet-stream"
    assert declared_kind("Image/PNG; x=y", "a.pdf") == "image/png"

"""Previews and metadata, made in a process of its own that hostile files cannot get out of."""

import json
import struct
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO

import pytest
import typst
from PIL import Image, PngImagePlugin

from rtopnet.sharing.files import looking
from rtopnet.sharing.files.looking import cleaned, is_bare_png, look_into
from tests.sharing.attaching import photo, picture

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def look(folder, content, kind):
    file = folder / "content"
    file.write_bytes(content)
    seen = look_into(file, kind)
    assert file.read_bytes() == content
    assert list((folder / "files/incoming").glob("*")) == []
    return seen


def told(look):
    return {(fact["about"], fact["value"]) for fact in look.facts}


def pdf(source=b'#set document(title: "Signs", author: "A Clerk")\nSigns along the shore'):
    return typst.compile(source)


PICTURES = ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"]


@pytest.mark.parametrize("form", PICTURES)
def test_pictures_get_a_bare_png_that_fits(folder, form):
    seen = look(folder, picture(form, size=(3000, 1500)), f"image/{form.lower()}")
    assert seen.outcome == "made"
    assert is_bare_png(seen.picture)
    with Image.open(BytesIO(seen.picture)) as drawn:
        assert drawn.size == (640, 320)


def test_the_first_picture_of_a_moving_one_is_shown(folder):
    out = BytesIO()
    first, second = (Image.new("RGB", (20, 20), colour) for colour in ("red", "blue"))
    first.save(out, "GIF", save_all=True, append_images=[second])
    with Image.open(BytesIO(look(folder, out.getvalue(), "image/gif").picture)) as drawn:
        assert drawn.getpixel((5, 5))[0] > 200


def test_the_first_page_of_a_pdf_is_shown_and_who_wrote_it_told(folder):
    seen = look(folder, pdf(), "application/pdf")
    assert seen.outcome == "made"
    assert is_bare_png(seen.picture)
    assert ("author", "A Clerk") in told(seen)
    assert any(about == "time" for about, _ in told(seen))


def test_a_clean_copy_of_a_tiff_is_one(folder):
    assert ("camera", "Harbour Optics") in told(look(folder, photo("TIFF"), "image/tiff"))
    copy = cleaned(folder / "content", "image/tiff", 1 << 20)
    assert look(folder, copy, "image/tiff").facts == ()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_says_where_when_and_with_what_and_its_clean_copy_nothing(folder, form):
    content, kind = photo(form), f"image/{form.lower()}"
    seen = look(folder, content, kind)
    assert {
        ("camera", "Harbour Optics"),
        ("time", "2026:03:03 14:05:00"),
        ("place", "-1.50000, 103.25000"),
    } <= told(seen)
    assert seen.can_be_cleaned
    copy = cleaned(folder / "content", kind, 1 << 20)
    assert b"Harbour Optics" not in copy
    assert look(folder, copy, kind).facts == ()
    with Image.open(BytesIO(copy)) as drawn:
        assert drawn.size == (480, 640), "it stands upright without the word that turned it"


def test_words_hidden_in_a_png_are_told(folder):
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "A Clerk")
    words.add_itxt("XML:com.adobe.xmp", "<x/>")
    seen = look(folder, picture("PNG", pnginfo=words), "image/png")
    assert {("author", "A Clerk"), ("words", "XMP")} <= told(seen)
    assert b"Clerk" not in seen.picture


def archive(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


CORE = """<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>A Clerk</dc:creator>
<cp:lastModifiedBy>B Clerk</cp:lastModifiedBy></cp:coreProperties>"""


def test_an_office_document_says_who_wrote_it(folder):
    content = archive(docProps__core=CORE, docProps__app="<P><Company>Ministry</Company></P>")
    seen = look(folder, content, OFFICE)
    assert seen.outcome == "none"
    assert told(seen) == {
        ("author", "A Clerk"),
        ("author", "B Clerk"),
        ("organisation", "Ministry"),
    }


def test_other_kinds_are_left_alone(folder):
    assert look(folder, b"text", "text/plain").outcome == "none"


def png_of(width, height, body=b""):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return looking.PNG + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bomb_png():
    """Ten thousand by ten thousand dots in a few hundred kilobytes: 300 MB of memory."""
    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * 10_000)
    body = b"".join(packer.compress(row) for _ in range(10_000)) + packer.flush()
    return png_of(10_000, 10_000, body)


LAUGHS = (
    "<!DOCTYPE a [<!ENTITY b0 'ha'>"
    + "".join(f"<!ENTITY b{n + 1} '{f'&b{n};' * 10}'>" for n in range(9))
    + "]><a><creator>&b9;</creator></a>"
)

HOSTILE = {
    "huge dimensions": (png_of(2_000_000_000, 2_000_000_000), "image/png"),
    "many dots": (png_of(60_000, 60_000), "image/png"),
    "cut off": (picture("JPEG")[:400], "image/jpeg"),
    "empty": (b"", "image/png"),
    "not what it says": (b"MZ" + bytes(1000), "image/jpeg"),
    "a broken PDF": (b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >>", "application/pdf"),
    "a PDF with half its bytes": (pdf()[: len(pdf()) // 2], "application/pdf"),
    "a page as large as a country": (
        pdf().replace(b"/MediaBox", b"/MediaBox [0 0 1e9 1e9] /Was"),
        "application/pdf",
    ),
    "a thousand laughs": (archive(docProps__core=LAUGHS), OFFICE),
    "a part that swells": (archive(docProps__core="<a>" + " " * (1 << 27)), OFFICE),
    "too many parts": (archive(**{f"p{n}": "" for n in range(6000)}), OFFICE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_as_no_preview_and_hurts_nothing(folder, name):
    seen = look(folder, *HOSTILE[name])
    if name == "a page as large as a country":
        assert len(seen.picture) < looking.LARGEST_PICTURE
    else:
        assert (seen.outcome, seen.picture) == ("failed", b"")


@pytest.mark.slow
def test_a_bomb_is_drawn_small_or_not_at_all(folder):
    seen = look(folder, bomb_png(), "image/png")
    assert seen.outcome in {"made", "failed"}
    assert len(seen.picture) < 100_000


def test_a_looker_that_never_ends_is_ended(folder, monkeypatch):
    fake = folder / "endless.py"
    fake.write_text("while True: pass")
    monkeypatch.setattr(looking, "LOOKER", fake)
    monkeypatch.setattr(looking, "SECONDS", 0.5)
    assert look(folder, b"x", "image/png").outcome == "failed"


LIES = [
    b"",
    b"[]\n",
    b'{"outcome": "made"}\n<script>alert(1)</script>',
    b'{"outcome": "made"}\n' + picture("PNG", pnginfo=None) + b"<script>",
    b'{"outcome": "stolen"}\n',
    b"{" * 100_000,
]


@pytest.mark.parametrize("lie", LIES)
def test_what_a_captured_looker_says_is_not_taken_on_trust(folder, monkeypatch, lie):
    (folder / "lie").write_bytes(lie)
    fake = folder / "liar.py"
    fake.write_text(f"import sys; sys.stdout.buffer.write(open({str(folder / 'lie')!r}, 'rb').read())")
    monkeypatch.setattr(looking, "LOOKER", fake)
    assert look(folder, b"x", "image/png").outcome == "failed"


PROBE = """
import json, os, runpy, socket, sys
looker = runpy.run_path({looker!r}, run_name="looker")
walls = looker["_give_up"](1 << 20)
tried, plug = {{}}, socket.socket()
def attempt(name, deed):
    try:
        deed()
        tried[name] = "done"
    except (OSError, MemoryError) as error:
        tried[name] = type(error).__name__
attempt("read", lambda: open("/etc/passwd").read())
attempt("write", lambda: open("/tmp/left-behind", "w"))
attempt("list", lambda: os.listdir("/proc"))
attempt("connect", lambda: plug.connect(("127.0.0.1", {port})))
attempt("memory", lambda: bytearray(2 << 30))
os.write(1, json.dumps([walls, tried, sorted(os.environ)]).encode())
"""


def test_the_looker_has_no_files_no_network_and_little_memory(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = PROBE.format(looker=str(looking.LOOKER), port=server.getsockname()[1])
        (tmp_path / "empty").mkdir()
        done = subprocess.run(
            [sys.executable, "-I", "-c", probe],
            capture_output=True,
            check=True,
            cwd=tmp_path / "empty",
            env={},
        )
    walls, tried, environment = json.loads(done.stdout)
    assert "limits" in walls
    assert tried["memory"] == "MemoryError"
    assert not {name for name in environment if "DATABASE" in name or "KEY" in name}
    if {"namespaces", "landlock"} & set(walls):
        assert "done" not in tried.values(), tried

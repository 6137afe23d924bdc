"""Sending and fetching files as a browser does it."""

import re
import subprocess
import sys

import pytest
from django.test import Client

from rtopnet.kernel.acting import acting_as
from rtopnet.network.models import Account
from rtopnet.sharing import jobs
from rtopnet.sharing.files.looking import is_bare_png
from rtopnet.sharing.models import Reading
from rtopnet.sharing.public import (
    Audience,
    Marking,
    address_record,
    attachments_of,
    metadata_warnings,
    recall_record,
    release_record,
)
from tests.sharing.attaching import attach, draft, photo, run_checks, sent
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def browser(world, code="XAA", **options):
    client = Client(**options)
    with acting_as(desk(world, code)):
        client.force_login(Account.objects.get(pk=desk(world, code)))
    return client


def share(world, record, code="XAB", marking=Marking.AMBER):
    address_record(
        by=desk(world), record=record, audience=Audience(states=frozenset({world.states[code].pk}))
    )
    release_record(by=desk(world), record=record)


def send(client, record, *files, **fields):
    return client.post(f"/records/{record}/files/", {"files": list(files)} | fields)


def incoming(folder):
    return list((folder / "files" / "incoming").glob("*"))


def names(world, record):
    with acting_as(desk(world)):
        return [file.name for file in attachments_of(record)]


def test_the_empty_page_says_what_will_be_here(world):
    record = draft(world)
    page = browser(world).get(f"/records/{record}/files/").content.decode()
    assert "No files yet" in page
    assert "Add files" in page
    assert "200 MiB" in page


def test_several_files_are_sent_at_once(world, folder):
    record = draft(world)
    answer = send(browser(world), record, sent("a.txt"), sent("b.txt", b"other"))
    assert answer.status_code == 302
    assert sorted(names(world, record)) == ["a.txt", "b.txt"]
    assert incoming(folder) == []
    page = browser(world).get(answer["Location"]).content.decode()
    assert "Waiting to be scanned" in page
    assert "a.txt" in page


def test_a_file_over_the_limit_is_named_and_the_others_are_kept(world, settings, folder):
    settings.FILE_LIMIT_MIB = 1
    record = draft(world)
    answer = send(browser(world), record, sent("a.txt"), sent("photo.zip", b"x" * (2 << 20)), sent("e", b""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "photo.zip is 2 MiB; the limit is 1 MiB." in page
    assert "e is empty." in page
    assert names(world, record) == ["a.txt"]
    assert incoming(folder) == []


def test_choosing_nothing_is_said(world):
    record = draft(world)
    answer = browser(world).post(f"/records/{record}/files/", {})
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()


def test_a_forged_form_leaves_nothing(world, folder):
    record = draft(world)
    answer = send(browser(world, enforce_csrf_checks=True), record, sent())
    assert answer.status_code == 403
    assert names(world, record) == []
    assert incoming(folder) == []


def test_with_its_token_a_form_is_taken(world):
    record = draft(world)
    client = browser(world, enforce_csrf_checks=True)
    page = client.get(f"/records/{record}/files/").content.decode()
    token = re.search(r'<form class="upload".*?name="csrfmiddlewaretoken" value="(\w+)"', page, re.DOTALL)[1]
    assert send(client, record, sent(), csrfmiddlewaretoken=token).status_code == 302
    assert names(world, record) == ["note.txt"]


class Unread:
    """A body that must not be asked for."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(("code", "status"), [("XAB", 403), ("XAC", 404)])
def test_who_may_not_attach_is_refused_before_a_byte_is_read(world, code, status):
    record = draft(world)
    share(world, record)
    answer = browser(world, code).post(
        f"/records/{record}/files/",
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": "100"},
    )
    assert answer.status_code == status


def test_strangers_are_asked_to_sign_in(world, client):
    file = attach(world, draft(world))
    assert client.get(f"/records/files/{file}/").status_code == 302


HOSTILE = {
    "../../etc/passwd": "passwd",
    "C:\\windows\\system.ini": "system.ini",
    "invoice\u202egpj.exe": "invoicegpj.exe",
    "n" * 300 + ".docx": "n" * 194 + "….docx",
    "រូបថត.jpg": "រូបថត.jpg",
}


@pytest.mark.parametrize(("given", "shown"), HOSTILE.items())
def test_a_name_misleads_nobody(world, given, shown):
    record = draft(world)
    upload = sent()
    upload._name = given
    send(browser(world), record, upload)
    (name,) = names(world, record)
    assert name == shown
    with acting_as(desk(world)):
        (file,) = attachments_of(record)
    answer = browser(world).get(f"/records/files/{file.id}/")
    answer.getvalue()
    assert answer["Content-Disposition"].startswith("attachment; filename")


ACTIVE = {
    "page.html": b"<!DOCTYPE html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gif.js": b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a_browser_runs_nothing_of_what_it_is_given(world, name):
    file = attach(world, draft(world), content=ACTIVE[name], name=name, declared="text/html")
    answer = browser(world).get(f"/records/files/{file}/")
    assert answer.getvalue() == ACTIVE[name]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_not_for_a_reader_answers_as_what_is_not_there(world):
    file = attach(world, draft(world))
    client = browser(world, "XAC")
    for rest in ("", "preview.png", "attachment.tsr", "remove/"):
        there = client.get(f"/records/files/{file}/{rest}")
        absent = client.get(f"/records/files/00000000-0000-4000-8000-000000000000/{rest}")
        assert there.status_code == absent.status_code == 404
        assert shorn(there) == shorn(absent)


def shorn(answer):
    """A page without the address it was asked by, and the token of its forms."""
    page = re.sub(rb'value="\w{64}"', b"", answer.content)
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", page)


def test_addressees_see_the_list_without_a_way_to_change_it(world):
    record = draft(world)
    attach(world, record, name="a.jpg", declared="image/jpeg")
    share(world, record)
    page = browser(world, "XAB").get(f"/records/{record}/files/").content.decode()
    assert "a.jpg" in page
    assert "Download" in page
    assert "Add files" not in page
    assert "Remove" not in page
    assert "its content is “plain text”" in page


def test_removing_asks_first(world):
    record = draft(world)
    file = attach(world, record)
    client = browser(world)
    asked = client.get(f"/records/files/{file}/remove/")
    assert "cannot be undone" in asked.content.decode()
    assert names(world, record) == ["note.txt"]
    assert client.post(f"/records/files/{file}/remove/").status_code == 302
    assert names(world, record) == []


def test_addressees_remove_nothing(world):
    record = draft(world)
    file = attach(world, record)
    share(world, record)
    assert browser(world, "XAB").post(f"/records/files/{file}/remove/").status_code == 403
    assert names(world, record) == ["note.txt"]


def test_a_list_asks_the_database_little(world, django_assert_max_num_queries):
    record = draft(world)
    for number in range(5):
        attach(world, record, name=f"{number}.txt")
    client = browser(world)
    with django_assert_max_num_queries(32):
        client.get(f"/records/{record}/files/")


def test_one_goes_back_where_one_came_from_but_never_to_another_host(world):
    record = draft(world)
    client = browser(world)
    assert send(client, record, sent(), next="/records/x/")["Location"] == "/records/x/"
    away = send(client, record, sent(), next="https://elsewhere.example/")["Location"]
    assert away == f"/records/{record}/files/"


def test_a_photo_is_shown_told_about_and_copied_clean(world):
    record = draft(world)
    attach(world, record, content=photo(), name="shore.jpg", declared="image/jpeg")
    run_checks(jobs.look_into_file, jobs.scan_file, jobs.stamp_file)
    client = browser(world)
    page = client.get(f"/records/{record}/files/").content.decode()
    assert "It says with which device, when it was made and where it was made." in page
    assert "Harbour Optics" in page
    assert "Not scanned" in page
    assert "Not time-stamped by an outside authority" in page
    (shown,) = re.findall(r'src="(/records/files/\S+/preview.png)"', page)
    picture = client.get(shown)
    assert picture["Content-Type"] == "image/png"
    assert is_bare_png(picture.getvalue())
    (clean,) = re.findall(r'action="(/records/files/\S+/clean-copy/)"', page)
    assert "A copy without metadata was added." in client.post(clean, follow=True).content.decode()
    assert sorted(names(world, record)) == ["shore-clean.jpg", "shore.jpg"]
    run_checks(jobs.look_into_file)
    with acting_as(desk(world)):
        warned = [warning.name for warning in metadata_warnings(record)]
    assert warned == ["shore.jpg"]


def test_addressees_see_the_picture_and_not_what_was_found_in_it(world):
    record = draft(world)
    file = attach(world, record, content=photo(), name="shore.jpg", declared="image/jpeg")
    run_checks(jobs.look_into_file)
    share(world, record)
    client = browser(world, "XAB")
    page = client.get(f"/records/{record}/files/").content.decode()
    assert "Harbour Optics" not in page
    for _ in range(2):
        client.get(f"/records/files/{file}/preview.png").getvalue()
    with acting_as(desk(world)):
        assert [(row.account_id, row.how) for row in Reading.objects.all()] == [
            (desk(world, "XAB"), "opened")
        ]
    recall_record(by=desk(world), record=record)
    assert client.get(f"/records/files/{file}/preview.png").status_code == 404
    assert client.post(f"/records/files/{file}/clean-copy/").status_code == 404


def test_what_is_no_picture_has_no_clean_copy(world):
    file = attach(world, draft(world))
    page = browser(world).post(f"/records/files/{file}/clean-copy/", follow=True).content.decode()
    assert "No copy without metadata could be made" in page


GROWTH = """
import resource, sys, tempfile
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.DATA_FOLDER = Path(tempfile.mkdtemp())
from django.http.multipartparser import MultiPartParser
from rtopnet.sharing.public import ArrivingFiles, arrived_files

class Body:
    def __init__(self, size):
        head = b'--x\\r\\nContent-Disposition: form-data; name="files"; filename="a"\\r\\n\\r\\n'
        self.parts, self.left = [head], size
    def read(self, wanted):
        if self.parts:
            return self.parts.pop()
        if self.left > 0:
            self.left -= wanted
            return b"\\0" * wanted
        self.read = lambda wanted: b""
        return b"\\r\\n--x--\\r\\n"

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def receive(mib):
    handler = ArrivingFiles()
    size = mib << 20
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(size + 200)}
    _, files = MultiPartParser(meta, Body(size), [handler]).parse()
    arrived = arrived_files(files.getlist("files"))
    handler.discard()
    return arrived[0].size

receive(1)
before = peak()
assert receive(199) == 199 << 20
print(peak() - before)
"""


@pytest.mark.slow
def test_a_large_file_is_never_whole_in_memory(tmp_path):
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20, f"taking in 199 MiB took {done.stdout.strip()} MiB of memory"

"""Files for the tests of records: made small, sent as a browser sends them."""

from hashlib import sha256
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rtopnet.sharing.files.arriving import ArrivedFile
from rtopnet.sharing.files.store import incoming_path, new_file
from rtopnet.sharing.public import Marking, Terms, Words, attach_file, draft_record


def arrive(content=b"what was seen\n", name="note.txt", declared="text/plain"):
    """A file that lies where it arrived."""
    path = incoming_path()
    with new_file(path) as file:
        file.write(content)
    return ArrivedFile(path, name, len(content), sha256(content).hexdigest(), declared)


def draft(world, code="XAA", *, by=None, marking=Marking.AMBER, **terms):
    return draft_record(
        by=by or world.scribe(code).account,
        terms=Terms("report", marking, **terms),
        words=Words("Signs along the shore", "What was seen."),
        state=world.states[code].pk,
    )


def attach(world, record, code="XAA", *, by=None, **file):
    return attach_file(by=by or world.scribe(code).account, record=record, arrived=arrive(**file))


def sent(name="note.txt", content=b"what was seen\n", declared="text/plain"):
    return SimpleUploadedFile(name, content, declared)


def picture(kind="JPEG", size=(640, 480), **options):
    out = BytesIO()
    Image.new("RGB", size, (40, 120, 110)).save(out, kind, **options)
    return out.getvalue()

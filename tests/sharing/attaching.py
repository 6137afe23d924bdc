"""Files for the tests of records: made small, sent as a browser sends them."""

from hashlib import sha256
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image
from procrastinate.contrib.django.models import ProcrastinateJob

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


def photo(kind="JPEG"):
    """A picture that says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Harbour Optics"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:03:03 14:05:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "S", (1.0, 30.0, 0.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (103.0, 15.0, 0.0)
    return picture(kind, exif=exif)


def run_checks(*tasks):
    """Do the jobs that wait for these tasks, as the worker would, each once."""
    for task in tasks:
        waiting = ProcrastinateJob.objects.filter(task_name=task.name).exclude(pk__in=_done)
        for job in list(waiting.order_by("pk")):
            _done.add(job.pk)
            task(**job.args)


_done: set[int] = set()

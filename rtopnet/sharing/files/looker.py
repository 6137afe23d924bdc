"""A process of its own that looks into one file and then ends; started by ``looking``, never imported.

It reads the file from its standard input and writes to its standard output one line of JSON, then a picture.
Before the first byte is looked at it gives up all it can: memory, time, other processes, the network and the
file system. Whatever breaks in here breaks nothing outside.
"""

import ctypes
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

import pypdfium2
from PIL import ExifTags, Image, ImageCms, ImageOps

MIB = 1024 * 1024
MEMORY = 1024 * MIB
SECONDS = 20
PICTURE_SIDE = 640
MOST_PIXELS = 120_000_000
MOST_SIDE = 60_000
LONGEST_VALUE = 200
MOST_FACTS = 30
MOST_PARTS = 5000
"""Entries that an office document may have."""
LARGEST_PART = MIB

PDF = "application/pdf"
PICTURES = {"image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif", "image/avif", "image/heic"}
CLEANED_AS: dict[str, tuple[str, dict[str, Any]]] = {
    "image/jpeg": ("JPEG", {"quality": 95}),
    "image/png": ("PNG", {}),
    "image/webp": ("WEBP", {"quality": 95}),
    "image/tiff": ("TIFF", {"compression": "tiff_lzw"}),
}
Fact = dict[str, str]

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x00020000, 0x10000000, 0x40000000, 0x08000000
PR_SET_NO_NEW_PRIVS = 38
LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446
"""System calls, of the same number on every kind of machine."""
LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights on files each version knows; all of them are given up."""
FROM_NETWORK_VERSION = 4
LANDLOCK_NETWORK = 0b11


def main(task: str, kind: str, largest_output: int) -> None:
    """Do ``task`` (``look`` or ``clean``) to the file of that kind on standard input."""
    walls = _give_up(largest_output)
    source = os.fdopen(0, "rb")
    out = os.fdopen(1, "wb")
    picture = b""
    try:
        answer = _looked_into(source, kind) if task == "look" else {"outcome": "made"}
        picture = _preview(source, kind) if task == "look" else _cleaned(source, kind)
        if task == "look":
            answer["outcome"] = "made" if picture else "none"
    # A file that breaks its reader, in whichever way, has no preview, and that is all.
    except Exception as error:  # noqa: BLE001 -- a process of its own, which has nothing else to do
        answer = {"outcome": "failed", "why": type(error).__name__}
    out.write(json.dumps(answer | {"walls": walls}).encode() + b"\n" + picture)
    out.flush()


def _give_up(largest_output: int) -> list[str]:
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: largest_output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_NPROC: 0,
    }
    _load_what_comes_from_files()
    walls = ["limits"]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC) == 0:
        os.chroot(".")  # an empty folder that our starter made for us
        os.chdir("/")
        walls.append("namespaces")
    if _lock_land(libc):
        walls.append("landlock")
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    return walls


def _load_what_comes_from_files() -> None:
    """Readers that are otherwise fetched from the disk at first use, where no disk will be any more."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    for encoding in ("utf-16-le", "utf-16-be", "cp437", "latin-1", "cp1252", "utf-8-sig"):
        "".encode(encoding)
    datetime.strptime("2000", "%Y")  # noqa: DTZ007 -- only to have it loaded
    with pypdfium2.PdfDocument.new() as empty:
        empty.new_page(10, 10).render(scale=1).to_pil()


def _lock_land(libc: Any) -> bool:
    version = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << LANDLOCK_RIGHTS[min(version, max(LANDLOCK_RIGHTS))]) - 1
    network = LANDLOCK_NETWORK if version >= FROM_NETWORK_VERSION else 0
    given_up = (ctypes.c_uint64 * 2)(rights, network)
    size = 16 if version >= FROM_NETWORK_VERSION else 8
    ruleset = libc.syscall(LANDLOCK_CREATE, ctypes.byref(given_up), size, 0)
    return bool(ruleset >= 0 and libc.syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0)


def _looked_into(source: BinaryIO, kind: str) -> dict[str, Any]:
    facts = []
    for fact in _facts(source, kind):
        value = " ".join(str(fact["value"]).replace("\x00", " ").split())[:LONGEST_VALUE]
        if value and {"about": fact["about"], "value": value} not in facts:
            facts.append({"about": fact["about"], "value": value})
    return {"facts": facts[:MOST_FACTS], "can_be_cleaned": kind in CLEANED_AS}


def _facts(source: BinaryIO, kind: str) -> Iterator[Fact]:
    if kind in PICTURES:
        yield from _picture_facts(_opened(source))
    elif kind == PDF:
        yield from _pdf_facts(source)
    elif "officedocument" in kind or "opendocument" in kind:
        yield from _office_facts(source)


def _opened(source: BinaryIO) -> Image.Image:
    source.seek(0)
    image = Image.open(source)
    if image.width * image.height > MOST_PIXELS or max(image.size) > MOST_SIDE:
        raise ValueError("too many pixels")
    return image


EXIF_FACTS = {
    "Make": "camera",
    "Model": "camera",
    "BodySerialNumber": "camera",
    "LensModel": "camera",
    "CameraOwnerName": "author",
    "Artist": "author",
    "XPAuthor": "author",
    "Copyright": "author",
    "DateTime": "time",
    "DateTimeOriginal": "time",
    "DateTimeDigitized": "time",
    "Software": "program",
    "HostComputer": "camera",
    "ImageDescription": "words",
    "UserComment": "words",
    "XPComment": "words",
    "XPTitle": "words",
}
COMMENTS = {
    "comment": "words",
    "Comment": "words",
    "Description": "words",
    "Title": "words",
    "Author": "author",
    "Creation Time": "time",
    "Software": "program",
}
BLOCKS = {"xmp": "XMP", "XML:com.adobe.xmp": "XMP", "photoshop": "IPTC"}
"""Blocks in which programs write down much about a picture's making; that they are there is enough."""


def _picture_facts(image: Image.Image) -> Iterator[Fact]:
    exif = image.getexif()
    tags = dict(exif) | dict(exif.get_ifd(ExifTags.IFD.Exif))
    for number, value in tags.items():
        about = EXIF_FACTS.get(ExifTags.TAGS.get(number, ""))
        if about:
            yield {"about": about, "value": _exif_text(number, value)}
    place = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if place:
        yield {"about": "place", "value": place}
    for key, value in image.info.items():
        if key in BLOCKS:
            yield {"about": "words", "value": BLOCKS[key]}
        elif key in COMMENTS:
            said = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            yield {"about": COMMENTS[key], "value": said}


def _exif_text(number: int, value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    if ExifTags.TAGS[number].startswith("XP"):
        return value.decode("utf-16-le", "replace")
    return value.removeprefix(b"ASCII\x00\x00\x00").removeprefix(b"UNICODE\x00").decode("utf-8", "replace")


def _place(gps: dict[int, Any]) -> str:
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef) == "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    return "" if latitude is None or longitude is None else f"{latitude:.5f}, {longitude:.5f}"


def _degrees(parts: Any, is_negative: bool) -> float | None:  # noqa: FBT001 -- a sign
    if not parts:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if is_negative else value


PDF_FACTS = {
    "Author": "author",
    "Creator": "program",
    "Producer": "program",
    "CreationDate": "time",
    "ModDate": "time",
    "Title": "words",
    "Subject": "words",
    "Keywords": "words",
}


def _pdf_facts(source: BinaryIO) -> Iterator[Fact]:
    source.seek(0)
    with pypdfium2.PdfDocument(source) as document:
        for key, value in document.get_metadata_dict(skip_empty=True).items():
            if key in PDF_FACTS:
                is_time = PDF_FACTS[key] == "time"
                yield {"about": PDF_FACTS[key], "value": _pdf_time(value) if is_time else value}


def _pdf_time(value: str) -> str:
    digits = value.removeprefix("D:")[:14]
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").isoformat(" ")  # noqa: DTZ007 -- as it stands in the file
    except ValueError:
        return value


OFFICE_FACTS = {
    "creator": "author",
    "initial-creator": "author",
    "lastModifiedBy": "author",
    "Manager": "author",
    "Company": "organisation",
    "created": "time",
    "modified": "time",
    "creation-date": "time",
    "date": "time",
    "Application": "program",
    "generator": "program",
    "title": "words",
    "subject": "words",
    "description": "words",
    "keywords": "words",
}


def _office_facts(source: BinaryIO) -> Iterator[Fact]:
    source.seek(0)
    with zipfile.ZipFile(source) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise ValueError("too many parts")
        for name in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
            if name in archive.namelist():
                with archive.open(name) as part:
                    yield from _xml_facts(part.read(LARGEST_PART))


def _xml_facts(content: bytes) -> Iterator[Fact]:
    for element in ET.fromstring(content).iter():  # noqa: S314 -- in here, it can hurt nobody
        about = OFFICE_FACTS.get(element.tag.rsplit("}", 1)[-1])
        if about and element.text:
            yield {"about": about, "value": element.text}


def _preview(source: BinaryIO, kind: str) -> bytes:
    if kind == PDF:
        source.seek(0)
        with pypdfium2.PdfDocument(source) as document:
            page = document[0]
            scale = PICTURE_SIDE / max(*page.get_size(), 1)
            return _as_png(page.render(scale=min(scale, 4)).to_pil())
    if kind not in PICTURES:
        return b""
    image = _opened(source)
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
    return _as_png(ImageOps.exif_transpose(image))


def _as_png(image: Image.Image) -> bytes:
    image.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    bare = Image.new("RGB", image.size, "white")
    shown = image.convert("RGBA")
    bare.paste(shown, mask=shown.getchannel("A"))
    out = BytesIO()
    bare.save(out, "PNG")
    return out.getvalue()


def _cleaned(source: BinaryIO, kind: str) -> bytes:
    form, options = CLEANED_AS[kind]
    image = _in_common_colours(ImageOps.exif_transpose(_opened(source)))
    # Only the dots go over; a new picture knows nothing of the old one's making.
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    if image.mode == "P" and (palette := image.getpalette("RGBA")):
        bare.putpalette(palette, "RGBA")
    out = BytesIO()
    bare.save(out, form, **options)
    return out.getvalue()


def _in_common_colours(image: Image.Image) -> Image.Image:
    # A colour profile may name the very device, so the colours are worked out and the profile stays behind.
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    own, common = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, own, common) or image


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

"""What kind a file is, by its first and last bytes and never by its name; nothing is unpacked."""

import mimetypes

import puremagic
from puremagic.main import PureError

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
LOOKED_AT = 64 * 1024
"""Bytes at either end that are looked at."""
LONGEST_TYPE = 100
SURE_FROM = 0.4
OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS = {
    b"word/": f"{OFFICE}wordprocessingml.document",
    b"xl/": f"{OFFICE}spreadsheetml.sheet",
    b"ppt/": f"{OFFICE}presentationml.presentation",
}
MARKUP = {
    b"<svg": "image/svg+xml",
    b"<!doctype html": "text/html",
    b"<html": "text/html",
    b"<script": "text/html",
}
PLAIN_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"%PDF-": "application/pdf",
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-elf",
}
ALIKE = {
    "application/x-zip-compressed": "application/zip",
    "application/x-pdf": "application/pdf",
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/tif": "image/tiff",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "application/xml": "text/xml",
    "application/x-msdownload": "application/vnd.microsoft.portable-executable",
    "application/x-dosexec": "application/vnd.microsoft.portable-executable",
}
"""Types under the name that we give them."""
WRITTEN = {"application/json", "application/geo+json", "application/javascript", "text/xml"}
"""Types of plain text that content alone does not tell apart."""


def kind_of(head: bytes, tail: bytes) -> str:
    """The media type that the content shows.

    Args:
        head: the first bytes, up to ``LOOKED_AT``.
        tail: the last ones; they may overlap the first.
    """
    if head.startswith(b"PK\x03\x04"):
        return _archive(head, tail)
    for beginning, kind in PLAIN_BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _text(head) or _by_signature(head, tail)


def declared_kind(declared: str, name: str) -> str:
    """The type that a file came with; where it came with none, what its name says."""
    given = declared.split(";", 1)[0].strip().lower()[:LONGEST_TYPE]
    return given if given and given != UNKNOWN else mimetypes.guess_type(name, strict=False)[0] or UNKNOWN


def disagree(declared: str, found: str) -> bool:
    """Whether the content is of another type than the one the file came with."""
    said, seen = ALIKE.get(declared, declared), ALIKE.get(found, found)
    if UNKNOWN in (said, seen) or said == seen:
        return False
    # CSV, Markdown, JSON and the like are text to whoever looks at the content alone.
    return not (seen == TEXT and (said.startswith("text/") or said in WRITTEN))


def _archive(head: bytes, tail: bytes) -> str:
    # OpenDocument files and e-books begin with their type, uncompressed, by their standards.
    if head[30:38] == b"mimetype" and (length := int.from_bytes(head[22:26], "little")) < LONGEST_TYPE:
        named = head[38 : 38 + length]
        if named.startswith(b"application/") and named.isascii():
            return named.decode()
    if b"[Content_Types].xml" in head + tail:
        return next((kind for part, kind in OFFICE_PARTS.items() if part in head + tail), "application/zip")
    return "application/zip"


def _text(head: bytes) -> str:
    if b"\x00" in head:
        return ""
    try:
        # A sign cut in two at the end is no fault.
        text = (
            head.decode("utf-8-sig")
            if len(head) < LOOKED_AT
            else head[: LOOKED_AT - 4].decode(errors="strict")
        )
    except UnicodeDecodeError as error:
        if error.start < min(len(head), LOOKED_AT - 4) - 4:
            return ""
        text = head[: error.start].decode()
    beginning = text[:1024].strip().lower().encode()
    return next((kind for sign, kind in MARKUP.items() if sign in beginning), TEXT)


def _by_signature(head: bytes, tail: bytes) -> str:
    try:
        found = puremagic.magic_string(head if len(head) < LOOKED_AT else head + tail)
    except (PureError, ValueError):
        return UNKNOWN
    sure = [match.mime_type for match in found if match.confidence >= SURE_FROM and match.mime_type]
    return sure[0] if sure else UNKNOWN

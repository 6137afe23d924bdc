"""What a record's document says, and in which words around it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from django.utils.translation import gettext, ngettext, override, pgettext

from rtopnet.sharing.rules import Marking


@dataclass(frozen=True)
class DocumentPart:
    """A part of the record that its reader may see, with its label."""

    label: str
    text: str


@dataclass(frozen=True)
class DocumentReply:
    """What a state concerned replied."""

    state: str
    at: datetime
    text: str


@dataclass(frozen=True)
class DocumentAttachment:
    """A file attached to the record; the file itself is not inside the document."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ExportDocument:
    """A record as one reader takes it out; everything in it is what that reader may see."""

    reference: str
    """The record's id, for asking about it."""
    title: str
    owner: str
    marking: Marking
    chatham_house: bool
    version: int
    released_at: datetime | None
    reader: str
    """Who takes it out, by post and body; stands on each page."""
    exported_at: datetime
    body: str
    """Plain text; an empty line ends a paragraph."""
    parts: tuple[DocumentPart, ...] = ()
    replies: tuple[DocumentReply, ...] = ()
    attachments: tuple[DocumentAttachment, ...] = ()


@dataclass(frozen=True)
class DocumentSection:
    """A section of a gathered document."""

    title: str
    text: str
    note: str = ""
    level: int = 2
    key: str = ""
    """By which a layout of its own can pick it."""


@dataclass(frozen=True)
class GatheredDocument:
    """What a room gathers from several records for one reader: all of it is what that reader may see."""

    title: str
    marking: Marking
    """The strictest of all that it holds."""
    chatham_house: bool
    reader: str
    exported_at: datetime
    facts: tuple[tuple[str, str], ...] = ()
    """Labels in the document's language, each with what it says."""
    body: str = ""
    sections: tuple[DocumentSection, ...] = ()
    records: tuple[UUID, ...] = ()
    """Records of others that it holds: their owners are told that it was taken out."""
    whose: str = ""
    """What stands on each page in place of who took it out and when."""


def gathered_content(document: GatheredDocument, language: str) -> dict[str, Any]:
    """A gathered document as plain values and finished words, for the same template."""
    with override(language):
        return _frame_of(document, language) | {
            "facts": [[_clean(label), _clean(text)] for label, text in document.facts],
            "body": _paragraphs(document.body),
            "sections": [
                {
                    "title": _clean(section.title),
                    "note": _clean(section.note),
                    "body": _paragraphs(section.text),
                    "level": section.level,
                    "key": section.key,
                }
                for section in document.sections
            ],
            "attachments": [],
        }


def content_of(document: ExportDocument, language: str) -> dict[str, Any]:
    """The document as plain values and finished words in ``language``, for the template to lay out."""
    with override(language):
        return _frame_of(document, language) | {
            "facts": [[_clean(label), _clean(text)] for label, text in _facts(document, language)],
            "body": _paragraphs(document.body),
            "sections": _sections(document, language),
            "attachments": [_attachment(file) for file in document.attachments],
        }


def _frame_of(document: ExportDocument | GatheredDocument, language: str) -> dict[str, Any]:
    """What stands on every page, and the words that every document has."""
    return {
        "language": language.split("-", 1)[0],
        "title": _clean(document.title),
        "marking": f"TLP:{document.marking.name.replace('_', '+')}",
        "handling": _handling(document.marking),
        "chatham_house": _chatham_house() if document.chatham_house else "",
        "taken_out": _taken_out(document, language),
        "page": gettext("Page"),
        "of": pgettext("page 1 of 2", "of"),
        "attachments_title": gettext("Attachments"),
        "end": gettext("A signature in a file beside this one shows whether it was changed."),
    }


def moment(at: datetime, language: str) -> str:
    """``3 March 2026, 14:05 UTC`` as the language writes it."""
    at, locale = at.astimezone(UTC), _locale(language)
    return f"{format_date(at, 'long', locale=locale)}, {format_datetime(at, 'HH:mm', locale=locale)} UTC"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-GB", sep="-")


def _handling(marking: Marking) -> str:
    return {
        Marking.RED: gettext("For the persons named only; not to be passed on."),
        Marking.AMBER_STRICT: gettext("For the states or institutions named; it stops there."),
        Marking.AMBER: gettext("For the states named, which may pass it inside their own institutions."),
        Marking.GREEN: gettext("For everyone in the network; not for publication."),
        Marking.CLEAR: gettext("Anyone may read it and pass it on."),
    }[marking]


def _chatham_house() -> str:
    return gettext("Chatham House Rule: use what was said, not who said it.")


def _facts(document: ExportDocument, language: str) -> list[tuple[str, str]]:
    released = moment(document.released_at, language) if document.released_at else gettext("Not released")
    return [
        (gettext("Owner"), document.owner),
        (gettext("Released"), released),
        (gettext("Version"), str(document.version)),
        (gettext("Reference"), document.reference),
    ]


def _taken_out(document: ExportDocument | GatheredDocument, language: str) -> str:
    if isinstance(document, GatheredDocument) and document.whose:
        return _clean(document.whose)
    words = gettext("Taken out by %(reader)s on %(moment)s")
    return words % {"reader": _clean(document.reader), "moment": moment(document.exported_at, language)}


def _sections(document: ExportDocument, language: str) -> list[dict[str, Any]]:
    parts = [
        {"title": _clean(part.label), "note": "", "body": _paragraphs(part.text)} for part in document.parts
    ]
    replies = [
        {
            "title": gettext("Reply of %(state)s") % {"state": _clean(reply.state)},
            "note": moment(reply.at, language),
            "body": _paragraphs(reply.text),
        }
        for reply in document.replies
    ]
    return parts + replies


def _attachment(file: DocumentAttachment) -> list[str]:
    size = ngettext("%(size)s byte", "%(size)s bytes", file.size) % {"size": f"{file.size:,}"}
    return [_clean(file.name), size, file.sha256]


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs, each a list of its lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [block.strip("\n") for block in text.split("\n\n")]
    return [[_clean(line) for line in block.split("\n")] for block in paragraphs if block.strip()]


def _clean(text: str) -> str:
    # Control characters have no shape; a tab or a line's end within one line reads as a space.
    return "".join(character if character >= " " and character != "\x7f" else " " for character in text)

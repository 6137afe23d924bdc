"""A post as a vCard 4.0 (RFC 6350)."""

from dataclasses import dataclass
from unicodedata import category
from uuid import UUID

_LONGEST_LINE = 75
"""Octets a line may have, without its end (RFC 6350, 3.2)."""


@dataclass(frozen=True)
class Card:
    """What a card says of a post; empty texts are left out."""

    post: UUID
    name: str
    title: str
    body: str
    """The state or institution, and the part of it, from the widest to the narrowest."""
    part: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    zone: str = ""
    note: str = ""


def vcard(card: Card) -> str:
    r"""The card's text: CRLF at every end, long lines folded, reserved characters escaped.

    >>> vcard(Card(UUID(int=7), "A, B", "", "")).splitlines()[3]
    'FN:A\\, B'
    """
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{card.post}",
        f"FN:{_text(card.name or card.title or card.body)}",
        *_line("ORG", ";".join(_text(unit) for unit in (card.body, card.part) if unit)),
        *_line("TITLE", _text(card.title)),
        *_line("TEL;VALUE=text;TYPE=work", _text(card.phone)),
        *_line("EMAIL;TYPE=work", _text(card.email)),
        *(f"LANG;PREF={rank}:{language}" for rank, language in enumerate(card.languages, 1)),
        *_line("TZ", _text(card.zone)),
        *_line("NOTE", _text(card.note)),
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _line(name: str, value: str) -> list[str]:
    return [f"{name}:{value}"] if value else []


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    # Other control characters have no place in a card, and could end a line in a lax reader.
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(c for c in line if category(c) != "Cc") for line in lines)


def _folded(line: str) -> str:
    parts, width = [""], 0
    for character in line:
        octets = len(character.encode())
        if width + octets > _LONGEST_LINE:
            parts.append(" ")
            width = 1
        parts[-1] += character
        width += octets
    return "\r\n".join(parts)

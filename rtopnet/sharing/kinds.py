"""The kinds of record: those that people write by hand, and those that rooms above bring."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECORD_KINDS = {
    "situation_report": _("Situation report"),
    "incident_report": _("Incident report"),
    "briefing_note": _("Briefing note"),
    "concept_paper": _("Paper"),
    "request": _("Request"),
    "other": _("Other"),
}
"""Names of what people write by hand, by the kind that stands in a record's envelope."""


@dataclass(frozen=True)
class RoomKind:
    """A kind of record that a room above keeps: its name, and the route of its page."""

    name: Promise
    route: str
    keeps: Callable[[UUID], bool] | None = None
    """Whether the room keeps this one, where people write the kind by hand too."""


_ROOM_KINDS: dict[str, RoomKind] = {}


def register_record_kind(
    kind: str, *, name: Promise, route: str, keeps: Callable[[UUID], bool] | None = None
) -> None:
    """Let a room above keep records of ``kind`` on a page of its own; lists and search then lead there.

    Args:
        kind: as it stands in a record's envelope.
        name: in the reader's words, singular.
        route: name of the address of its page, which takes the record's id; of a record that the room does
            not keep, it leads back to the page of any record.
        keeps: whether the room keeps a record, as the acting account; nothing where it keeps all of the kind.
    """
    _ROOM_KINDS[kind] = RoomKind(name, route, keeps)


def kind_name(kind: str) -> str:
    """What kind of record it is, in the reader's words."""
    if kind in _ROOM_KINDS:
        return str(_ROOM_KINDS[kind].name)
    return str(RECORD_KINDS.get(kind, kind.replace("_", " ")))


def room_path(kind: str, record: UUID) -> str | None:
    """Where the room that keeps ``record`` shows it, if there is one."""
    room = _ROOM_KINDS.get(kind)
    if room is None or (room.keeps is not None and not room.keeps(record)):
        return None
    return reverse(room.route, args=[record])


def record_path(kind: str, record: UUID) -> str:
    """Where ``record`` is shown: in the room of its kind if there is one, otherwise as a record.

    A list asks for each of its lines, so nothing is looked up: the room's page leads on where need be.
    """
    room = _ROOM_KINDS.get(kind)
    return reverse(room.route if room else "records_record", args=[record])

"""Codes of records as words."""

from uuid import UUID

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rtopnet.sharing.public import (
    Became,
    Marking,
    Reach,
    Stage,
    kind_name,
    record_path,
    room_path,
)

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """What kind of record it is."""
    return kind_name(kind)


@register.simple_tag
def record_url(kind: str, record: UUID) -> str:
    """Where a record is shown, in its own room if it has one."""
    return record_path(kind, record)


@register.simple_tag
def room_url(kind: str, record: UUID) -> str:
    """Where the room that keeps this kind shows the record; empty where records of the kind have no room."""
    return room_path(kind, record) or ""


@register.filter
def tlp_level(marking: Marking) -> str:
    """The marking as the Traffic Light Protocol writes it."""
    return Marking(marking).name.replace("_", "+")


@register.filter
def stage_word(stage: Stage) -> str:
    """Where a record stands."""
    words = {
        Stage.DRAFT: pgettext("stage of a record", "Draft"),
        Stage.WAITING: pgettext("stage of a record", "Under embargo"),
        Stage.OPEN: pgettext("stage of a record", "Shared"),
        Stage.EXPIRED: pgettext("stage of a record", "Expired"),
        Stage.RECALLED: pgettext("stage of a record", "Recalled"),
        Stage.WITHDRAWN: pgettext("stage of a record", "Withdrawn"),
    }
    return words[stage]


@register.filter
def widest_word(marking: Marking) -> str:
    """How far a marking lets a record go."""
    words = {
        Reach.PERSONS: _("named persons at most"),
        Reach.NAMED_BODIES: _("named states and institutions at most"),
        Reach.GROUPS: _("groups of them at most"),
        Reach.NETWORK: _("the whole network at most"),
        Reach.PUBLIC: _("anyone"),
    }
    return words[Reach(int(marking))]


@register.filter
def became_word(became: str) -> str:
    """What became of copies."""
    words = {
        Became.NONE_MADE: _("no copy was made"),
        Became.DESTROYED: _("all copies were destroyed"),
        Became.RETURNED: _("all copies were returned"),
        Became.KEPT: _("copies are kept"),
    }
    return words[Became(became)] if became else ""


@register.filter
def ledger_word(what: str) -> str:
    """What stands in the release ledger."""
    words = {
        "told": pgettext("release ledger", "was told"),
        "opened": pgettext("release ledger", "opened it"),
        "exported": pgettext("release ledger", "took a copy"),
        "released": pgettext("release ledger", "that it was shared"),
        "revised": pgettext("release ledger", "that it changed"),
        "recalled": pgettext("release ledger", "that it was recalled"),
        "withdrawn": pgettext("release ledger", "that it was withdrawn"),
    }
    return words.get(what, what)


@register.filter
def paragraphs(text: str) -> list[str]:
    """The text by blank lines."""
    return [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """The value of ``key``, or nothing."""
    return mapping.get(key, "")

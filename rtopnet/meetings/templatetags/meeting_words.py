"""Codes of meetings as words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def form_word(form: str) -> str:
    """How people meet."""
    return {
        "in_person": pgettext("a meeting's form", "In person"),
        "online": pgettext("a meeting's form", "Online"),
        "hybrid": pgettext("a meeting's form", "In person and online"),
    }[form]


@register.filter
def coming_word(coming: str) -> str:
    """What a state answered."""
    return {"yes": _("comes"), "no": _("does not come"), "undecided": _("does not know yet")}[coming]


@register.filter
def item_kind_word(kind: str) -> str:
    """What an item is for."""
    return {
        "information": pgettext("an agenda item is", "For information"),
        "discussion": pgettext("an agenda item is", "For discussion"),
        "decision": pgettext("an agenda item is", "For decision"),
    }[kind]


@register.filter
def became_of(became: str) -> str:
    """What a note says of an action."""
    return {
        "progress": pgettext("what became of an action", "It goes on"),
        "done": pgettext("what became of an action", "It is done"),
        "reopened": pgettext("what became of an action", "It is open again"),
    }[became]

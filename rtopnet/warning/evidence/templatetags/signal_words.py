"""Codes of sources and signals as words, in templates."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

ERRORS: dict[str, Promise] = {
    "access_refused": _("It does not let us in. Somebody has to look at the name, the key or the licence."),
    "address_refused": _("Its address leads somewhere that we do not call."),
    "busy": _("It does not answer, or asks us to come back later."),
    "failed": _("It answers with an error."),
    "format_changed": _(
        "It answers in another form than before. What it brought until then stays; "
        "the connector has to be changed."
    ),
    "gone": _("There is nothing at its address any more."),
    "not_set": _("Something that it needs is not set."),
    "too_large": _("Its answer is larger than what is read."),
}
KINDS: dict[str, Promise] = {
    "acled": _("Events coded by people, under licence"),
    "feed": _("News feed"),
    "file": _("Feed of the exercise"),
    "gdelt": _("Events read from news by programs"),
    "reliefweb": _("Humanitarian reports"),
    "ucdp": _("Deaths in organised violence, coded by people"),
}


@register.filter
def source_error(code: str) -> str:
    """Why a source could not be read."""
    return str(ERRORS.get(code, code))


@register.filter
def source_kind(kind: str) -> str:
    """What kind of source it is."""
    return str(KINDS.get(kind, kind))


@register.filter
def of_body(bodies: dict[object, str], body: object) -> str:
    """A body's name; empty where it is not of the reader's region."""
    return bodies.get(body, "")

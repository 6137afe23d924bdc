"""Codes of the Framework as words."""

from collections.abc import Iterable

from babel.lists import format_list
from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rtopnet.warning.indicators.public import Check, Nature

register = template.Library()


@register.filter
def nature_word(nature: Nature) -> str:
    """What sort of sign it is."""
    words = {
        Nature.STRUCTURAL: pgettext("nature of an indicator", "structural"),
        Nature.DYNAMIC: pgettext("nature of an indicator", "changing"),
        Nature.TRIGGER: pgettext("nature of an indicator", "trigger"),
    }
    return words[nature]


@register.filter
def check_word(check: Check) -> str:
    """How far it was held against the official text."""
    words = {
        Check.SEEN: _("checked against the text"),
        Check.PARTLY: _("checked in part"),
        Check.UNSEEN: _("not checked"),
    }
    return words[check]


@register.filter
def crime_word(crime: str) -> str:
    """A crime's name; one that no profile knows stands as it is written."""
    words = {
        "genocide": _("genocide"),
        "crimes_against_humanity": _("crimes against humanity"),
        "war_crimes": _("war crimes"),
        "ethnic_cleansing": _("ethnic cleansing"),
        "incitement": _("incitement"),
    }
    return words.get(crime, crime.replace("_", " "))


@register.filter
def crime_words(crimes: Iterable[str]) -> str:
    """Several crimes as a list in words."""
    words = [crime_word(crime) for crime in crimes]
    return format_list(words, locale=(get_language() or "en").replace("-", "_")) if words else ""

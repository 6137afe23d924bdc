"""Template filters for names that are kept by language."""

from collections.abc import Iterable, Mapping

from babel.lists import format_list
from django import template
from django.utils.translation import get_language

from rtopnet.network.public import name_in

register = template.Library()


@register.filter
def named(names: Mapping[str, str] | None) -> str:
    """The name in the reader's language, else the nearest there is."""
    return name_in(names, get_language() or "en") if names else ""


@register.filter
def all_named(several: Iterable[Mapping[str, str]]) -> str:
    """Several names as a list in words: "Arlen, Bassar and Corin"."""
    words = [named(names) for names in several]
    return format_list(words, locale=(get_language() or "en").replace("-", "_")) if words else ""

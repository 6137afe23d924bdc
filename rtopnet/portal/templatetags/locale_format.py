"""Template filters for dates and figures; empty values stay empty."""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.translation import get_language

from rtopnet.portal import locales

register = template.Library()


def _or_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value in (None, "") else write(value)


for name in ("number", "file_size", "percent", "day", "moment", "month_name", "short_month"):
    register.filter(name, _or_empty(getattr(locales, name)))


@register.simple_tag
def numerals() -> str:
    """The numbering system for charts drawn in the browser."""
    return locales.numerals_of(get_language() or "en")

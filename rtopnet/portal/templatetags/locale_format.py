"""Template filters for dates and figures; empty values stay empty."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from rtopnet.network.public import name_in
from rtopnet.portal import locales

register = template.Library()


def _or_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value in (None, "") else write(value)


for name in (
    "number",
    "file_size",
    "percent",
    "day",
    "moment",
    "local_moment",
    "month_name",
    "short_month",
    "clock_time",
    "weekday",
    "span",
):
    register.filter(name, _or_empty(getattr(locales, name)))


@register.filter
def in_language(names: Mapping[str, str]) -> str:
    """Of a thing's names the one in the reader's language, or the nearest there is."""
    return name_in(names, get_language() or "en")


@register.simple_tag
def numerals() -> str:
    """The numbering system for charts drawn in the browser."""
    return locales.numerals_of(get_language() or "en")

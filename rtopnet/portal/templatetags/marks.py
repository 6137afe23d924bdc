"""Markings and finds as marked-up text: a component each would cost pages with many half their time."""

from collections.abc import Iterable
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

TLP_COLOURS = {"RED": "red", "AMBER": "amber", "AMBER+STRICT": "amber", "GREEN": "green"}


class Part(Protocol):
    """A stretch of text that is, or is not, what was searched for."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def is_find(self) -> bool:
        """Whether it was searched for."""


@register.filter
def tlp_mark(level: str) -> SafeString:
    """A marking of the Traffic Light Protocol in its standard colour."""
    colour = TLP_COLOURS.get(level, "clear")
    return format_html('<strong class="tlp tlp--{}" lang="en">TLP:{}</strong>', colour, level)


@register.filter
def with_finds(parts: Iterable[Part]) -> SafeString:
    """A text with what was searched for marked."""
    return format_html_join(
        "", "{}{}{}", ((_BEGIN, part.text, _END) if part.is_find else ("", part.text, "") for part in parts)
    )


_BEGIN, _END = SafeString('<mark class="found">'), SafeString("</mark>")

"""Words for what a search has found."""

from collections.abc import Mapping
from uuid import UUID

from django import template

from rtopnet.sharing.rules import Marking

register = template.Library()


@register.filter
def marking_word(marking: Marking) -> str:
    """``AMBER+STRICT``, as the protocol writes it."""
    return marking.name.replace("_", "+")


@register.filter
def entry(names: Mapping[UUID, str], key: UUID) -> str:
    """The name that stands under ``key``, or nothing."""
    return names.get(key, "")

"""Finding records, and words to find them by."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rtopnet.network.public import name_in, names_of
from rtopnet.sharing.public import (
    FINDS_ON_A_PAGE,
    MOST_FINDS,
    Asked,
    Finds,
    Marking,
    kind_name,
    records_found,
    words_suggested,
)
from rtopnet.sharing.views.access import record_page

T = TypeVar("T")
OTHER = "other"
LAST_PAGE = MOST_FINDS // FINDS_ON_A_PAGE
LANGUAGES: dict[str, str | Promise] = {
    "km": _("Khmer"),
    "lo": _("Lao"),
    "th": _("Thai"),
    "my": _("Burmese"),
    "vi": _("Vietnamese"),
    "": pgettext_lazy("a language", "Other"),
}
"""What a text's script tells; English, Malay and others share one."""


@dataclass(frozen=True)
class Choice:
    """One value that finds can be narrowed to, or that they are narrowed to and can be widened again."""

    label: str | Promise
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """What finds can be narrowed down by."""

    title: str | Promise
    choices: tuple[Choice, ...]


@require_safe
@record_page
def search(request: HttpRequest) -> HttpResponse:
    """Which of the records that I may read speak of this?"""
    asked = _asked(request.GET)
    found = records_found(asked)
    bodies = [*(find.owner for find in found.finds), *(owner for owner, _count in found.facets.owners)]
    names = {body: name_in(known, get_language() or "en") for body, known in names_of(bodies).items()}
    page = {
        "asked": asked,
        "query": request.GET.get("q", ""),
        "found": found,
        "owners": names,
        "groups": _groups(request.GET, found, names),
        "is_narrowed": any(key in request.GET for key in NARROWED_BY),
        "whole": _href(request.GET, dict.fromkeys(NARROWED_BY)),
        "by_relevance": _href(request.GET, {"order": None}),
        "by_date": _href(request.GET, {"order": "date"}),
        "previous": _href(request.GET, {"page": asked.page - 1}) if asked.page > 1 else "",
        "next": _href(request.GET, {"page": asked.page + 1}) if found.has_next else "",
    }
    return render(request, "sharing/search.html", page)


@require_safe
@record_page
def suggestions(request: HttpRequest) -> JsonResponse:
    """How can what I have begun to type go on?"""
    return JsonResponse({"suggestions": words_suggested(request.GET.get("q", ""))})


NARROWED_BY = ("kind", "owner", "marking", "year", "language")


def _asked(given: QueryDict) -> Asked:
    language = _fitting(given, "language", r"[a-z]{2,8}", str)
    return Asked(
        query=given.get("q", ""),
        kind=_fitting(given, "kind", r"[-a-z0-9_]{1,50}", str),
        owner=_fitting(given, "owner", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", UUID),
        marking=_fitting(given, "marking", "|".join(Marking.__members__), Marking.__getitem__),
        year=_fitting(given, "year", r"[12][0-9]{3}", int),
        language="" if language == OTHER else language,
        order="date" if given.get("order") == "date" else "relevance",
        page=min(_fitting(given, "page", r"[1-9][0-9]?", int) or 1, LAST_PAGE),
    )


def _fitting(given: QueryDict, key: str, pattern: str, read: Callable[[str], T]) -> T | None:
    # An address may be typed by hand or cut off: what makes no sense narrows nothing.
    value = given.get(key, "")
    return read(value) if re.fullmatch(pattern, value, re.ASCII) else None


def _groups(given: QueryDict, found: Finds, names: dict[UUID, str]) -> list[Group]:
    facets = found.facets
    lines: list[tuple[str, str | Promise, list[tuple[str, str | Promise, int]]]] = [
        ("owner", _("Owner"), [(str(owner), names.get(owner, ""), n) for owner, n in facets.owners]),
        ("kind", _("Kind"), [(kind, kind_name(kind), n) for kind, n in facets.kinds]),
        (
            "marking",
            _("Marking"),
            [(one.name, f"TLP:{one.name.replace('_', '+')}", n) for one, n in facets.markings],
        ),
        ("year", pgettext_lazy("a date", "Year"), [(str(year), str(year), n) for year, n in facets.years]),
        (
            "language",
            pgettext_lazy("of a text", "Language"),
            [(code or OTHER, LANGUAGES.get(code, code), n) for code, n in facets.languages],
        ),
    ]
    groups = [Group(title, _choices(given, key, values)) for key, title, values in lines]
    # A single value narrows nothing, unless it was chosen and can be let go again.
    return [one for one in groups if len(one.choices) > 1 or any(each.is_chosen for each in one.choices)]


def _choices(
    given: QueryDict, key: str, values: Iterable[tuple[str, str | Promise, int]]
) -> tuple[Choice, ...]:
    chosen = given.get(key)
    return tuple(
        Choice(label, count, _href(given, {key: None if value == chosen else value}), value == chosen)
        for value, label, count in values
    )


def _href(given: QueryDict, changed: Mapping[str, str | int | None]) -> str:
    """The address with some of its values changed or left out; on another page only where that is said."""
    address = given.copy()
    for key, value in ({"page": None} | dict(changed)).items():
        if value is None:
            address.pop(key, None)
        else:
            address[key] = str(value)
    return f"?{address.urlencode()}"

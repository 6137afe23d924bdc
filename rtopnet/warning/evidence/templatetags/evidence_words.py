"""Codes of evidence as words, in templates."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django import template
from django.utils.translation import get_language

from rtopnet.warning.evidence.forms.reports import HARM_WORDS, Places
from rtopnet.warning.evidence.public import HARMS, Facts, RabatPart, act_name
from rtopnet.warning.evidence.wording import (
    ACTORS,
    GROUNDS,
    INFORMATION_WORDS,
    OUTCOMES,
    PLACE_PRECISIONS,
    PRECISIONS,
    RABAT_GRADE_WORDS,
    RABAT_PARTS,
    SOURCE_GRADES,
    STEPS,
)

register = template.Library()

for name, words in (
    ("actor_kind_word", ACTORS),
    ("ground_word", GROUNDS),
    ("outcome_word", OUTCOMES),
    ("place_precision_word", PLACE_PRECISIONS),
    ("precision_word", PRECISIONS),
    ("rabat_word", RABAT_PARTS),
    ("source_grade_word", SOURCE_GRADES),
    ("step_word", STEPS),
):
    register.filter(name, lambda code, words=words: str(words.get(code, code)))


@register.filter
def information_grade_word(grade: int) -> str:
    """How credible the information is."""
    return str(INFORMATION_WORDS.get(grade, grade))


@register.filter
def rabat_grade_word(grade: int) -> str:
    """How far a part of the threshold test is shown."""
    return str(RABAT_GRADE_WORDS.get(grade, grade))


@register.filter
def act_word(code: str) -> str:
    """A kind of act."""
    return act_name(code, get_language() or "en")


@register.filter
def rabat_words(parts: Iterable[RabatPart]) -> str:
    """Several parts of the threshold test in a sentence."""
    language = get_language() or "en"
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return format_list([str(RABAT_PARTS[part]).lower() for part in parts], locale=locale)


@register.filter
def harms(facts: Facts) -> list[tuple[str, int, int]]:
    """Each harm that has numbers: its word, how many at least, how many most probably."""
    given = [(harm, getattr(facts, harm)) for harm in HARMS]
    return [(str(HARM_WORDS[harm]), *people) for harm, people in given if people]


@register.filter
def region_names(places: Places) -> list[tuple[str, str]]:
    """Every first-level region, with its state's name."""
    return [
        (region, name)
        for code, (_state, name) in places.states.items()
        for region in places.regions.get(code, ())
    ]

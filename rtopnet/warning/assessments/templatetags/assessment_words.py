"""Codes of assessments as words; a level describes, it never ranks."""

from math import ceil, floor

from babel.numbers import format_decimal
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rtopnet.warning.assessments.public import (
    AssessmentSheet,
    Confidence,
    Contrast,
    Crime,
    Deed,
    Move,
    Presence,
    ProfileLevel,
    Read,
    Stage,
    Trend,
)
from rtopnet.warning.assessments.wording import (
    CONFIDENCE,
    CONTRASTS,
    CRIMES,
    LEVELS,
    MOVES,
    PRESENCE,
    STAGES,
    TRENDS,
)

register = template.Library()
GOOD, FAIR = 0.8, 0.667
"""Krippendorff's own bounds: rely on what is above the first, draw tentative conclusions above the second."""


@register.filter
def assessment_stage(stage: Stage) -> str:
    """Where an assessment stands."""
    return str(STAGES[stage])


@register.filter
def presence_word(presence: Presence | None) -> str:
    """How far something is there."""
    return _("not answered") if presence is None else str(PRESENCE[Presence(presence)])


@register.filter
def middle_word(middle: float | None) -> str:
    """A middle score: a step of the scale, or between two."""
    if not isinstance(middle, int | float):
        return _("not answered")
    low, high = Presence(floor(middle)), Presence(ceil(middle))
    if low is high:
        return str(PRESENCE[low])
    return _("Between %(low)s and %(high)s") % {
        "low": str(PRESENCE[low]).lower(),
        "high": str(PRESENCE[high]).lower(),
    }


@register.filter
def trend_word(trend: Trend | None) -> str:
    """Where it is going."""
    return "" if trend is None else str(TRENDS[Trend(trend)])


@register.filter
def confidence_word(confidence: Confidence | None) -> str:
    """How sure the assessor is."""
    return "" if confidence is None else str(CONFIDENCE[confidence])


@register.filter
def profile_word(crime: Crime) -> str:
    """What a profile is about."""
    return str(CRIMES[crime])


@register.filter
def profile_level(level: ProfileLevel | None) -> str:
    """How much of a profile is seen."""
    return _("Not judged") if level is None else str(LEVELS[level])


@register.filter
def profile_spread(read: Read) -> str:
    """How far the assessors' own readings lie apart."""
    if read.lowest is None or read.highest is None:
        return ""
    if read.lowest is read.highest:
        return _("All read it alike")
    return _("From “%(low)s” to “%(high)s”") % {
        "low": LEVELS[read.lowest],
        "high": LEVELS[read.highest],
    }


@register.filter
def codes(values: tuple[str, ...]) -> str:
    """Numbers of factors and indicators, one after the other."""
    return ", ".join(values)


@register.filter
def move_word(move: Move) -> str:
    """Where something went since the last assessment."""
    return str(MOVES[move])


@register.filter
def contrast_words(contrast: Contrast) -> str:
    """How judgement and figures stand to each other."""
    return str(CONTRASTS[contrast])


@register.filter
def agreement(alpha: float | None) -> str:
    """Krippendorff's alpha with two decimals, and how to read it."""
    if alpha is None:
        return _("cannot be told: all answers are the same, or too few")
    number = format_decimal(round(alpha, 2), "0.00", locale=(get_language() or "en").replace("-", "_"))
    words = _("good") if alpha >= GOOD else _("fair") if alpha >= FAIR else _("low")
    return _("%(number)s (%(words)s)") % {"number": number, "words": words}


@register.filter
def can(found: AssessmentSheet, deed: str) -> bool:
    """Whether the reader can do this now."""
    return found.can(Deed(deed))


@register.filter
def who_said(number: int | None) -> str:
    """Who speaks: an assessor by number, or the owner."""
    return _("The owner") if number is None else _("Assessor %(number)s") % {"number": number}

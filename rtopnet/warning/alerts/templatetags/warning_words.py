"""Codes of warnings as words, in templates."""

from datetime import timedelta

from babel.dates import format_timedelta
from babel.numbers import format_decimal
from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rtopnet.warning.alerts import wording
from rtopnet.warning.alerts.public import Test

register = template.Library()
DAY, HOUR, MINUTE = 86_400, 3_600, 60
WHOLE_DAYS = 14


@register.filter
def alert_stage(stage: str) -> str:
    """Where a warning stands."""
    return str(wording.STAGES.get(stage, stage))


@register.filter
def alert_actor(stage: str) -> str:
    """Whom a warning waits for."""
    return str(wording.ACTORS.get(stage, stage))


@register.filter
def alert_level(level: str) -> str:
    """How near the danger is."""
    return str(wording.LEVELS.get(level, level))


@register.filter
def alert_outcome(outcome: str) -> str:
    """What became of a warning, with what the word means."""
    return str(wording.OUTCOMES.get(outcome, outcome))


@register.filter
def short_outcome(outcome: str) -> str:
    """What became of a warning, in one word."""
    return str(wording.SHORT_OUTCOMES.get(outcome, outcome))


@register.filter
def crime_word(crime: str) -> str:
    """One of the four crimes, or their incitement."""
    return str(wording.CRIMES.get(crime, crime))


@register.filter
def answer_word(kind: str) -> str:
    """How somebody answered."""
    return str(wording.SHORT_ANSWERS.get(kind, kind))


@register.filter
def link_word(kind: str) -> str:
    """What a linked record is for the warning."""
    return str(wording.LINKS.get(kind, kind))


@register.filter
def point_word(about: str) -> str:
    """What happened at a point on the line of time."""
    return str(wording.POINTS.get(about, about))


@register.filter
def lasted(time: timedelta | None) -> str:
    """A length of time in days and hours, or in hours and minutes."""
    if time is None:
        return ""
    seconds = int(abs(time).total_seconds())
    days, rest = divmod(seconds, DAY)
    hours, minutes = divmod(rest, HOUR)
    if days >= WHOLE_DAYS or (days and not hours):
        return _unit(days, DAY)
    if days:
        return f"{_unit(days, DAY)} {_unit(hours, HOUR)}"
    if hours:
        return _unit(hours, HOUR)
    return _unit(minutes // MINUTE, MINUTE)


@register.filter
def condition_words(rule: object) -> str:
    """What a rule asks of a month's figure."""
    condition = rule.condition  # type: ignore[attr-defined]  # a rule in sight
    if condition.test is Test.UNUSUAL:
        share = _number(round(100 * condition.limit))
        return _("above %(share)s of 100 of the place's last 36 months, and at least %(least)s") % {
            "share": share,
            "least": _number(condition.least),
        }
    if condition.test is Test.RISE:
        return _("at least %(limit)s more than the month before") % {"limit": _number(condition.limit)}
    return _("%(limit)s or more") % {"limit": _number(condition.limit)}


@register.filter
def times(count: int) -> str:
    """So many times."""
    return ngettext("%(count)s time", "%(count)s times", count) % {"count": _number(count)}


def _unit(count: int, size: int) -> str:
    time, language = timedelta(seconds=count * size), _locale()
    if size == DAY:
        return format_timedelta(time, granularity="day", threshold=10**6, locale=language)
    if size == HOUR:
        return format_timedelta(time, granularity="hour", threshold=10**6, locale=language)
    return format_timedelta(time, granularity="minute", threshold=10**6, locale=language)


def _number(value: float) -> str:
    return format_decimal(value, locale=_locale())


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")

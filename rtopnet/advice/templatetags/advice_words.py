"""Codes of advice as words, in templates."""

from datetime import datetime, timedelta

from babel.dates import format_timedelta
from django import template
from django.utils.translation import get_language

from rtopnet.advice.public import Actor, Bar, Layout, Span, Stage
from rtopnet.advice.wording import ACTORS, BARS, FORMS, STAGES

register = template.Library()


@register.filter
def advice_stage(stage: Stage) -> str:
    """Where a paper stands."""
    return str(STAGES[Stage(stage)])


@register.filter
def advice_colour(stage: Stage) -> str:
    """The colour of a stage's tag: what runs, and what is over."""
    return "grey" if stage in {Stage.DRAFT, Stage.CLOSED, Stage.WITHDRAWN} else "teal"


@register.filter
def advice_actor(actor: Actor) -> str:
    """Who has to act."""
    return str(ACTORS[Actor(actor)])


@register.filter
def bar_word(bar: Bar) -> str:
    """Why a reference may not travel."""
    return str(BARS[Bar(bar)])


@register.filter
def form_called(layout: Layout) -> str:
    """What a form of paper is called."""
    return layout.name(get_language() or "en")


@register.filter
def form_key_word(form: str) -> str:
    """What a form that comes with the program is called, by its key."""
    return str(FORMS.get(form, form.replace("_", " ")))


@register.filter
def lasted(span: Span, now: datetime) -> str:
    """How long a stage lasted, or lasts, in its largest unit from minutes on."""
    length: timedelta = span.length(now)
    locale = (get_language() or "en").replace("-", "_")
    return format_timedelta(length, granularity="minute", locale=locale)

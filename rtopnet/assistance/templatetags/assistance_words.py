"""Codes of assistance as words, in templates."""

from collections.abc import Iterable
from datetime import timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rtopnet.assistance.forms.offers import LineForm
from rtopnet.assistance.lists import duty_items, skill_name, skills
from rtopnet.assistance.public import Actor, Match, Reason, Stage, Why
from rtopnet.assistance.wording import AIDS, AREAS, FLOWS, FORMS, LEVEL_NAMES, OUTCOMES, PILLARS, STAGES
from rtopnet.network.public import name_in

register = template.Library()


def _language() -> str:
    return get_language() or "en"


@register.filter
def area_word(area: str) -> str:
    """An area of civilian capacity."""
    return str(AREAS.get(area, area))


@register.filter
def pillar_word(pillar: int) -> str:
    """A pillar of the responsibility to protect."""
    return str(PILLARS.get(int(pillar), pillar))


@register.filter
def form_word(form: str) -> str:
    """A form of help under the second pillar."""
    return str(FORMS.get(form, form))


@register.filter
def aid_word(aid: str) -> str:
    """What is offered."""
    return str(AIDS.get(aid, aid))


@register.filter
def level_word(level: int) -> str:
    """A level of skill."""
    return str(LEVEL_NAMES.get(int(level), level))


@register.filter
def outcome_word(outcome: str) -> str:
    """How an offer was answered."""
    return str(OUTCOMES.get(outcome, outcome))


@register.filter
def flow_word(flow: str) -> str:
    """A step of a contribution."""
    return str(FLOWS.get(flow, flow))


@register.filter
def request_stage(stage: Stage) -> str:
    """Where a request stands."""
    return str(STAGES[Stage(stage)])


@register.filter
def stage_colour(stage: Stage) -> str:
    """The colour of a stage's tag: what runs, what is done, what is over."""
    if stage in {Stage.DRAFT, Stage.WITHDRAWN, Stage.APPRAISED}:
        return "grey"
    return "teal"


@register.filter
def actor_word(actor: Actor) -> str:
    """Who has to act."""
    words = {
        Actor.WRITER: _("its writer"),
        Actor.DESK: _("the asking state's focal point"),
        Actor.ADDRESSEES: _("those who were asked"),
        Actor.BOTH: _("both sides"),
        Actor.NOBODY: _("nobody"),
    }
    return words[Actor(actor)]


@register.filter
def skill_words(codes: Iterable[str]) -> str:
    """Skills as a list in words."""
    return _listed(skill_name(code, _language()) for code in codes)


@register.filter
def skill_word(code: str) -> str:
    """One skill."""
    return skill_name(code, _language())


@register.filter
def language_words(tags: Iterable[str]) -> str:
    """Languages by their names in the reader's language."""
    return _listed(_language_name(tag) for tag in tags)


@register.filter
def duty_word(code: str) -> str:
    """An item of the duty of care."""
    item = duty_items().get(code)
    return name_in(item.names, _language()) if item else code


def _language_name(tag: str) -> str:
    try:
        reader = Locale.parse(_language(), sep="-")
        return Locale.parse(tag, sep="-").get_display_name(reader) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    return format_list(found, locale=_language().replace("-", "_")) if found else ""


@register.filter
def skills_by_area(field: BoundField) -> list[tuple[str, dict[str, object]]]:
    """A field's boxes by the area of their skill; an area with a ticked box stands open."""
    by_area: dict[str, list[BoundWidget]] = {}
    for box in field.subwidgets:
        by_area.setdefault(skills()[box.data["value"]].area.value, []).append(box)
    return [
        (area, {"boxes": boxes, "open": any(box.data["selected"] for box in boxes)})
        for area, boxes in by_area.items()
    ]


@register.filter
def matched(form: LineForm) -> list[tuple[BoundWidget, Match]]:
    """The boxes of what fits, each with why it does."""
    return list(zip(form["entries"].subwidgets, form.matches, strict=True))


@register.filter
def took(span: timedelta | None) -> str:
    """How long something took, in its largest unit."""
    return format_timedelta(span, locale=_language().replace("-", "_")) if span is not None else ""


@register.filter
def points(value: float) -> str:
    """Points of a fit, so that they can be added up."""
    return format_decimal(round(value, 1), locale=_language().replace("-", "_"))


@register.filter
def reason_words(reason: Reason) -> str:
    """Why something fits, or in what it falls short."""
    return _REASONS[reason.why](reason)


def _skills_reason(reason: Reason) -> str:
    if not reason.has and not reason.lacks:
        return _("No particular skill is asked for")
    if not reason.lacks:
        return _("Has the skills: %(has)s") % {"has": skill_words(reason.has)}
    if not reason.has:
        return _("Lacks the skills: %(lacks)s") % {"lacks": skill_words(reason.lacks)}
    said = {"has": skill_words(reason.has), "lacks": skill_words(reason.lacks)}
    return _("Has %(has)s; lacks %(lacks)s") % said


def _level_reason(reason: Reason) -> str:
    if reason.lacks:
        return _("Below the level asked for in %(lacks)s") % {"lacks": skill_words(reason.lacks)}
    return _("At the level asked for, where the skill is there")


def _language_reason(reason: Reason) -> str:
    if reason.lacks:
        return _("Speaks none of %(lacks)s") % {"lacks": language_words(reason.lacks)}
    if reason.has:
        return _("Speaks %(has)s") % {"has": language_words(reason.has)}
    return _("No particular language is asked for")


def _time_reason(reason: Reason) -> str:
    return _("Available on %(days)s of %(of_days)s days") % {"days": reason.days, "of_days": reason.of_days}


def _clearance_reason(reason: Reason) -> str:
    if reason.lacks:
        return _("No valid clearance: %(lacks)s") % {"lacks": ", ".join(reason.lacks)}
    return _("Clearances are valid") if reason.has else _("No clearance is asked for")


def _past_reason(reason: Reason) -> str:
    if not reason.has:
        return _("No appraisal of past work is known, which counts half")
    return _("Marks for past work: %(marks)s") % {"marks": ", ".join(reason.has)}


_REASONS = {
    Why.SKILLS: _skills_reason,
    Why.LEVEL: _level_reason,
    Why.LANGUAGE: _language_reason,
    Why.TIME: _time_reason,
    Why.CLEARANCE: _clearance_reason,
    Why.PAST: _past_reason,
}

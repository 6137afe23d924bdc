"""A roster entry as its keeper writes it down."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.forms.fields import LanguagesField, LinesField, SkillsField
from rtopnet.assistance.lists import skills
from rtopnet.assistance.public import Aid, EntryInSight, Held, OnRoster
from rtopnet.assistance.wording import AIDS, LEVEL_NAMES

Choices = list[tuple[str, str]]


class PeriodsField(LinesField):
    """Periods, one a line: two days."""

    def clean(self, value: Any) -> list[Any]:
        """As pairs of days."""
        return [_period(line) for line in super().clean(value)]


class DatedLinesField(LinesField):
    """Names, one a line, each with the day until which it holds, if there is one."""

    def clean(self, value: Any) -> Any:
        """By name."""
        found: dict[str, date | None] = {}
        for line in super().clean(value):
            name, _comma, day = line.rpartition(",")
            if name and (until := _day(day)):
                found[name.strip()] = until
            else:
                found[line] = None
        return found


class EntryForm(forms.Form):
    """An expert, or something else that could be offered at any time."""

    body = forms.ChoiceField(label=_("Whose roster is it?"))
    aid = forms.ChoiceField(
        label=_("What can be offered?"), choices=list(AIDS.items()), widget=forms.RadioSelect
    )
    post_title = forms.CharField(
        label=_("Post, or what it is"),
        help_text=_("Offers carry this, and never a person's name."),
        max_length=200,
    )
    person = forms.CharField(
        label=_("Name of the person, if one is meant"),
        help_text=_("Only your own people and the person themself see it."),
        max_length=200,
        required=False,
    )
    account = forms.ChoiceField(
        label=_("Their account, if they have one"),
        help_text=_("They can then read and correct the entry, and answer for themselves."),
        required=False,
    )
    number = forms.IntegerField(label=_("How many?"), min_value=1, max_value=100_000, initial=1)
    skills = SkillsField(label=_("Skills"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), choices=list(LEVEL_NAMES.items()), coerce=int, initial=2)
    other_levels = LinesField(
        label=_("Skills at another level, or that have to be confirmed again"),
        help_text=_(
            "One a line: the skill's code, its level (1 to 3) and, if it runs out, the day. "
            "For example: mediation, 3, 2027-01-31"
        ),
        max_length=4_000,
        required=False,
    )
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("Codes separated by commas, such as en, fr."),
        max_length=200,
        required=False,
    )
    experience_years = forms.IntegerField(
        label=_("Years of experience"), min_value=0, max_value=80, initial=0
    )
    periods = PeriodsField(
        label=_("Available"),
        help_text=_("One period a line: first and last day, as 2026-03-01 to 2026-06-30."),
        max_length=4_000,
        required=False,
    )
    clearances = DatedLinesField(
        label=_("Clearances and certificates"),
        help_text=_("One a line, with the day until which it holds: Security clearance, 2027-01-31"),
        max_length=4_000,
        required=False,
    )
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea, max_length=20_000, required=False)

    def __init__(self, *args: Any, bodies: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]  # a choice field's own
        self.fields["account"].choices = [("", _("No account")), *people]  # type: ignore[attr-defined]  # as above
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]
            self.fields["body"].widget = forms.HiddenInput()

    def clean_other_levels(self) -> dict[str, Held]:
        """By the skill's code."""
        return dict(_skill(line) for line in self.cleaned_data["other_levels"])

    def entry(self) -> OnRoster:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        at_level = {code: Held(typed["level"]) for code in typed["skills"]}
        return OnRoster(
            post_title=typed["post_title"],
            aid=Aid(typed["aid"]),
            person=typed["person"],
            account=UUID(typed["account"]) if typed["account"] else None,
            skills=at_level | typed["other_levels"],
            languages=typed["languages"],
            experience_years=typed["experience_years"],
            number=typed["number"],
            periods=typed["periods"],
            clearances=typed["clearances"],
            notes=typed["notes"],
        )


def entry_as_typed(entry: EntryInSight) -> dict[str, object]:
    """An entry as its form shows it."""
    levels = [held.level for held in entry.skills.values() if held.until is None]
    level = max(set(levels), key=levels.count) if levels else 2
    plain = {code for code, held in entry.skills.items() if held == Held(level)}
    return {
        "body": str(entry.keeper),
        "aid": entry.aid.value,
        "post_title": entry.post_title,
        "person": entry.person,
        "account": str(entry.account) if entry.account else "",
        "number": entry.number,
        "skills": sorted(plain),
        "level": level,
        "other_levels": "\n".join(_skill_lines(entry.skills, plain)),
        "languages": ", ".join(entry.languages),
        "experience_years": entry.experience_years,
        "periods": "\n".join(f"{first.isoformat()} to {last.isoformat()}" for first, last in entry.periods),
        "clearances": "\n".join(
            f"{name}, {until.isoformat()}" if until else name for name, until in entry.clearances.items()
        ),
        "notes": entry.notes,
    }


def _skill_lines(held: dict[str, Held], plain: set[str]) -> Iterable[str]:
    for code, skill in held.items():
        if code not in plain:
            until = f", {skill.until.isoformat()}" if skill.until else ""
            yield f"{code}, {skill.level}{until}"


def _skill(line: str) -> tuple[str, Held]:
    code, level, day = [part.strip() for part in f"{line},,".split(",")][:3]
    if code not in skills() or level not in {"1", "2", "3"} or (day and not _day(day)):
        raise ValidationError(
            gettext("Not a skill with its level: “%(line)s”. Write its code, a level and a day.")
            % {"line": line}
        )
    return code, Held(int(level), _day(day))


def _period(line: str) -> tuple[date, date]:
    days = [_day(word) for word in re.split(r"[^0-9-]+", line) if _day(word)]
    first, last = (*days, None, None)[:2]
    if first is None or last is None or last < first:
        raise ValidationError(
            gettext("Not a period: “%(line)s”. Write two days, the first one first.") % {"line": line}
        )
    return first, last


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None

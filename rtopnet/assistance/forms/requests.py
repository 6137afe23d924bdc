"""Asking for help, one thing at a time."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.forms.fields import (
    AmountField,
    CurrencyField,
    LanguagesField,
    LinesField,
    SkillsField,
)
from rtopnet.assistance.public import Area, Asking, Form, NeedInSight, Pillar, Wish
from rtopnet.assistance.wording import AREAS, FORMS, LEVEL_NAMES, PILLARS
from rtopnet.kernel.fields import DayField
from rtopnet.sharing.public import Audience, Marking

Choices = list[tuple[str, str]]
_MARKINGS = (Marking.AMBER_STRICT, Marking.AMBER, Marking.GREEN, Marking.CLEAR)


class RequestForm(forms.Form):
    """What is asked for, in general, and on what conditions."""

    state = forms.ChoiceField(label=_("Which state asks?"))
    title = forms.CharField(label=_("What is the request about?"), max_length=300)
    body = forms.CharField(
        label=_("The situation, and what help would change"),
        widget=forms.Textarea,
        max_length=200_000,
        required=False,
    )
    conditions = forms.CharField(
        label=_("On what conditions may others help?"),
        help_text=_("For example who commands, which law holds, what may not be published."),
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
    )
    needed_by = DayField(label=_("By when do you hope for offers?"), required=False)
    marking = forms.TypedChoiceField(
        label=_("Marking"),
        choices=[(level.value, f"TLP:{level.name.replace('_', '+')}") for level in _MARKINGS],
        coerce=int,
        widget=forms.RadioSelect,
        initial=Marking.AMBER.value,
    )
    open_to_contributors = forms.BooleanField(
        label=_("Contributors of my own state may read it and write the draft"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, states: Choices, decides: bool, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states  # type: ignore[attr-defined]  # a choice field's own
        if len(states) == 1:
            self.fields["state"].initial = states[0][0]
            self.fields["state"].widget = forms.HiddenInput()
        if not decides or not is_new:
            self.fields.pop("open_to_contributors")
        if not is_new:
            self.fields.pop("marking")

    def asking(self) -> Asking:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Asking(typed["title"], typed["body"], typed["conditions"], typed["needed_by"])


class NeedForm(forms.Form):
    """One thing that is needed."""

    what = forms.CharField(
        label=_("What is needed?"),
        help_text=_("For example: advisers on witness protection."),
        max_length=200,
    )
    number = forms.IntegerField(label=_("How many?"), min_value=1, max_value=100_000, initial=1)
    area = forms.ChoiceField(label=_("Area"), choices=list(AREAS.items()), widget=forms.RadioSelect)
    pillar = forms.TypedChoiceField(
        label=_("Pillar of the responsibility to protect"),
        choices=list(PILLARS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        initial=Pillar.HELP.value,
    )
    form = forms.ChoiceField(
        label=_("Form of help, under the second pillar"),
        choices=[("", _("Not under the second pillar")), *FORMS.items()],
        initial=Form.CAPACITY.value,
        required=False,
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    skills = SkillsField(label=_("Skills"), required=False)
    level = forms.TypedChoiceField(
        label=_("At what level at least?"), choices=list(LEVEL_NAMES.items()), coerce=int, initial=1
    )
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("Codes separated by commas, such as en, fr. Any one of them is enough."),
        max_length=200,
        required=False,
    )
    clearances = LinesField(
        label=_("Clearances and certificates"), help_text=_("One a line."), max_length=2_000, required=False
    )
    budget = AmountField(label=_("What would it cost?"), min_value=0.01, required=False)
    currency = CurrencyField(label=_("Currency"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself, beside the field that it is about."""
        typed = super().clean() or self.cleaned_data
        starts_on, ends_on = typed.get("starts_on"), typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The last day must not be before the first."))
        if typed.get("pillar") == Pillar.HELP and not typed.get("form"):
            self.add_error("form", gettext("Help under the second pillar has one of three forms: choose it."))
        if typed.get("budget") and not typed.get("currency"):
            self.add_error("currency", gettext("Say in which currency."))
        return typed

    def wish(self) -> Wish:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        pillar = Pillar(typed["pillar"])
        return Wish(
            what=typed["what"],
            area=Area(typed["area"]),
            pillar=pillar,
            form=Form(typed["form"]) if pillar is Pillar.HELP else None,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            skills=typed["skills"],
            level=typed["level"],
            languages=typed["languages"],
            clearances=typed["clearances"],
            number=typed["number"],
            place=typed["place"],
            budget=typed["budget"],
            currency=typed["currency"] if typed["budget"] else "",
        )


def need_as_typed(need: NeedInSight) -> dict[str, object]:
    """A need as its form shows it."""
    return {
        "what": need.what,
        "number": need.number,
        "area": need.area.value,
        "pillar": need.pillar.value,
        "form": need.form.value if need.form else "",
        "starts_on": need.starts_on,
        "ends_on": need.ends_on,
        "place": need.place,
        "skills": list(need.skills),
        "level": need.level,
        "languages": ", ".join(need.languages),
        "clearances": "\n".join(need.clearances),
        "budget": need.budget,
        "currency": need.currency,
    }


class CirculateForm(forms.Form):
    """Whom the request goes to."""

    states = forms.MultipleChoiceField(label=_("States"), required=False, widget=forms.CheckboxSelectMultiple)
    institutions = forms.MultipleChoiceField(
        label=_("Institutions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, states: Choices, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = states  # type: ignore[attr-defined]  # a choice field's own
        self.fields["institutions"].choices = institutions  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Refuse to send it to nobody."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("states") and not typed.get("institutions"):
            self.add_error("states", gettext("Choose at least one state or institution to ask."))
        return typed

    def audience(self) -> Audience:
        """Whom was chosen."""
        typed = self.cleaned_data
        return Audience(
            states=frozenset(UUID(one) for one in typed["states"]),
            institutions=frozenset(UUID(one) for one in typed["institutions"]),
        )

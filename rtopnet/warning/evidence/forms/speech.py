"""Reporting incitement, and grading it."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rtopnet.warning.evidence.forms.reports import WrittenForm
from rtopnet.warning.evidence.public import Graded, RabatPart, Said, SpeechInSight
from rtopnet.warning.evidence.wording import RABAT_GRADE_WORDS, RABAT_PARTS, RABAT_QUESTIONS

_LONG = 20_000


class SpeechForm(WrittenForm):
    """A speech, with when and where it was made and at whom it was aimed."""

    original = forms.CharField(
        label=_("What was said, in its own language"), widget=forms.Textarea, max_length=_LONG
    )
    language = forms.CharField(
        label=_("Language"), help_text=_("Its code, such as en."), max_length=35, required=False
    )
    translation = forms.CharField(
        label=_("What it means in the working language"),
        widget=forms.Textarea,
        max_length=_LONG,
        required=False,
    )
    channel = forms.CharField(
        label=_("Where was it said?"),
        help_text=_("For example a radio station, a meeting or a social network."),
        max_length=200,
    )
    speaker_role = forms.CharField(
        label=_("In what role did the speaker speak?"),
        help_text=_("No name here: the name belongs into the protected part."),
        max_length=200,
    )
    call = forms.CharField(label=_("What does it call for?"), max_length=200, required=False)
    SPOKEN = tuple(Said.__dataclass_fields__)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("kind", None)
        self.fields["act"].required = False

    def clean(self) -> dict[str, Any]:
        """A speech is incitement, or may be; no other act is asked for."""
        self.cleaned_data["act"] = "incitement"
        return super().clean()

    def said(self) -> Said:
        """The speech, as the room takes it."""
        typed = self.cleaned_data
        return Said(**{name: typed[name].strip() for name in self.SPOKEN})


class RabatForm(forms.Form):
    """The six parts, each with a grade and the reason for it."""

    def __init__(self, *args: Any, speech: SpeechInSight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", pgettext_lazy("a grade", "Not graded")), *RABAT_GRADE_WORDS.items()]
        for given in speech.grades:
            part = given.part
            self.fields[f"{part}_grade"] = forms.ChoiceField(
                label=str(RABAT_PARTS[part]),
                help_text=str(RABAT_QUESTIONS[part]),
                choices=choices,
                required=False,
                initial="" if given.grade is None else str(given.grade),
            )
            self.fields[f"{part}_reason"] = forms.CharField(
                label=_("Why?"), widget=forms.Textarea, max_length=_LONG, required=False, initial=given.reason
            )

    def clean(self) -> dict[str, Any]:
        """A grade needs its reason."""
        typed = super().clean() or self.cleaned_data
        for part in RabatPart:
            if typed.get(f"{part}_grade") and not typed.get(f"{part}_reason", "").strip():
                self.add_error(f"{part}_reason", gettext("Say why, so that others can follow it."))
        return typed

    def graded(self) -> dict[RabatPart, Graded]:
        """The parts that have a grade."""
        typed = self.cleaned_data
        return {
            part: Graded(int(typed[f"{part}_grade"]), typed[f"{part}_reason"])
            for part in RabatPart
            if typed[f"{part}_grade"]
        }

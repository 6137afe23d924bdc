"""Adding to the chain of custody, and grading."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.warning.evidence.public import BY_HAND
from rtopnet.warning.evidence.wording import INFORMATION_WORDS, SOURCE_GRADES, STEPS

Choices = list[tuple[str, str]]


class StepForm(forms.Form):
    """Who had it, and what was done."""

    what = forms.ChoiceField(
        label=_("What was done?"), choices=[(step.value, STEPS[step]) for step in BY_HAND]
    )
    item = forms.ChoiceField(label=_("With what?"), required=False)
    holder = forms.CharField(
        label=_("In whose hands is it since?"),
        help_text=_("A post or a body. Names of persons belong into the protected part."),
        max_length=200,
    )
    happened_on = DayField(label=_("On which day?"), required=False)
    note = forms.CharField(label=_("Anything else"), max_length=2_000, required=False)

    def __init__(self, *args: Any, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("The report itself")), *files]  # type: ignore[attr-defined]  # a choice field's own

    def chosen_item(self) -> UUID | None:
        """The file it is about, if it is about one."""
        chosen = self.cleaned_data["item"]
        return UUID(chosen) if chosen else None


class GradeForm(forms.Form):
    """Source and information by the Admiralty code, with the reason."""

    source_grade = forms.ChoiceField(
        label=_("How reliable is the source?"), choices=list(SOURCE_GRADES.items())
    )
    information_grade = forms.TypedChoiceField(
        label=_("How credible is the information?"), choices=list(INFORMATION_WORDS.items()), coerce=int
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea, max_length=1_900)

"""Forms about signals: choosing which to see, and saying why two belong together or not."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.warning.evidence.public import SignalLine, Verdict, WantedSignals

Choices = Sequence[tuple[str, str | Promise]]
LONGEST_REASON = 2000


class DaySought(forms.DateField):
    """A day by the browser's own field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        """As the browser's field wants it, whatever the reader's language."""
        return value.isoformat() if isinstance(value, date) else value


class SignalFilterForm(forms.Form):
    """Which signals to show."""

    state = forms.ChoiceField(label=_("State"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    since = DaySought(label=_("Happened on or after"), required=False)
    until = DaySought(label=_("Happened on or before"), required=False)
    dismissed = forms.BooleanField(label=_("Those that we set aside"), required=False)

    def __init__(
        self, *args: Any, states: Choices, sources: Choices, languages: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", pgettext_lazy("choice", "All"))
        for name, choices in (("state", states), ("source", sources), ("language", languages)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [every, *choices]

    def wanted(self) -> WantedSignals:
        """What was chosen; what makes no sense is left out."""
        self.is_valid()
        chosen = {key: value for key, value in self.cleaned_data.items() if value}
        return WantedSignals(**chosen)


class BodyForm(forms.Form):
    """For which of one's states or institutions."""

    body = forms.ChoiceField(label=_("For"), required=True)

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(bodies)
        if len(bodies) == 1:
            field.widget = forms.HiddenInput()
            field.initial = bodies[0][0]

    def chosen(self) -> UUID:
        """The state or institution."""
        return UUID(self.cleaned_data["body"])


class ReasonForm(BodyForm):
    """Why."""

    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea, max_length=LONGEST_REASON)
    field_order = ["reason", "body"]


class VerdictForm(ReasonForm):
    """Which signals belong together with this one, or do not, and why."""

    others = forms.MultipleChoiceField(label=_("Which ones?"), widget=forms.CheckboxSelectMultiple)
    field_order = ["others", "reason", "body"]

    def __init__(self, *args: Any, lines: Sequence[SignalLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["others"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(line.id), f"{line.title} ({line.source_name})") for line in lines]

    def verdict(self, signal: UUID) -> Verdict:
        """What was said of ``signal`` and the others."""
        others = [UUID(each) for each in self.cleaned_data["others"]]
        return Verdict((signal, *others), self.cleaned_data["reason"])


class AcceptForm(BodyForm):
    """Whose report it becomes, or which one it is added to."""

    report = forms.ChoiceField(label=_("Into which report?"), required=False, widget=forms.RadioSelect)
    field_order = ["report", "body"]

    def __init__(self, *args: Any, reports: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["report"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("A new draft")), *reports]
        field.initial = ""

    def chosen_report(self) -> UUID | None:
        """The report it is added to; None for a new one."""
        chosen = self.cleaned_data["report"]
        return UUID(chosen) if chosen else None

"""A proposal as it is written, circulated and answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.meetings.public import END_OF_DAY

Choices = list[tuple[str, str]]
MOST_CHARACTERS = 100_000
HOURS = [
    (12, _("noon (12:00)")),
    (17, _("the end of the working day (17:00)")),
    (END_OF_DAY, _("the end of the day (24:00)")),
]


class ProposalForm(forms.Form):
    """Title, text, and who writes it together."""

    owner = forms.ChoiceField(label=_("In whose name?"))
    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea, max_length=MOST_CHARACTERS)
    drafters = forms.MultipleChoiceField(
        label=_("States that draft it with you"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Choices | None, states: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owners is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field's own
            if len(owners) == 1:
                self.fields["owner"].initial = owners[0][0]
                self.fields["owner"].widget = forms.HiddenInput()
        if states is None:
            del self.fields["drafters"]
        else:
            self.fields["drafters"].choices = states  # type: ignore[attr-defined]  # as above

    def chosen_drafters(self) -> frozenset[UUID]:
        """The states chosen."""
        return frozenset(UUID(one) for one in self.cleaned_data.get("drafters", ()))


class CirculateForm(forms.Form):
    """Whose silence agrees, and until when."""

    reach = forms.ChoiceField(
        label=_("Whose silence agrees?"),
        choices=[("network", _("All states of the network")), ("some", _("Some states"))],
        widget=forms.RadioSelect,
        initial="network",
    )
    states = forms.MultipleChoiceField(
        label=_("Which states, if not all?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ChoiceField(label=_("Who chairs, and tells all how it ended?"))
    day = DayField(label=_("Last day"))
    hour = forms.TypedChoiceField(
        label=_("Until"), choices=HOURS, coerce=int, widget=forms.RadioSelect, initial=END_OF_DAY
    )
    short_because = forms.CharField(
        label=_("Why less than ten days?"), widget=forms.Textarea, max_length=2_000, required=False
    )

    def __init__(self, *args: Any, states: Choices, chairs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = states  # type: ignore[attr-defined]  # a choice field's own
        self.fields["chair"].choices = chairs  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Ask for the states where not all are asked, and for a chair that takes part."""
        typed = super().clean() or self.cleaned_data
        if typed.get("reach") == "some" and not typed.get("states"):
            self.add_error("states", gettext("Choose at least one state."))
        elif typed.get("reach") == "some" and self._chair_is_outside(typed):
            self.add_error("chair", gettext("A state chairs only where it takes part."))
        return typed

    def states_chosen(self) -> frozenset[UUID]:
        """Some states, or all that can be chosen."""
        typed = self.cleaned_data
        chosen = typed["states"]
        if typed["reach"] == "network":
            chosen = [value for value, _label in self.fields["states"].choices]  # type: ignore[attr-defined]
        return frozenset(UUID(one) for one in chosen)

    def _chair_is_outside(self, typed: dict[str, Any]) -> bool:
        offered = {value for value, _label in self.fields["states"].choices}  # type: ignore[attr-defined]
        return typed.get("chair") in offered and typed["chair"] not in typed["states"]


class WordsForm(forms.Form):
    """Words that others will read."""

    words = forms.CharField(widget=forms.Textarea, max_length=10_000)

    def __init__(self, *args: Any, label: Any, is_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].required = is_needed

"""Minutes, as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.meetings.forms.fields import MOST_CHARACTERS, Choices, set_choices, some


class BeginMinutesForm(forms.Form):
    """What stands before the passages."""

    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(
        label=_("What stands before the items"),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        required=False,
    )


class PassageForm(forms.Form):
    """What was said, and from which version the writer began."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label=_("What was said and agreed"),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
    )


class HeadingForm(forms.Form):
    """A passage that is on no item."""

    heading = forms.CharField(label=_("Heading"), max_length=300)


class WritersForm(forms.Form):
    """Who writes along."""

    accounts = some(_("Who writes along with your own people"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "accounts", people)


class ApprovalForm(forms.Form):
    """Until when states have time to break the silence on minutes."""

    day = DayField(
        label=_("Last day of the silence"),
        help_text=_("At least ten days from now; it ends with that day in the last of the capitals."),
    )
    short_because = forms.CharField(
        label=_("Why it has to be sooner than in ten days"),
        widget=forms.Textarea,
        max_length=2_000,
        required=False,
        help_text=_("Leave it empty otherwise. Everybody who takes part reads it."),
    )

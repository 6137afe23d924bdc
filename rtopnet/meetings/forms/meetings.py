"""Meetings and their answers, as people type them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.meetings.forms.fields import (
    MOST_CHARACTERS,
    AudienceForm,
    Choices,
    HourField,
    chosen_id,
    instant_in,
    set_choices,
)
from rtopnet.meetings.public import DelegateWords, HostWords, When

FORMS = [
    ("in_person", pgettext_lazy("a meeting's form", "In person")),
    ("online", pgettext_lazy("a meeting's form", "Online")),
    ("hybrid", pgettext_lazy("a meeting's form", "In person and online")),
]
COMING = [
    ("yes", _("Yes, we come")),
    ("no", _("No, we do not come")),
    ("undecided", _("We do not know yet")),
]


class WhenForm(forms.Form):
    """When and where a meeting is."""

    form = forms.ChoiceField(label=_("How do people meet?"), choices=FORMS, widget=forms.RadioSelect)
    starts_on = DayField(label=_("First day"))
    starts_at = HourField(label=_("It begins at"))
    ends_on = DayField(label=_("Last day"))
    ends_at = HourField(label=_("It ends at"))
    zone = forms.ChoiceField(label=_("Time zone of these hours"))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    join_link = forms.URLField(
        label=_("Address to join from afar"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Only who is invited sees it."),
    )
    host = forms.ChoiceField(label=_("Host"), required=False)
    chair = forms.ChoiceField(label=_("Chair"), required=False)

    def __init__(self, *args: Any, zones: list[str], states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "zone", [(zone, zone) for zone in zones])
        nobody = [("", pgettext_lazy("no state", "None"))]
        set_choices(self, "host", [*nobody, *states])  # type: ignore[list-item]  # lazy words
        set_choices(self, "chair", [*nobody, *states])  # type: ignore[list-item]  # as above

    def clean(self) -> dict[str, Any]:
        """Work out the instants, and refuse a meeting that ends before it begins."""
        typed = super().clean() or self.cleaned_data
        zone = typed.get("zone", "UTC")
        typed["start"] = instant_in(self, "starts_on", "starts_at", zone)
        typed["end"] = instant_in(self, "ends_on", "ends_at", zone)
        if typed["start"] and typed["end"] and typed["end"] <= typed["start"]:
            self.add_error("ends_at", gettext("The meeting must end after it begins."))
        return typed

    def when(self) -> When:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return When(
            form=typed["form"],
            starts_at=typed["start"],
            ends_at=typed["end"],
            zone=typed["zone"],
            place=typed["place"],
            join_link=typed["join_link"],
            host_state=chosen_id(typed["host"]),
            chair_state=chosen_id(typed["chair"]),
        )


class InvitesForm(AudienceForm):
    """Whose meeting it is, what the invitation says, and to whom it goes."""

    owner = forms.ChoiceField(label=_("Who calls the meeting?"))
    series = forms.ChoiceField(label=_("Series"), required=False)
    number = forms.IntegerField(
        label=_("Its number in the series"), required=False, min_value=1, max_value=9999
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(
        label=_("What the invitation says"),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        required=False,
    )

    def __init__(self, *args: Any, owners: Choices, series: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "owner", owners)
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        set_choices(self, "series", [("", gettext("None, a single meeting")), *series])


class SeriesForm(forms.Form):
    """A series of meetings."""

    owner = forms.ChoiceField(label=_("Who keeps the series?"))
    name = forms.CharField(label=_("Name of the series"), max_length=200)
    rhythm = forms.CharField(
        label=_("How often it meets"),
        max_length=200,
        required=False,
        help_text=_("In your own words, such as “twice a year, in spring and autumn”."),
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "owner", owners)
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()


class HostPackForm(forms.Form):
    """What those who come need to know."""

    venue = forms.CharField(
        label=_("Venue"), widget=forms.Textarea, max_length=MOST_CHARACTERS, required=False
    )
    programme = forms.CharField(
        label=_("Programme"), widget=forms.Textarea, max_length=MOST_CHARACTERS, required=False
    )
    logistics = forms.CharField(
        label=_("Travel, visas, hotel, security"),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        required=False,
    )

    def words(self) -> HostWords:
        """What was typed, as the room takes it."""
        return HostWords(**self.cleaned_data)


class AnswerForm(forms.Form):
    """A state's answer to an invitation."""

    coming = forms.ChoiceField(
        label=_("Does your state take part?"), choices=COMING, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A word to the host"), widget=forms.Textarea, max_length=5_000, required=False
    )


class DelegateForm(forms.Form):
    """Somebody whom a state sends."""

    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.CharField(label=_("Role in the delegation"), max_length=200, required=False)
    credentials = forms.CharField(label=_("Number of the credentials"), max_length=120, required=False)
    dietary = forms.CharField(label=_("What they eat and do not eat"), max_length=300, required=False)
    access_needs = forms.CharField(
        label=_("What they need to get in and take part"), max_length=300, required=False
    )

    def words(self) -> DelegateWords:
        """What was typed, as the room takes it."""
        typed = {key: value for key, value in self.cleaned_data.items() if key != "DELETE"}
        return DelegateWords(**typed)


if TYPE_CHECKING:
    DelegateFormSet = forms.BaseFormSet[DelegateForm]
else:
    DelegateFormSet = forms.BaseFormSet
DelegateForms: type[DelegateFormSet] = forms.formset_factory(
    DelegateForm, extra=0, can_delete=True, max_num=60, validate_max=True
)

"""Fields that several forms of the room share."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoSuchHourError, instant_of
from rtopnet.sharing.public import Audience, Marking, Reach, widest_audience

Choices = list[tuple[str, str]]
MARKINGS = [(level.value, f"TLP:{level.name.replace('_', '+')}") for level in Marking]
MOST_CHARACTERS = 200_000


class HourField(forms.TimeField):
    """An hour of the day, in the browser's own field."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M")
        widget.input_type = "time"
        super().__init__(widget=widget, **kwargs)


def marking_field(initial: Marking) -> forms.TypedChoiceField:
    """How far something may go."""
    return forms.TypedChoiceField(
        label=_("Marking"), choices=MARKINGS, coerce=int, widget=forms.RadioSelect, initial=initial.value
    )


def some(label: Any) -> forms.MultipleChoiceField:
    """Several of a list, or none."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Set what a choice field offers."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field's own


def chosen_id(value: str) -> UUID | None:
    """The id behind a choice, or None where nothing was chosen."""
    return UUID(value) if value else None


def instant_in(form: forms.Form, day: str, hour: str, zone: str) -> datetime | None:
    """The instant that two fields name in a time zone; says at the field what is wrong with it."""
    typed = form.cleaned_data
    if not typed.get(day) or not typed.get(hour):
        return None
    try:
        return instant_of(datetime.combine(typed[day], typed[hour]), zone)
    except NoSuchHourError:
        form.add_error(hour, gettext("Clocks there are put forward and skip this hour. Choose another."))
        return None


class AudienceForm(forms.Form):
    """Marking and readers, as far as a form of this room offers them."""

    marking = marking_field(Marking.GREEN)
    network = forms.BooleanField(label=_("The whole network"), required=False)
    states = some(_("States"))
    institutions = some(_("Institutions"))

    def __init__(self, *args: Any, states: Choices, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "states", states)
        set_choices(self, "institutions", institutions)

    def clean(self) -> dict[str, Any]:
        """Refuse readers that the marking excludes."""
        typed = super().clean() or self.cleaned_data
        if "marking" in typed:
            reach = self.audience().reach()
            if reach is not None and reach > widest_audience(Marking(typed["marking"])):
                self.add_error("marking", _too_far(reach))
        return typed

    def audience(self) -> Audience:
        """Whom it is to reach."""
        typed = self.cleaned_data
        return Audience(
            states=frozenset(map(UUID, typed.get("states", ()))),
            institutions=frozenset(map(UUID, typed.get("institutions", ()))),
            network=bool(typed.get("network")),
        )

    def marked(self) -> Marking:
        """The marking chosen."""
        return Marking(self.cleaned_data["marking"])


def _too_far(reach: Reach) -> str:
    if reach == Reach.NETWORK:
        return gettext("Only GREEN and CLEAR reach the network. Choose another marking, or name states.")
    return gettext("RED goes to named persons alone. Choose another marking.")

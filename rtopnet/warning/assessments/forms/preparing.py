"""What is to be judged, by whom and until when."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.sharing.public import Marking
from rtopnet.warning.assessments.public import LEAST_ASSESSORS, MOST_ASSESSORS, Crime, Scope
from rtopnet.warning.assessments.wording import CRIMES

Choices = list[tuple[str, str]]
_MARKINGS = (Marking.RED, Marking.AMBER_STRICT, Marking.AMBER, Marking.GREEN)


class EndOfDayField(DayField):
    """A day at whose end, where the reader is, something closes."""

    def clean(self, value: Any) -> datetime | None:
        """The instant at which the day is over."""
        day = super().clean(value)
        if day is None:
            return None
        zone = timezone.get_current_timezone()
        return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)

    def prepare_value(self, value: Any) -> Any:
        """The day that ends at an instant."""
        if isinstance(value, datetime):
            return (timezone.localtime(value) - timedelta(microseconds=1)).date().isoformat()
        return super().prepare_value(value)


class ScopeForm(forms.Form):
    """What is to be judged."""

    owner = forms.ChoiceField(label=_("Who makes the assessment?"))
    title = forms.CharField(label=_("What is it called?"), max_length=300)
    body = forms.CharField(
        label=_("Why now, and what should assessors look at?"),
        widget=forms.Textarea,
        max_length=200_000,
        required=False,
    )
    state = forms.ChoiceField(label=_("Which state is it about?"))
    place = forms.CharField(
        label=_("Part of it, if not the whole"),
        help_text=_("A first-level region of the state. Leave it empty for the whole state."),
        max_length=200,
        required=False,
    )
    crimes = forms.MultipleChoiceField(
        label=_("For which crimes?"),
        choices=[(crime.value, word) for crime, word in CRIMES.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[crime.value for crime in Crime],
    )
    starts_on = DayField(label=_("Period: from"))
    ends_on = DayField(label=_("Period: until"))
    assessors = forms.MultipleChoiceField(
        label=_("Who scores?"),
        help_text=_("People from several states or institutions. Each scores without seeing the others."),
        widget=forms.CheckboxSelectMultiple,
    )
    closes_at = EndOfDayField(label=_("Scores are waited for until the end of"))
    marking = forms.TypedChoiceField(
        label=_("Marking"),
        choices=[(level.value, f"TLP:{level.name.replace('_', '+')}") for level in _MARKINGS],
        coerce=int,
        widget=forms.RadioSelect,
        initial=Marking.AMBER.value,
    )

    def __init__(
        self, *args: Any, owners: Choices, states: Choices, people: Choices, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("owner", owners), ("state", states), ("assessors", people)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field's own
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        if not is_new:
            self.fields.pop("owner")
            self.fields.pop("marking")

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself, beside the field that it is about."""
        typed = super().clean() or self.cleaned_data
        starts_on, ends_on = typed.get("starts_on"), typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The last day must not be before the first."))
        chosen = typed.get("assessors")
        if chosen is not None and not LEAST_ASSESSORS <= len(chosen) <= MOST_ASSESSORS:
            said = gettext("Choose %(least)s to %(most)s people.")
            self.add_error("assessors", said % {"least": LEAST_ASSESSORS, "most": MOST_ASSESSORS})
        return typed

    def scope(self) -> Scope:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Scope(
            title=typed["title"],
            body=typed["body"],
            state=UUID(typed["state"]),
            place=typed["place"],
            crimes=tuple(Crime(crime) for crime in typed["crimes"]),
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            closes_at=typed["closes_at"],
            assessors=tuple(UUID(account) for account in typed["assessors"]),
        )


class SecondForm(forms.Form):
    """Until when assessors look at their scores again."""

    closes_at = EndOfDayField(label=_("Scores are waited for until the end of"))


class WordsForm(forms.Form):
    """A few sentences."""

    words = forms.CharField(widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label or _("In your words")

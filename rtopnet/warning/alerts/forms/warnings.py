"""Writing a warning, and each of its steps."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.sharing.public import Audience, Marking
from rtopnet.warning.alerts.public import (
    AnswerKind,
    Crime,
    Level,
    LinkKind,
    Outcome,
    Saying,
    Stage,
    outcomes_at,
)
from rtopnet.warning.alerts.wording import ANSWERS, CRIMES, LEVEL_HINTS, LINKS, OUTCOMES

Choices = list[tuple[str, str]]
_MARKINGS = (Marking.AMBER_STRICT, Marking.AMBER, Marking.GREEN, Marking.CLEAR)
MARKING_CHOICES = [(level.value, f"TLP:{level.name.replace('_', '+')}") for level in _MARKINGS]
LONG = 20_000


def _marking_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Marking"),
        help_text=_("How far it may go at most. You choose whom it goes to when you issue it."),
        choices=MARKING_CHOICES,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Marking.GREEN.value,
    )


class SayingForm(forms.Form):
    """What a warning says; ``is_new`` asks whose it is and how it is marked as well."""

    owner = forms.ChoiceField(label=_("For whom do you warn?"))
    title = forms.CharField(label=_("What is to be feared, in a sentence?"), max_length=300)
    body = forms.CharField(
        label=_("What do you see, where, since when, and how do you know?"),
        widget=forms.Textarea,
        max_length=200_000,
        required=False,
    )
    crimes = forms.MultipleChoiceField(
        label=_("Which crimes does it concern?"),
        help_text=_("Each is judged apart from the others."),
        choices=list(CRIMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    concerned = forms.MultipleChoiceField(
        label=_("Which states does it concern?"),
        help_text=_("They are heard before the warning goes out, in words that you choose."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    marking = _marking_field()
    open_to_contributors = forms.BooleanField(
        label=_("Contributors of my own state may read it and write the draft"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Choices, states: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field's own
        self.fields["concerned"].choices = states  # type: ignore[attr-defined]  # as above
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        if not is_new:
            for name in ("owner", "marking", "open_to_contributors"):
                self.fields.pop(name)

    def saying(self) -> Saying:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Saying(
            typed["title"],
            typed["body"],
            tuple(Crime(one) for one in typed["crimes"]),
            frozenset(UUID(one) for one in typed["concerned"]),
        )


class MissedForm(SayingForm):
    """Something that happened without a warning."""

    happened_on = DayField(label=_("On which day did it happen?"))
    words = forms.CharField(
        label=_("What happened, and why did nobody warn?"), widget=forms.Textarea, max_length=LONG
    )
    lesson = forms.CharField(
        label=_("What may others learn from it?"), widget=forms.Textarea, max_length=LONG, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_new=True, **kwargs)
        for name in ("marking", "open_to_contributors", "seen"):
            self.fields.pop(name)


class WordsForm(forms.Form):
    """A few sentences."""

    words = forms.CharField(widget=forms.Textarea, max_length=LONG)

    def __init__(self, *args: Any, label: Any, hint: Any = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label, hint, required


class IssueForm(forms.Form):
    """At which level, and whom the warning goes to."""

    level = forms.ChoiceField(label=_("Level"), choices=list(LEVEL_HINTS.items()), widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("Whom do you warn?"),
        choices=[
            ("named", _("Only the states and institutions named below")),
            ("network", _("The whole network: every state is asked to answer")),
            ("public", _("Everybody, also the public: every state is asked to answer")),
        ],
        widget=forms.RadioSelect,
        initial="network",
    )
    states = forms.MultipleChoiceField(label=_("States"), required=False, widget=forms.CheckboxSelectMultiple)
    institutions = forms.MultipleChoiceField(
        label=_("Institutions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marking = _marking_field()

    def __init__(self, *args: Any, states: Choices, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = states  # type: ignore[attr-defined]  # a choice field's own
        self.fields["institutions"].choices = institutions  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Refuse what reaches nobody, and what goes further than its marking."""
        typed = super().clean() or self.cleaned_data
        if typed.get("reach") == "named" and not typed.get("states") and not typed.get("institutions"):
            self.add_error("states", gettext("Choose at least one state or institution to warn."))
        needed = {"network": Marking.GREEN, "public": Marking.CLEAR}.get(typed.get("reach", ""))
        if needed is not None and typed.get("marking", 0) < needed:
            said = gettext("To go so far it must be marked TLP:%(marking)s or more widely.")
            self.add_error("marking", said % {"marking": needed.name})
        return typed

    def audience(self) -> Audience:
        """Whom was chosen."""
        typed = self.cleaned_data
        return Audience(
            states=frozenset(UUID(one) for one in typed["states"]),
            institutions=frozenset(UUID(one) for one in typed["institutions"]),
            network=typed["reach"] == "network",
            public=typed["reach"] == "public",
        )

    def chosen_level(self) -> Level:
        """The level."""
        return Level(self.cleaned_data["level"])


class LevelForm(forms.Form):
    """Another level, and what changed."""

    level = forms.ChoiceField(label=_("Level"), choices=list(LEVEL_HINTS.items()), widget=forms.RadioSelect)
    words = forms.CharField(label=_("What changed?"), widget=forms.Textarea, max_length=LONG)


class AnswerForm(forms.Form):
    """What one's own state or institution does about a warning."""

    body = forms.ChoiceField(label=_("For whom do you answer?"))
    kind = forms.ChoiceField(
        label=_("What do you do?"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("In your words"), widget=forms.Textarea, max_length=LONG)
    linked = forms.ChoiceField(
        label=_("A record that goes with it"),
        help_text=_("For example your request for assistance. Others see it only if they read it anyway."),
        required=False,
    )
    openly = forms.BooleanField(
        label=_("Everybody who reads the warning and is signed in may read this answer"), required=False
    )

    def __init__(self, *args: Any, bodies: Choices, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]  # a choice field's own
        self.fields["linked"].choices = [("", _("None")), *records]  # type: ignore[attr-defined]  # as above
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]
            self.fields["body"].widget = forms.HiddenInput()

    def answer_kind(self) -> AnswerKind:
        """The kind of answer."""
        return AnswerKind(self.cleaned_data["kind"])

    def linked_record(self) -> UUID | None:
        """The record that goes with it, if any."""
        typed = self.cleaned_data["linked"]
        return UUID(typed) if typed else None


class LinkForm(forms.Form):
    """A record that the warning rests on, or that answers it."""

    linked = forms.ChoiceField(label=_("Record"))
    kind = forms.ChoiceField(label=_("What is it for the warning?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, records: Choices, kinds: tuple[LinkKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linked"].choices = records  # type: ignore[attr-defined]  # a choice field's own
        self.fields["kind"].choices = [(one.value, LINKS[one.value]) for one in kinds]  # type: ignore[attr-defined]  # as above
        self.fields["kind"].initial = kinds[0].value

    def clean_linked(self) -> UUID:
        """The record's id."""
        try:
            return UUID(self.cleaned_data["linked"])
        except ValueError as error:
            raise ValidationError(gettext("Choose a record.")) from error


class CloseForm(forms.Form):
    """What became of it, and what others may learn."""

    outcome = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your words"), widget=forms.Textarea, max_length=LONG)
    lesson = forms.CharField(
        label=_("What may others learn from it?"),
        help_text=_("Who reads the warning reads this."),
        widget=forms.Textarea,
        max_length=LONG,
        required=False,
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = outcomes_at(stage)
        self.fields["outcome"].choices = [(one.value, OUTCOMES[one.value]) for one in outcomes]  # type: ignore[attr-defined]  # a choice field's own
        self.fields["lesson"].required = Outcome.HAPPENED in outcomes

    def chosen(self) -> Outcome:
        """The outcome."""
        return Outcome(self.cleaned_data["outcome"])


class AskToSignForm(forms.Form):
    """Which state is asked to sign the warning as well."""

    state = forms.ChoiceField(label=_("State"))

    def __init__(self, *args: Any, states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states  # type: ignore[attr-defined]  # a choice field's own

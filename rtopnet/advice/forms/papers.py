"""Papers as people type them."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.advice.public import Frame
from rtopnet.kernel.fields import DayField
from rtopnet.meetings.public import END_OF_DAY, Circle, Promise

Choices = list[tuple[str, str]]
MOST_CHARACTERS = 20_000
HOURS = [
    (12, _("noon (12:00)")),
    (17, _("the end of the working day (17:00)")),
    (END_OF_DAY, _("the end of the day (24:00)")),
]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices; where there is only one, nobody is asked."""
    field = form.fields[name]
    field.choices = choices  # type: ignore[attr-defined]  # a choice field's own
    if len(choices) == 1 and not isinstance(field, forms.MultipleChoiceField):
        field.initial = choices[0][0]
        field.widget = forms.HiddenInput()


class FrameForm(forms.Form):
    """Where a paper goes, who clears it, whom it speaks of, who drafts it."""

    office = forms.ChoiceField(label=_("Where does it go?"))
    reach = forms.ChoiceField(
        label=_("Whose silence clears it?"),
        choices=[("network", _("All states of the network")), ("some", _("Some states"))],
        widget=forms.RadioSelect,
        initial="network",
    )
    states = forms.MultipleChoiceField(
        label=_("Which states, if not all?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ChoiceField(label=_("Who chairs, and tells all how it ended?"))
    about = forms.MultipleChoiceField(
        label=_("Which states does it speak of?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    drafters = forms.MultipleChoiceField(
        label=_("Who drafts it with you?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, offices: Choices, states: Choices, chairs: Choices, drafters: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._all = frozenset(UUID(one) for one, _label in states)
        offer(self, "office", offices)
        offer(self, "states", states)
        offer(self, "about", states)
        offer(self, "chair", chairs)
        offer(self, "drafters", drafters)

    def clean(self) -> dict[str, Any]:
        """Ask for the states where not all are asked, and for a chair that takes part."""
        typed = super().clean() or self.cleaned_data
        if typed.get("reach") == "some" and not typed.get("states"):
            self.add_error("states", gettext("Choose at least one state."))
        elif typed.get("reach") == "some" and typed.get("chair"):
            chair = UUID(typed["chair"])
            if chair in self._all and typed["chair"] not in typed["states"]:
                self.add_error("chair", gettext("A state chairs only where it takes part."))
        return typed

    def frame(self) -> Frame:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        is_network = typed["reach"] == "network"
        chair = UUID(typed["chair"])
        circle = Circle(
            chair=chair,
            chair_is_state=chair in self._all,
            states=self._all if is_network else _ids(typed["states"]),
            network=is_network,
        )
        return Frame(UUID(typed["office"]), circle, _ids(typed["about"]), _ids(typed["drafters"]))


class NewPaperForm(FrameForm):
    """A paper to begin."""

    owner = forms.ChoiceField(label=_("In whose name?"))
    form = forms.ChoiceField(label=_("What kind of paper is it?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=300)

    def __init__(self, *args: Any, owners: Choices, forms_offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners)
        self.fields["form"].choices = forms_offered  # type: ignore[attr-defined]  # a choice field's own


class TitleForm(forms.Form):
    """The title of the next version."""

    title = forms.CharField(label=_("Title"), max_length=300)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class StatementForm(forms.Form):
    """One paragraph, and whether the network itself states it."""

    text = forms.CharField(
        label=_("Statement"),
        help_text=_("One thing that is said, in one paragraph. What it rests on is named with it."),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
    )
    is_own_words = forms.BooleanField(
        label=_("The network itself states this: it rests on no record, and the paper says so"),
        required=False,
    )
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST_CHARACTERS)


class CiteForm(forms.Form):
    """What a statement rests on: a record by choice or by its address, and what it shows."""

    cited = forms.ChoiceField(label=_("A record that you read"), required=False)
    address = forms.CharField(
        label=_("Or the address of its page"),
        help_text=_("Copy it from your browser, if the record is not in the list."),
        max_length=500,
        required=False,
    )
    shows = forms.CharField(label=_("What does it show?"), max_length=500, required=False)

    def __init__(self, *args: Any, records: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cited"].choices = [("", gettext("Choose a record")), *records]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Ask for one or the other."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("cited") and not typed.get("address"):
            self.add_error("cited", gettext("Choose a record, or write its address."))
        return typed

    def clean_address(self) -> str:
        """An address holds the record's id."""
        typed: str = self.cleaned_data["address"]
        if typed and _id_in(typed) is None:
            raise ValidationError(gettext("No record's page has this address."))
        return typed

    def record(self) -> UUID:
        """The record that was meant."""
        typed = self.cleaned_data
        found = _id_in(typed["address"]) if typed["address"] else UUID(typed["cited"])
        return found or UUID(int=0)


class CirculateForm(forms.Form):
    """Until when it is in silence."""

    day = DayField(label=_("Last day"))
    hour = forms.TypedChoiceField(
        label=_("Until"), choices=HOURS, coerce=int, widget=forms.RadioSelect, initial=END_OF_DAY
    )
    short_because = forms.CharField(
        label=_("Why less than ten days?"), widget=forms.Textarea, max_length=2_000, required=False
    )


class WordsForm(forms.Form):
    """Words that others will read."""

    words = forms.CharField(widget=forms.Textarea, max_length=MOST_CHARACTERS)

    def __init__(self, *args: Any, label: Any, is_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].required = is_needed


class ActionForm(forms.Form):
    """What is promised, who answers for it, and by when."""

    title = forms.CharField(label=_("What is promised"), max_length=300)
    body = forms.CharField(
        label=_("More about it"), widget=forms.Textarea, max_length=MOST_CHARACTERS, required=False
    )
    post = forms.ChoiceField(
        label=_("Who answers for it?"), help_text=_("A post, whoever holds it; it always reads the action.")
    )
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]  # as above

    def promise(self) -> Promise:
        """What was typed, as the room of meetings takes it."""
        typed = self.cleaned_data
        return Promise(typed["title"], typed["body"], UUID(typed["post"]), typed["due_on"])


def _ids(typed: list[str]) -> frozenset[UUID]:
    return frozenset(UUID(one) for one in typed)


def _id_in(address: str) -> UUID | None:
    for part in reversed(address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip("/").split("/")):
        try:
            return UUID(part)
        except ValueError:
            continue
    return None

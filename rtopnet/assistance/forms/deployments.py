"""Setting up a deployment, reporting, judging."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.forms.fields import AmountField, CurrencyField
from rtopnet.assistance.public import Flow, Given, Marks, Setting
from rtopnet.assistance.wording import FLOWS
from rtopnet.kernel.clock import today
from rtopnet.kernel.fields import DayField
from rtopnet.sharing.public import Marking

Choices = list[tuple[str, str]]
MARKS = [
    (1, _("1: badly")),
    (2, _("2: rather badly")),
    (3, _("3: acceptably")),
    (4, _("4: well")),
    (5, _("5: very well")),
]


class DeploymentForm(forms.Form):
    """What it is, and which accepted lines take part."""

    lines = forms.MultipleChoiceField(label=_("Who or what takes part?"), widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(label=_("What is it called?"), max_length=300)
    terms = forms.CharField(
        label=_("Terms of reference"), widget=forms.Textarea, max_length=200_000, required=False
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    contacts = forms.CharField(
        label=_("Whom to call, day and night"), widget=forms.Textarea, max_length=20_000, required=False
    )

    def __init__(self, *args: Any, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = lines  # type: ignore[attr-defined]  # a choice field's own

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        typed = super().clean() or self.cleaned_data
        starts_on, ends_on = typed.get("starts_on"), typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The last day must not be before the first."))
        return typed

    def setting(self) -> Setting:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Setting(
            typed["title"],
            typed["terms"],
            typed["starts_on"],
            typed["ends_on"],
            typed["place"],
            typed["contacts"],
        )

    def chosen(self) -> list[UUID]:
        """The lines that take part."""
        return [UUID(line) for line in self.cleaned_data["lines"]]


class ReportForm(forms.Form):
    """What happened on a day."""

    happened_on = DayField(label=_("On which day?"), initial=today)
    words = forms.CharField(label=_("What happened?"), widget=forms.Textarea, max_length=20_000)


def _mark(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=MARKS, coerce=int, widget=forms.RadioSelect)


class AppraisalForm(forms.Form):
    """How the other side did."""

    as_agreed = _mark(_("Was it done as agreed?"))
    fit_to_need = _mark(_("Did it fit what was needed?"))
    conduct = _mark(_("How were conduct and duty of care?"))
    words = forms.CharField(
        label=_("In your words"), widget=forms.Textarea, max_length=20_000, required=False
    )

    def marks(self) -> Marks:
        """As the room takes them."""
        typed = self.cleaned_data
        return Marks(typed["as_agreed"], typed["fit_to_need"], typed["conduct"])


class LessonForm(forms.Form):
    """What others can learn."""

    title = forms.CharField(label=_("What can others learn, in one sentence?"), max_length=300)
    words = forms.CharField(
        label=_("What was done, what came of it, and under what conditions would it help elsewhere?"),
        widget=forms.Textarea,
        max_length=20_000,
    )


class GivenForm(forms.Form):
    """A step of a contribution."""

    flow = forms.ChoiceField(label=_("What is it?"), choices=list(FLOWS.items()), widget=forms.RadioSelect)
    amount = AmountField(label=_("Amount, or value of goods"), min_value=0)
    currency = CurrencyField(label=_("Currency"))
    value_on = DayField(label=_("On which day?"), initial=today)
    words = forms.CharField(label=_("What else to say"), max_length=300, required=False)

    def clean_amount(self) -> Any:
        """Refuse nothing."""
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(gettext("It must be more than nothing."))
        return amount

    def given(self) -> Given:
        """As the room takes it."""
        typed = self.cleaned_data
        return Given(
            Flow(typed["flow"]), typed["amount"], typed["currency"], typed["value_on"], typed["words"]
        )


class ContributionForm(GivenForm):
    """The first step of a contribution, with what it is and how far it may be known."""

    body = forms.ChoiceField(label=_("Who gives?"))
    title = forms.CharField(label=_("What is given?"), max_length=300)
    marking = forms.TypedChoiceField(
        label=_("Who may know?"),
        choices=[
            (Marking.AMBER.value, _("The asking state alone")),
            (Marking.CLEAR.value, _("Anybody; it can be published")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        initial=Marking.AMBER.value,
    )

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]  # a choice field's own
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]
            self.fields["body"].widget = forms.HiddenInput()

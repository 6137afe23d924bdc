"""Writing a watch rule: first what is watched, then where and how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rtopnet.warning.alerts.public import Condition, Measure, Place, Test, Watching
from rtopnet.warning.alerts.wording import TESTS

Choices = list[tuple[str, str]]
_PERCENT = 100


class RuleForm(forms.Form):
    """One rule; ``places`` are those of the chosen measure."""

    title = forms.CharField(label=_("What do you watch for?"), max_length=300)
    place = forms.ChoiceField(label=_("Where?"))
    detail = forms.ChoiceField(label=_("What is counted?"), required=False)
    test = forms.ChoiceField(
        label=_("When does it fire?"),
        choices=list(TESTS.items()),
        widget=forms.RadioSelect,
        initial=Test.UNUSUAL.value,
    )
    limit = forms.FloatField(
        label=_("Number"),
        help_text=_(
            "For unusual months: a share of past months in per cent, such as 90. Otherwise a number."
        ),
        min_value=0,
        initial=90,
    )
    least = forms.FloatField(
        label=_("Fire only from this figure on"),
        help_text=_("What is smaller fires nothing, however unusual it is."),
        min_value=0,
        initial=1,
    )
    budget = forms.IntegerField(
        label=_("How many false alarms a year do you bear?"), min_value=1, max_value=12, initial=2
    )
    body = forms.ChoiceField(label=_("Who sees the rule?"), required=False)

    def __init__(
        self, *args: Any, measure: Measure, places: list[Place], bodies: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.key, place.name) for place in places]  # type: ignore[attr-defined]  # a choice field's own
        if measure.details:
            self.fields["detail"].choices = list(measure.details.items())  # type: ignore[attr-defined]  # as above
        else:
            self.fields.pop("detail")
        if bodies:
            self.fields["body"].choices = [("", _("Only I")), *bodies]  # type: ignore[attr-defined]  # as above
        else:
            self.fields.pop("body")
        self._measure = measure

    def watching(self) -> Watching:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        test = Test(typed["test"])
        limit = typed["limit"] / _PERCENT if test is Test.UNUSUAL else typed["limit"]
        return Watching(
            title=typed["title"],
            measure=self._measure.key,
            place=typed["place"],
            detail=typed.get("detail", ""),
            condition=Condition(test, limit, typed["least"]),
            budget=typed["budget"],
        )

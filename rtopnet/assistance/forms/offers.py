"""What a body offers for each need, and how the asking state answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.assistance.forms.fields import AmountField, CurrencyField
from rtopnet.assistance.public import Aid, Match, NeedInSight, OfferInSight, OnOffer
from rtopnet.assistance.wording import AIDS
from rtopnet.kernel.clock import today
from rtopnet.kernel.fields import DayField

Choices = list[tuple[str, str]]


class OfferForm(forms.Form):
    """Who offers, on what conditions, until when."""

    body = forms.ChoiceField(label=_("Who offers?"))
    conditions = forms.CharField(
        label=_("On what conditions?"), widget=forms.Textarea, max_length=20_000, required=False
    )
    valid_until = DayField(label=_("Until when does the offer hold?"))

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]  # a choice field's own
        self.fields["valid_until"].initial = today() + timedelta(days=30)
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]
            self.fields["body"].widget = forms.HiddenInput()

    def clean_valid_until(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["valid_until"]
        if day < today():
            raise forms.ValidationError(gettext("This day is over."))
        return day


class LineForm(forms.Form):
    """What is offered for one need; left at nothing where nothing is."""

    aid = forms.ChoiceField(label=_("What"), choices=list(AIDS.items()), initial=Aid.EXPERTS.value)
    number = forms.IntegerField(label=_("How many?"), min_value=0, max_value=100_000, initial=0)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    amount = AmountField(label=_("Amount of money"), min_value=0, required=False)
    currency = CurrencyField(label=_("Currency"), required=False)
    words = forms.CharField(label=_("What else to say"), max_length=2_000, required=False)
    entries = forms.MultipleChoiceField(
        label=_("From your roster"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, matches: Iterable[Match] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = list(matches)
        self.fields["entries"].choices = [(str(one.entry), one.post_title) for one in self.matches]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        typed = super().clean() or self.cleaned_data
        starts_on, ends_on = typed.get("starts_on"), typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The last day must not be before the first."))
        if typed.get("aid") == Aid.MONEY and typed.get("number") and not typed.get("amount"):
            self.add_error("amount", gettext("Say how much money."))
        if typed.get("amount") and not typed.get("currency"):
            self.add_error("currency", gettext("Say in which currency."))
        return typed

    def lines(self, need: UUID) -> list[OnOffer]:
        """What was typed: one line for each entry that was chosen, and one for what is offered beside."""
        typed = self.cleaned_data
        days = {"starts_on": typed["starts_on"], "ends_on": typed["ends_on"]}
        aids = {str(one.entry): one.aid for one in self.matches}
        chosen = [
            OnOffer(need=need, aid=aids[entry], number=1, entry=UUID(entry), words=typed["words"], **days)
            for entry in typed["entries"]
        ]
        if typed["number"]:
            chosen.append(
                OnOffer(
                    need=need,
                    aid=Aid(typed["aid"]),
                    number=typed["number"],
                    amount=typed["amount"] or None,
                    currency=typed["currency"] if typed["amount"] else "",
                    words=typed["words"],
                    **days,
                )
            )
        return chosen


@dataclass(frozen=True)
class NeedLine:
    """A need with the form of what is offered for it."""

    need: NeedInSight
    form: LineForm


def line_forms(
    needs: Iterable[NeedInSight],
    matches: Mapping[UUID, list[Match]],
    typed: Any,
    draft: OfferInSight | None = None,
) -> list[NeedLine]:
    """A form for each need, as far as they are filled in already."""
    return [
        NeedLine(
            need,
            LineForm(
                typed,
                prefix=f"need-{need.id}",
                matches=matches.get(need.id, ()),
                initial=_initial(need, draft),
            ),
        )
        for need in needs
    ]


def _initial(need: NeedInSight, draft: OfferInSight | None) -> dict[str, object]:
    lines = [line for line in draft.lines if line.need == need.id] if draft else []
    beside = next((line for line in lines if line.entry is None), None)
    first = lines[0] if lines else None
    return {
        "starts_on": first.starts_on if first else need.starts_on,
        "ends_on": first.ends_on if first else need.ends_on,
        "number": beside.number if beside else 0,
        "aid": beside.aid.value if beside else Aid.EXPERTS.value,
        "amount": beside.amount if beside else None,
        "currency": beside.currency if beside else "",
        "words": first.words if first else "",
        "entries": [str(line.entry) for line in lines if line.entry],
    }


class AcceptForm(forms.Form):
    """How much of each line of an offer is accepted."""

    words = forms.CharField(
        label=_("Words to those who offered"), widget=forms.Textarea, max_length=20_000, required=False
    )

    def __init__(self, *args: Any, offer: OfferInSight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        for line in offer.lines:
            self.fields[f"line-{line.id}"] = forms.IntegerField(
                label=_("How many do you accept?"),
                min_value=0,
                max_value=line.number,
                initial=line.number,
                required=False,
            )

    def accepted(self) -> dict[UUID, int]:
        """By line."""
        return {line.id: self.cleaned_data[f"line-{line.id}"] or 0 for line in self.offer.lines}

"""Forms of what programs get from a person: tokens and webhooks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.network.rules import Scope

SCOPE_WORDS = {
    Scope.RECORDS_READ: _("Read the records that you may read"),
    Scope.RECORDS_WRITE: _("Draft and revise records, and ask to read those of others"),
    Scope.RECORDS_RELEASE: _("Say who reads records, release, recall and withdraw them, answer requests"),
    Scope.NOTICES_READ: _("Read your notices"),
    Scope.DIRECTORY_READ: _("Read who is who in the region"),
    Scope.LEDGER_READ: _("Read who opened your records"),
}
"""What a token lets a program do, in the words of its holder."""

LIFETIMES = ((7, _("A week")), (30, _("A month")), (90, _("Three months")), (365, _("A year")))


class TokenForm(forms.Form):
    """A new token: what it is for, what it opens, until when."""

    name = forms.CharField(
        label=pgettext_lazy("of a token", "What is it for?"),
        help_text=_("For yourself, to know it again: such as “Our archive”."),
        max_length=100,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        help_text=_("As little as it needs; never more than you may yourself."),
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(label=_("For how long?"), choices=LIFETIMES, coerce=int, initial=90)

    def terms(self) -> dict[str, Any]:
        """What the service asks for, once the form is valid."""
        return {
            "name": self.cleaned_data["name"],
            "scopes": [Scope(scope) for scope in self.cleaned_data["scopes"]],
            "days": self.cleaned_data["days"],
        }


class WebhookForm(forms.Form):
    """A new webhook: where to, and of what."""

    url = forms.CharField(
        label=_("Address"),
        help_text=_("Of your own program, on a public host, by https: https://example.org/rtopnet"),
        max_length=500,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which notices are announced?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(kinds)

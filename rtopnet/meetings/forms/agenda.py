"""Items of an agenda, as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.meetings.forms.fields import (
    MOST_CHARACTERS,
    AudienceForm,
    Choices,
    set_choices,
    some,
)
from rtopnet.meetings.public import ItemWords

ITEM_KINDS = [
    ("information", pgettext_lazy("an agenda item is", "For information")),
    ("discussion", pgettext_lazy("an agenda item is", "For discussion")),
    ("decision", pgettext_lazy("an agenda item is", "For decision")),
]


class ItemForm(forms.Form):
    """What an item is about, how long it takes, and what goes with it."""

    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea,
        max_length=MOST_CHARACTERS,
        required=False,
        help_text=_("It stands in the annotated agenda."),
    )
    minutes = forms.IntegerField(label=_("Minutes it takes"), min_value=1, max_value=24 * 60, initial=30)
    kind = forms.ChoiceField(
        label=_("What is it for?"), choices=ITEM_KINDS, widget=forms.RadioSelect, initial="discussion"
    )
    papers = some(_("Papers"))

    def __init__(self, *args: Any, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "papers", papers)
        if not papers:
            del self.fields["papers"]

    def words(self) -> ItemWords:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return ItemWords(typed["title"], typed["body"], typed["minutes"], typed["kind"])


class ItemOwnerForm(AudienceForm):
    """Whose item it is, and who reads it."""

    owner = forms.ChoiceField(label=_("Who proposes it?"))

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "owner", owners)
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()

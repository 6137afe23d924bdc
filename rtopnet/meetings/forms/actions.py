"""Actions, as people type them."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.meetings.forms.fields import (
    MOST_CHARACTERS,
    AudienceForm,
    Choices,
    set_choices,
    some,
)
from rtopnet.meetings.public import Promise

BECAME = [
    ("progress", pgettext_lazy("what became of an action", "It goes on")),
    ("done", pgettext_lazy("what became of an action", "It is done")),
    ("reopened", pgettext_lazy("what became of an action", "It is open again")),
]


class ActionForm(AudienceForm):
    """What is promised, who answers for it, by when, and who reads it."""

    owner = forms.ChoiceField(label=_("Who keeps the action?"))
    title = forms.CharField(label=_("What is promised"), max_length=300)
    body = forms.CharField(
        label=_("More about it"), widget=forms.Textarea, max_length=MOST_CHARACTERS, required=False
    )
    post = forms.ChoiceField(
        label=_("Who answers for it?"), help_text=_("A post, whoever holds it; it always reads the action.")
    )
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, owners: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "owner", owners)
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        set_choices(self, "post", posts)

    def promise(self) -> Promise:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Promise(typed["title"], typed["body"], UUID(typed["post"]), typed["due_on"])


class SetActionForm(forms.Form):
    """Who answers for it from now on, and by when."""

    post = forms.ChoiceField(label=_("Who answers for it?"))
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "post", posts)


class NoteForm(forms.Form):
    """What became of an action."""

    became = forms.ChoiceField(
        label=_("How does it stand?"), choices=BECAME, widget=forms.RadioSelect, initial="progress"
    )
    text = forms.CharField(label=_("What happened"), widget=forms.Textarea, max_length=20_000, required=False)
    papers = some(_("Records that show it"))

    def __init__(self, *args: Any, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "papers", papers)
        if not papers:
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        """Progress without a word says nothing."""
        typed = super().clean() or self.cleaned_data
        if typed.get("became") == "progress" and not typed.get("text", "").strip():
            self.add_error("text", gettext("Say what happened."))
        return typed

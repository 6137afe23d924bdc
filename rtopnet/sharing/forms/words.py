"""What a record says, as people type it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import Body
from rtopnet.sharing.public import RECORD_KINDS, Marking, PartWords, Words

MARKINGS = [(level.value, f"TLP:{level.name.replace('_', '+')}") for level in Marking]
MOST_CHARACTERS = 200_000


class RecordForm(forms.Form):
    """Title, text and on what terms it is kept."""

    owner = forms.ChoiceField(label=_("Whose record is it?"))
    kind = forms.ChoiceField(label=_("What kind of record is it?"), choices=list(RECORD_KINDS.items()))
    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea, max_length=MOST_CHARACTERS, required=False)
    marking = forms.TypedChoiceField(
        label=_("Marking"),
        choices=MARKINGS,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Marking.AMBER.value,
    )
    chatham_house = forms.BooleanField(
        label=_("The Chatham House Rule holds: content may be used, speakers are not revealed"),
        required=False,
    )
    open_to_contributors = forms.BooleanField(
        label=_("Contributors of my own state or institution may read it and write the draft"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field's own
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        if not decides:
            # Contributors write only what contributors may read.
            self.fields.pop("open_to_contributors")


class RevisionForm(forms.Form):
    """A further version of what was released."""

    take_back_earlier = forms.BooleanField(
        label=_("Take the earlier versions back: addressees read this one alone"), required=False
    )


class PartForm(forms.Form):
    """A part for fewer readers."""

    slot = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1000)
    label = forms.CharField(label=_("What this part is"), max_length=120)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea, max_length=MOST_CHARACTERS)
    marking = forms.TypedChoiceField(
        label=_("Marking"), choices=MARKINGS, coerce=int, initial=Marking.RED.value
    )

    def words(self) -> PartWords:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return PartWords(
            typed["label"], typed["body"], Marking(typed["marking"]), slot=typed.get("slot") or None
        )


if TYPE_CHECKING:
    PartFormSet = forms.BaseFormSet[PartForm]
else:
    PartFormSet = forms.BaseFormSet


class _Parts(PartFormSet):
    def add_fields(self, form: PartForm, index: int | None) -> None:
        """Say what is deleted: a page has several such boxes."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this part")


PartForms: type[PartFormSet] = forms.formset_factory(
    PartForm, formset=_Parts, extra=0, can_delete=True, max_num=50, validate_max=True
)


def words_of(form: RecordForm, parts: PartFormSet) -> Words:
    """The version that both forms describe."""
    kept = [part for part in parts.forms if part not in parts.deleted_forms]
    typed = form.cleaned_data
    return Words(typed["title"], typed["body"], tuple(part.words() for part in kept))


def owner_choices(bodies: list[Body], name: Any) -> list[tuple[str, str]]:
    """States and institutions that the writer may draft for."""
    return [(str(body.id), name(body.names)) for body in bodies]


def chosen_body(bodies: list[Body], chosen: str) -> Body:
    """The body behind a choice that the form has checked."""
    return next(body for body in bodies if body.id == UUID(chosen))

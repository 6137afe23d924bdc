"""Who reads a record, from when until when, as people choose it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.forms.words import MARKINGS
from rtopnet.sharing.public import Audience, Marking, Reach, widest_audience

Choices = list[tuple[str, str]]


REACHES = {
    Reach.PERSONS: _("named persons"),
    Reach.NAMED_BODIES: _("named states and institutions"),
    Reach.GROUPS: _("groups"),
    Reach.NETWORK: _("the whole network"),
    Reach.PUBLIC: _("the public"),
}


@dataclass(frozen=True)
class Addressable:
    """Whom a record can be addressed to, by kind: ids with names."""

    states: Choices
    institutions: Choices
    groups: Choices
    persons: Choices


LOCAL_INSTANT = "%Y-%m-%dT%H:%M"


class LocalInstantInput(forms.DateTimeInput):
    """The browser's own field for date and time."""

    input_type = "datetime-local"


class LocalInstantField(forms.DateTimeField):
    """An instant in the reader's time zone."""

    widget = LocalInstantInput
    input_formats = [LOCAL_INSTANT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def local_text(instant: datetime | None) -> str:
    """An instant as its field shows it, in the reader's time zone."""
    return timezone.localtime(instant).strftime(LOCAL_INSTANT) if instant else ""


def _some(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class ShareForm(forms.Form):
    """Marking, audience and time of a record."""

    marking = forms.TypedChoiceField(
        label=_("Marking"), choices=MARKINGS, coerce=int, widget=forms.RadioSelect
    )
    states = _some(_("States"))
    institutions = _some(_("Institutions"))
    groups = _some(_("Groups"))
    persons = _some(_("Persons"))
    network = forms.BooleanField(label=_("The whole network"), required=False)
    public = forms.BooleanField(label=_("The public"), required=False)
    existence_only = forms.BooleanField(
        label=_("Show the network that it exists: owner, kind and date, nothing of its content"),
        required=False,
    )
    embargo_until = LocalInstantField(label=_("Not before"), required=False)
    expires_at = LocalInstantField(label=_("Until"), required=False)
    concerned = _some(_("States that the record concerns"))

    def __init__(self, *args: Any, addressable: Addressable, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("states", "institutions", "groups", "persons"):
            self.fields[name].choices = getattr(addressable, name)  # type: ignore[attr-defined]  # as above
        self.fields["concerned"].choices = others  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        typed = super().clean() or self.cleaned_data
        embargo, expiry = typed.get("embargo_until"), typed.get("expires_at")
        if expiry and expiry <= (embargo or timezone.now()):
            self.add_error(
                "expires_at", gettext("This must be later than the beginning, and not in the past.")
            )
        if "marking" in typed and not self.errors:
            self._refuse_wider(typed["marking"])
        return typed

    def _refuse_wider(self, marking: int) -> None:
        reach, widest = self.audience().reach(), widest_audience(Marking(marking))
        if reach is not None and reach > widest:
            said = gettext(
                "%(marking)s goes no further than %(widest)s, and you chose %(chosen)s. "
                "Choose another marking, or fewer readers."
            )
            name = dict(MARKINGS)[marking]
            self.add_error(
                "marking", said % {"marking": name, "widest": REACHES[widest], "chosen": REACHES[reach]}
            )

    def audience(self) -> Audience:
        """Whom the record is to reach."""
        typed = self.cleaned_data
        return Audience(
            persons=ids(typed["persons"]),
            states=ids(typed["states"]),
            institutions=ids(typed["institutions"]),
            groups=ids(typed["groups"]),
            network=typed["network"],
            public=typed["public"],
        )

    def marked(self) -> Marking:
        """The marking chosen."""
        return Marking(self.cleaned_data["marking"])

    def times(self) -> tuple[datetime | None, datetime | None]:
        """Embargo and expiry."""
        return self.cleaned_data["embargo_until"], self.cleaned_data["expires_at"]


class PartAudienceForm(forms.Form):
    """Who of a record's readers reads one of its parts; only what the part's marking allows can be chosen."""

    states = _some(_("States"))
    institutions = _some(_("Institutions"))
    persons = _some(_("Persons"))

    def __init__(self, *args: Any, addressable: Addressable, marking: Marking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if widest_audience(marking) < Reach.NAMED_BODIES:
            del self.fields["states"], self.fields["institutions"]
        for name, field in self.fields.items():
            field.choices = getattr(addressable, name)  # type: ignore[attr-defined]  # as above

    def audience(self) -> Audience:
        """Whom the part is for."""
        typed = self.cleaned_data
        return Audience(
            persons=ids(typed["persons"]),
            states=ids(typed.get("states", ())),
            institutions=ids(typed.get("institutions", ())),
        )


class GroupForm(forms.Form):
    """A group's name and members."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    states = _some(_("States"))
    institutions = _some(_("Institutions"))
    persons = _some(_("Persons"))

    def __init__(self, *args: Any, addressable: Addressable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("states", "institutions", "persons"):
            self.fields[name].choices = getattr(addressable, name)  # type: ignore[attr-defined]  # as above

    def members(self) -> Audience:
        """Whom the group holds."""
        typed = self.cleaned_data
        return Audience(
            persons=ids(typed["persons"]),
            states=ids(typed["states"]),
            institutions=ids(typed["institutions"]),
        )


class WordsForm(forms.Form):
    """A few sentences: a reason, a reply, an answer."""

    words = forms.CharField(widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class ReceiptForm(forms.Form):
    """What became of copies."""

    became = forms.ChoiceField(
        label=_("What became of the copies that your people made?"),
        widget=forms.RadioSelect,
        choices=[
            ("none_made", _("No copy was made")),
            ("destroyed", _("All copies were destroyed")),
            ("returned", _("All copies were returned to the owner")),
            ("kept", _("Copies are kept; I say below where and why")),
        ],
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, max_length=4_000, required=False)


def ids(chosen: Iterable[str]) -> frozenset[UUID]:
    """Choices that a form has checked, as ids."""
    return frozenset(UUID(one) for one in chosen)

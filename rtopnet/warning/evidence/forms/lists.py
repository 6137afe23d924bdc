"""Narrowing the list of reports."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.fields import DayField
from rtopnet.warning.evidence.forms.reports import Places, act_choices
from rtopnet.warning.evidence.public import Wanted
from rtopnet.warning.evidence.record_kinds import NAMES
from rtopnet.warning.evidence.wording import SOURCE_GRADES

_ALL = ("", _("All"))


class FilterForm(forms.Form):
    """Which reports; what is left open does not narrow."""

    state = forms.ChoiceField(label=_("State"), required=False)
    act = forms.ChoiceField(label=_("Act"), choices=lambda: [_ALL, *act_choices()], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[_ALL, *NAMES.items()], required=False)
    grade = forms.ChoiceField(
        label=_("Grade of the source"), choices=[_ALL, *SOURCE_GRADES.items()], required=False
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[_ALL, ("own", _("Our own")), ("shared", _("Shared with us"))],
        required=False,
    )

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        names = [(code, name) for code, (_state, name) in places.states.items()]
        self.fields["state"].choices = [_ALL, *names]  # type: ignore[attr-defined]  # a choice field's own

    def wanted(self) -> Wanted:
        """What was chosen, as far as it can be read."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        chosen = self.cleaned_data
        state = self.places.states.get(chosen.get("state", ""))
        whose = chosen.get("whose", "")
        return Wanted(
            state=state[0] if state else None,
            act=chosen.get("act", ""),
            kind=chosen.get("kind", ""),
            since=chosen.get("since"),
            until=chosen.get("until"),
            source_grade=chosen.get("grade", ""),
            own=whose == "own" if whose else None,
        )

    def query(self) -> str:
        """What was chosen, for an address that goes on from here."""
        if not self.is_bound:
            return ""
        chosen = {name: self.data.get(name, "") for name in self.fields}
        return urlencode({name: value for name, value in chosen.items() if value})

"""The form of a report; a row of a sheet goes through it as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.kernel.clock import today
from rtopnet.kernel.fields import DayField
from rtopnet.sharing.public import Marking
from rtopnet.warning.evidence.forms.fields import CodeField, DegreesField, PeopleField
from rtopnet.warning.evidence.public import (
    ActorKind,
    ExactPlace,
    Facts,
    Ground,
    PlacePrecision,
    Precision,
    Protected,
    ReportSheet,
    SourceGrade,
    Told,
    act_name,
    acts,
    faults_of,
    region_called,
)
from rtopnet.warning.evidence.wording import (
    ACTORS,
    GROUNDS,
    INFORMATION_WORDS,
    PLACE_PRECISIONS,
    PRECISIONS,
    REASONS,
    SOURCE_GRADES,
)

Choices = list[tuple[str, str]]
HARM_WORDS = {"killed": _("Killed"), "injured": _("Injured"), "displaced": _("Displaced")}
KINDS = {"incident_report": _("One incident"), "situation_report": _("A situation over some time")}
MARKINGS: list[tuple[int, str]] = [
    (level.value, f"TLP:{level.name.replace('_', '+')}")
    for level in (Marking.AMBER_STRICT, Marking.AMBER, Marking.GREEN, Marking.CLEAR)
]
_UNGRADED = ("", _("Not graded yet"))


@dataclass(frozen=True)
class Places:
    """The region's states by code with id and name, and the names of their first-level regions."""

    states: Mapping[str, tuple[UUID, str]]
    regions: Mapping[str, tuple[str, ...]]

    def code_of(self, state: UUID) -> str:
        """The code of a state."""
        return next((code for code, (found, _name) in self.states.items() if found == state), "")


class ReportForm(forms.Form):
    """What happened; the fields are in the order in which a person is asked."""

    title = forms.CharField(label=_("What happened, in a few words?"), max_length=300)
    act = CodeField(
        label=_("What kind of act was it?"), choices=lambda: [("", _("Choose one")), *act_choices()]
    )
    occurred_from = DayField(label=_("First day"))
    occurred_to = DayField(label=_("Last day"), help_text=_("Empty: the same day."), required=False)
    time_precision = CodeField(
        label=_("How exactly is the time known?"),
        choices=list(PRECISIONS.items()),
        initial=Precision.DAY.value,
    )
    hour = forms.IntegerField(
        label=_("Hour, from 0 to 23"),
        help_text=_("Only if it is known, as it was where it happened."),
        min_value=0,
        max_value=23,
        required=False,
    )
    state = CodeField(label=_("In which state?"), choices=[])
    region = forms.CharField(
        label=_("In which first-level region?"),
        help_text=_("Begin to type; the list shows the names."),
        max_length=200,
        required=False,
    )
    place_precision = CodeField(
        label=_("How exactly is the place known?"),
        choices=list(PLACE_PRECISIONS.items()),
        initial=PlacePrecision.REGION.value,
    )
    body = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "No names of victims, witnesses or sources, and no exact place: these have fields of their own."
        ),
        widget=forms.Textarea,
        max_length=200_000,
        required=False,
    )
    target_group = forms.CharField(label=_("Who was targeted?"), max_length=200, required=False)
    target_ground = CodeField(
        label=_("On what ground?"), choices=list(GROUNDS.items()), initial=Ground.UNKNOWN.value
    )
    actor_kind = CodeField(
        label=_("Who acted?"), choices=list(ACTORS.items()), initial=ActorKind.UNKNOWN.value
    )
    actor_name = forms.CharField(
        label=_("Which force or group?"), help_text=_("No names of persons."), max_length=200, required=False
    )
    killed_low = PeopleField(label=_("Killed, at least"))
    killed_best = PeopleField(label=_("Killed, most probably"))
    injured_low = PeopleField(label=_("Injured, at least"))
    injured_best = PeopleField(label=_("Injured, most probably"))
    displaced_low = PeopleField(label=_("Displaced, at least"))
    displaced_best = PeopleField(label=_("Displaced, most probably"))
    source_grade = CodeField(
        label=_("How reliable is the source?"), choices=[_UNGRADED, *SOURCE_GRADES.items()], required=False
    )
    information_grade = CodeField(
        label=_("How credible is the information?"),
        choices=[_UNGRADED, *((str(grade), words) for grade, words in INFORMATION_WORDS.items())],
        required=False,
    )
    source = forms.CharField(
        label=_("Who is the source, and how can it be reached?"),
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
    )
    names = forms.CharField(
        label=_("Names of victims, witnesses and those who acted"),
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
    )
    exact_place = forms.CharField(label=_("The exact place"), max_length=500, required=False)
    latitude = DegreesField(90, label=_("Latitude"), help_text=_("In degrees; south is negative."))
    longitude = DegreesField(180, label=_("Longitude"), help_text=_("In degrees; west is negative."))

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        names = [(code, name) for code, (_state, name) in places.states.items()]
        self.fields["state"].choices = [("", _("Choose one")), *names]  # type: ignore[attr-defined]  # a choice field's own

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be so, beside the field that it is about."""
        typed = super().clean() or self.cleaned_data
        typed["occurred_to"] = typed.get("occurred_to") or typed.get("occurred_from")
        self._find_region(typed)
        for harm in HARM_WORDS:
            self._complete_harm(typed, harm)
        if not self.errors:
            told = self.told()
            for name, reason in faults_of(told.facts, told.protected, today=today()):
                self.add_error(name, str(REASONS[reason]))
        return typed

    def told(self) -> Told:
        """What was typed, as the room takes it."""
        typed = self.cleaned_data
        return Told(typed["title"].strip(), self._facts(typed), typed["body"], self._protected(typed))

    def _find_region(self, typed: dict[str, Any]) -> None:
        said = typed.get("region", "")
        if not said or "state" not in typed:
            return
        found = region_called(said, self.places.regions.get(typed["state"], ()))
        if not found:
            words = gettext(
                "No such first-level region of this state. Write a finer place as the exact place."
            )
            self.add_error("region", words)
        typed["region"] = found

    def _complete_harm(self, typed: dict[str, Any], harm: str) -> None:
        low, best = typed.get(f"{harm}_low"), typed.get(f"{harm}_best")
        if low is not None and best is None:
            typed[f"{harm}_best"] = low
        elif best is not None and low is None:
            typed[f"{harm}_low"] = 0

    def _facts(self, typed: dict[str, Any]) -> Facts:
        harms = {
            harm: None if typed[f"{harm}_best"] is None else (typed[f"{harm}_low"], typed[f"{harm}_best"])
            for harm in HARM_WORDS
        }
        grade = typed["information_grade"]
        return Facts(
            act=typed["act"],
            state=self.places.states[typed["state"]][0],
            occurred_from=typed["occurred_from"],
            occurred_to=typed["occurred_to"],
            precision=Precision(typed["time_precision"]),
            hour=typed["hour"],
            region_name=typed["region"],
            place_precision=PlacePrecision(typed["place_precision"]),
            target_group=typed["target_group"].strip(),
            target_ground=Ground(typed["target_ground"]),
            actor_kind=ActorKind(typed["actor_kind"]),
            actor_name=typed["actor_name"].strip(),
            source_grade=SourceGrade(typed["source_grade"]) if typed["source_grade"] else None,
            information_grade=int(grade) if grade else None,
            **harms,
        )

    def _protected(self, typed: dict[str, Any]) -> Protected:
        place = ExactPlace(typed["exact_place"].strip(), typed["latitude"], typed["longitude"])
        return Protected(typed["source"], typed["names"], place)


class WrittenForm(ReportForm):
    """The form as a person fills it in, with whose report it is and how far it may go."""

    kind = forms.ChoiceField(
        label=_("What do you report?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        initial="incident_report",
    )
    owner = forms.ChoiceField(label=_("Whose report is it?"))
    marking = forms.TypedChoiceField(
        label=_("Marking"),
        choices=MARKINGS,
        coerce=int,
        initial=Marking.AMBER.value,
    )
    open_to_contributors = forms.BooleanField(
        label=_("Contributors of my own state may read it and write the draft"), required=False
    )
    sent_as = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Choices, decides: bool, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field's own
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()
        if not decides or not is_new:
            self.fields.pop("open_to_contributors")
        if not is_new:
            for name in ("kind", "owner", "marking", "sent_as"):
                self.fields.pop(name)


def act_choices() -> Choices:
    """Every kind of act with its name in the reader's language."""
    language = get_language() or "en"
    return [(code, act_name(code, language)) for code in acts()]


def report_as_typed(found: ReportSheet, places: Places) -> dict[str, object]:
    """A report as its form shows it."""
    facts, protected = found.facts, found.protected
    shown: dict[str, object] = {
        "title": found.sheet.title,
        "body": found.sheet.body,
        "act": facts.act,
        "occurred_from": facts.occurred_from,
        "occurred_to": facts.occurred_to,
        "time_precision": facts.precision.value,
        "hour": facts.hour,
        "state": places.code_of(facts.state),
        "region": facts.region_name,
        "place_precision": facts.place_precision.value,
        "target_group": facts.target_group,
        "target_ground": facts.target_ground.value,
        "actor_kind": facts.actor_kind.value,
        "actor_name": facts.actor_name,
        "source_grade": facts.source_grade.value if facts.source_grade else "",
        "information_grade": facts.information_grade or "",
        "source": protected.source,
        "names": protected.names,
        "exact_place": protected.place.words,
        "latitude": protected.place.latitude,
        "longitude": protected.place.longitude,
        "seen": found.sheet.written_at.isoformat(),
    }
    for harm in HARM_WORDS:
        low, best = getattr(facts, harm) or (None, None)
        shown |= {f"{harm}_low": low, f"{harm}_best": best}
    return shown

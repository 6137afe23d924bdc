"""The form on which somebody chooses when they are told."""

from collections.abc import Collection
from datetime import time
from typing import Any, Self
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.network.notice_rules import Habits, Rhythm

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
QUIET = [("", _("no quiet hours")), *((f"{at:%H:%M}", f"{at:%H:%M}") for at in HALF_HOURS)]
RHYTHMS = [
    (Rhythm.AT_ONCE.value, _("each by itself, at once")),
    (Rhythm.DAILY.value, _("one a day")),
    (Rhythm.WEEKLY.value, _("one a week")),
    (Rhythm.NEVER.value, _("no mails")),
]
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


class HabitsForm(forms.Form):
    """When mails and pushes come."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    rhythm = forms.ChoiceField(label=_("Mails come"), choices=RHYTHMS)
    digest_hour = forms.TypedChoiceField(
        label=_("At this hour"), help_text=_("For one mail a day or a week."), choices=HOURS, coerce=int
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("On this day"), help_text=_("For one mail a week."), choices=WEEKDAYS.items(), coerce=int
    )
    quiet_from = forms.ChoiceField(
        label=_("Quiet from"),
        help_text=_("In quiet hours nothing is mailed or pushed. It waits until they end."),
        choices=QUIET,
        required=False,
    )
    quiet_until = forms.ChoiceField(label=_("Quiet until"), choices=QUIET, required=False)
    urgent_passes = forms.BooleanField(
        label=_("What is urgent comes at once, also in quiet hours"), required=False
    )

    def __init__(self, *arguments: Any, zones: Collection[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        own = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        listed = [*zones, *(zone for zone in ("UTC", *own) if zone not in zones)]
        field: Any = self.fields["time_zone"]
        field.choices = [("", gettext("the region's")), *((zone, zone.replace("_", " ")) for zone in listed)]

    @classmethod
    def of(cls, habits: Habits, own_zone: str, zones: Collection[str]) -> Self:
        """The form filled with what is kept."""
        kept = {
            "time_zone": own_zone,
            "rhythm": habits.rhythm.value,
            "digest_hour": habits.digest_hour,
            "digest_weekday": habits.digest_weekday,
            "quiet_from": f"{habits.quiet_from:%H:%M}" if habits.quiet_from else "",
            "quiet_until": f"{habits.quiet_until:%H:%M}" if habits.quiet_until else "",
            "urgent_passes": habits.urgent_passes,
        }
        return cls(initial=kept, zones=zones)

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end, or are none."""
        given = super().clean() or {}
        start, end = given.get("quiet_from"), given.get("quiet_until")
        if start and not end:
            self.add_error("quiet_until", _("Say until when the quiet hours last."))
        if end and not start:
            self.add_error("quiet_from", _("Say from when the quiet hours last."))
        if start and start == end:
            self.add_error("quiet_until", _("Choose another end: these quiet hours would have no length."))
        return given

    def habits(self) -> Habits:
        """What was chosen, once it is valid."""
        given = self.cleaned_data
        return Habits(
            rhythm=Rhythm(given["rhythm"]),
            digest_hour=given["digest_hour"],
            digest_weekday=given["digest_weekday"],
            quiet_from=time.fromisoformat(given["quiet_from"]) if given["quiet_from"] else None,
            quiet_until=time.fromisoformat(given["quiet_until"]) if given["quiet_until"] else None,
            urgent_passes=given["urgent_passes"],
        )


def browser_of(agent: str) -> str:
    """A browser by its family and system, as its reader would call it."""
    family = next((name for mark, name in FAMILIES if f"{mark}/" in agent), gettext("Browser"))
    system = next((name for name in SYSTEMS if name in agent), "")
    return f"{family}, {system}" if system else family

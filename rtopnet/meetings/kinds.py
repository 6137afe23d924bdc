"""The kinds of record that the room keeps, with the page where each is shown."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtopnet.sharing.public import register_record_kind

KINDS = {
    "meeting": (_("Meeting"), "meetings_meeting"),
    "agenda_item": (_("Agenda item"), "meetings_item"),
    "delegation": (_("Answer to an invitation"), "meetings_delegation"),
    "minutes": (_("Minutes"), "meetings_minutes"),
    "action": (pgettext_lazy("promised", "Action"), "meetings_action"),
}


def register_kinds() -> None:
    """Make them known when the program starts."""
    for kind, (name, route) in KINDS.items():
        register_record_kind(kind, name=name, route=route)

"""The room's kinds of record, and the page of each."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind
from rtopnet.warning.evidence.queries import is_report

NAMES = {
    "incident_report": _("Incident report"),
    "situation_report": _("Situation report"),
    "incitement": _("Incitement"),
}


def register_kinds() -> None:
    """Make them known when the program starts; the first two people also write by hand, as records alone."""
    for kind, name in NAMES.items():
        register_record_kind(kind, name=name, route="situation_report", keeps=is_report)

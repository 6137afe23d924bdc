"""The room's kinds of record, and the page of each."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind

KINDS = {
    "assistance_request": (_("Request for assistance"), "assistance_request"),
    "assistance_offer": (_("Offer of assistance"), "assistance_offer"),
    "roster_entry": (_("Roster entry"), "assistance_entry"),
    "deployment": (_("Deployment"), "assistance_deployment"),
    "appraisal": (_("Appraisal"), "assistance_appraisal"),
    "lesson": (_("Lesson"), "assistance_lesson"),
    "contribution": (_("Contribution"), "assistance_contribution"),
}


def register_kinds() -> None:
    """Make them known when the program starts."""
    for kind, (name, route) in KINDS.items():
        register_record_kind(kind, name=name, route=route)

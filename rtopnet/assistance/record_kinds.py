"""The room's kinds of record, and the page of each."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind

KINDS = {
    "assistance_request": (_("Request for assistance"), "assistance_request"),
}


def register_kinds() -> None:
    """Make them known when the program starts."""
    for kind, (name, route) in KINDS.items():
        register_record_kind(kind, name=name, route=route)

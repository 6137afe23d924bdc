"""The room's kinds of record, and the page of each."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind

KINDS = {
    "advice": (_("Advice to the United Nations"), "network_advice_paper"),
    "summit_paper": (_("Concept paper"), "network_advice_paper"),
    "sent_advice": (_("Transmitted advice"), "network_advice_sent"),
}


def register_kinds() -> None:
    """Make them known when the program starts."""
    for kind, (name, route) in KINDS.items():
        register_record_kind(kind, name=name, route=route)

"""The room's kind of record, and its page."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind

KIND = "warning"


def register_kinds() -> None:
    """Make it known when the program starts."""
    register_record_kind(KIND, name=_("Warning"), route="situation_warning")

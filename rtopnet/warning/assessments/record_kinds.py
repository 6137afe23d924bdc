"""The room's kind of record, and its page."""

from django.utils.translation import gettext_lazy as _

from rtopnet.sharing.public import register_record_kind

KIND = "assessment"


def register_kinds() -> None:
    """Make it known when the program starts."""
    register_record_kind(KIND, name=_("Assessment"), route="situation_assessment")

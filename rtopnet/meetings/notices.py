"""What notices about meetings say; invitations themselves are told of as shared records."""

from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoticeKind, register_notice_kind

KINDS = (
    NoticeKind(
        "meetings.moved",
        _("A meeting has changed"),
        _("Time, place or form has changed: {what}"),
        "meetings_meeting",
        own_letter=True,
    ),
    NoticeKind(
        "meetings.called_off",
        _("A meeting is called off"),
        _("A meeting is called off: {what}"),
        "meetings_meeting",
        urgent=True,
        own_letter=True,
    ),
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)

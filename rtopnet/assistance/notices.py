"""What notices about assistance say; titles are looked up as the reader, so that a recalled one has none."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.public import titles_in_sight, widely_marked

KINDS = (
    NoticeKind(
        "assistance.submitted",
        _("A request for help was submitted"),
        _("A request waits for you to circulate it: {what}"),
        "assistance_request",
    ),
    NoticeKind(
        "assistance.regretted",
        _("Somebody you asked will not offer help"),
        _("{who} will not offer anything for {what}"),
        "assistance_request",
    ),
    NoticeKind(
        "assistance.withdrawn",
        _("A request for help was withdrawn"),
        _("{who} withdrew its request; what you offered is closed"),
        "assistance_home",
    ),
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    for subject in ("request", "offer", "deployment", "entry", "lesson", "appraisal"):
        register_subjects(f"assistance.{subject}", _titles, nameable=widely_marked)


def _titles(records: Collection[UUID]) -> Mapping[UUID, str]:
    """Their titles, where they are read; of those without words it is said what they are."""
    found = titles_in_sight(records)
    return {record: title or gettext("a record of assistance") for record, title in found.items()}

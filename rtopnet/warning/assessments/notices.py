"""What notices about assessments say; titles are looked up as the reader, so that a recalled one has none."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.public import titles_in_sight, widely_marked

SUBJECT = "assessments.assessment"
_ROUTE = "situation_assessment"
KINDS = (
    NoticeKind(
        "assessments.asked",
        _("You are asked to score an assessment"),
        _("{who} asks you to score by the Framework: {what}"),
        _ROUTE,
        personal=True,
    ),
    NoticeKind(
        "assessments.revealed",
        _("Scores of an assessment are shown"),
        _("The scores are shown, and the discussion begins: {what}"),
        _ROUTE,
        personal=True,
    ),
    NoticeKind(
        "assessments.handed_in",
        _("An assessor has handed in"),
        _("An assessor has handed in the scores: {what}"),
        _ROUTE,
    ),
    NoticeKind(
        "assessments.concluded",
        _("An assessment was concluded"),
        _("{who} concluded an assessment: {what}"),
        _ROUTE,
        personal=True,
    ),
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects(SUBJECT, _titles, nameable=widely_marked)


def _titles(records: Collection[UUID]) -> Mapping[UUID, str]:
    """Their titles, where they are read."""
    found = titles_in_sight(records)
    return {record: title or gettext("an assessment") for record, title in found.items()}

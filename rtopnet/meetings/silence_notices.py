"""What notices about texts in silence say; they hold ids, and titles are looked up as the reader."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rtopnet.meetings.queries import held_in_silence, proposals_called, silence_duties
from rtopnet.network.public import NoticeKind, register_duties, register_notice_kind, register_subjects
from rtopnet.sharing.public import Marking, Record, register_holder, register_record_kind

ROUTE = "meetings_proposal"
KINDS = (
    NoticeKind(
        "meetings.drafting",
        _("You are asked to draft a proposal together"),
        _("{who} asks your state to draft with it: {what}"),
        ROUTE,
    ),
    NoticeKind(
        "meetings.circulated",
        _("A text is in silence"),
        _("{who} put {what} in silence: your state agrees unless it says otherwise in time"),
        ROUTE,
        urgent=True,
    ),
    NoticeKind(
        "meetings.reminder",
        _("A silence ends soon"),
        _("The silence on {what} ends soon"),
        ROUTE,
        urgent=True,
    ),
    NoticeKind(
        "meetings.extended",
        _("A silence lasts longer"),
        _("{who} asked for more time on {what}; there is a new deadline"),
        ROUTE,
    ),
    NoticeKind(
        "meetings.broken",
        _("A silence was broken"),
        _("{who} broke the silence on {what}; it is back with its drafter"),
        ROUTE,
    ),
    NoticeKind("meetings.reserved", _("A state reserves"), _("{who} joins {what} with a reservation"), ROUTE),
    NoticeKind("meetings.commented", _("A text has a comment"), _("{who} commented on {what}"), ROUTE),
    NoticeKind(
        "meetings.withdrawn",
        _("A text was taken out of silence"),
        _("{who} took {what} out of silence"),
        ROUTE,
    ),
    NoticeKind("meetings.adopted", _("A text was adopted"), _("{what} is adopted by consensus"), ROUTE),
    NoticeKind(
        "meetings.stated", _("The chair made a statement"), _("{who} made a statement on {what}"), ROUTE
    ),
)


def register() -> None:
    """Make known what notices say, the kind of record, and which records are held as they are."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects("meetings.proposal", _titles, nameable=_widely_marked)
    register_record_kind("proposal", name=_("Proposal"), route=ROUTE)
    register_holder(held_in_silence)
    register_duties(silence_duties)


def _titles(records: Collection[UUID]) -> Mapping[UUID, str]:
    return proposals_called(records)


def _widely_marked(records: Collection[UUID]) -> Collection[UUID]:
    rows = Record.objects.filter(pk__in=records, marking__gte=Marking.GREEN)
    return set(rows.values_list("pk", flat=True))

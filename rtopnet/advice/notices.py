"""What notices about advice say; titles are looked up as the reader."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rtopnet.advice.queries import papers_called, sent_held
from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.public import register_holder, titles_in_sight, widely_marked

PAPER_ROUTE, SENT_ROUTE = "network_advice_paper", "network_advice_sent"
KINDS = (
    NoticeKind(
        "advice.drafting",
        _("You are asked to draft a paper together"),
        _("{who} asks your desk to draft with it: {what}"),
        PAPER_ROUTE,
    ),
    NoticeKind("advice.cleared", _("A paper is cleared"), _("{what} is cleared: transmit it"), PAPER_ROUTE),
    NoticeKind(
        "advice.transmitted",
        _("Advice was transmitted to you"),
        _("{who} transmits {what} to your office"),
        SENT_ROUTE,
        urgent=True,
        own_letter=True,
    ),
    NoticeKind("advice.acknowledged", _("Advice was acknowledged"), _("{who} received {what}"), SENT_ROUTE),
    NoticeKind("advice.answered", _("Advice was answered"), _("{who} answered {what}"), SENT_ROUTE),
    NoticeKind("advice.closed", _("Advice was closed"), _("{who} closed {what}"), SENT_ROUTE),
)


def register_notices() -> None:
    """Make known what notices say, and that what was transmitted stays as it is."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects("advice.paper", _papers, nameable=widely_marked)
    register_subjects("advice.sent", titles_in_sight, nameable=widely_marked)
    register_holder(sent_held)


def _papers(records: Collection[UUID]) -> Mapping[UUID, str]:
    return papers_called(records)

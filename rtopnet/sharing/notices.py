"""What notices about records say; titles are looked up as the reader, so that a recalled one has none."""

from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import NoticeKind, register_notice_kind, register_subjects
from rtopnet.sharing.queries import (
    consultations_called,
    receipts_called,
    requests_called,
    titles_in_sight,
    widely_marked,
)

KINDS = (
    NoticeKind(
        "sharing.released",
        _("A record was shared with you"),
        _("{who} shared a record with you: {what}"),
        "records_record",
    ),
    NoticeKind(
        "sharing.revised", _("A record has a new version"), _("{who} changed {what}"), "records_record"
    ),
    NoticeKind(
        "sharing.recalled",
        _("A record was recalled"),
        _("{who} recalled a record that you could read"),
        "records_record",
        urgent=True,
    ),
    NoticeKind(
        "sharing.withdrawn",
        _("A record was withdrawn"),
        _("{who} withdrew a record that you could read"),
        "records_record",
    ),
    NoticeKind(
        "sharing.consulted",
        _("Your state is consulted"),
        _("{who} consults your state before it shares a record with the network"),
        "records_consultation",
        urgent=True,
    ),
    NoticeKind(
        "sharing.replied", _("A state concerned replied"), _("{who} replied on {what}"), "records_record"
    ),
    NoticeKind(
        "sharing.receipt_asked",
        _("A receipt waits for your signature"),
        _("{who} recalled a record and asks what became of your copies"),
        "records_receipt",
        urgent=True,
    ),
    NoticeKind(
        "sharing.receipt_signed",
        _("A receipt was signed"),
        _("{who} signed the receipt for {what}"),
        "records_ledger",
    ),
    NoticeKind(
        "sharing.requested",
        _("Somebody asks for a record's release"),
        _("{who} asks to read {what}"),
        "records_request",
    ),
    NoticeKind(
        "sharing.answered",
        _("Your request for release was answered"),
        _("{who} answered your request to read {what}"),
        "records_request",
    ),
)


def register_notices() -> None:
    """Make the room's notices known when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects("sharing.record", titles_in_sight, nameable=widely_marked)
    register_subjects("sharing.consultation", consultations_called)
    register_subjects("sharing.receipt", receipts_called)
    register_subjects("sharing.request", requests_called)

"""Verbs on records."""

from rtopnet.sharing.services.records import (
    ANSWER_WITHIN,
    Terms,
    Words,
    address_record,
    answer_request,
    draft_record,
    note_reading,
    recall_record,
    release_record,
    request_release,
    revise_record,
    withdraw_record,
)

__all__ = [
    "ANSWER_WITHIN",
    "Terms",
    "Words",
    "address_record",
    "answer_request",
    "draft_record",
    "note_reading",
    "recall_record",
    "release_record",
    "request_release",
    "revise_record",
    "withdraw_record",
]

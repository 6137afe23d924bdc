"""Verbs of assistance."""

from rtopnet.assistance.services.requests import (
    Asking,
    NeedRefusedError,
    Wish,
    add_need,
    address_request,
    change_need,
    circulate_request,
    draft_request,
    expect_addressees,
    remove_need,
    return_request,
    revise_request,
    send_regret,
    submit_request,
    withdraw_request,
)

__all__ = [
    "Asking",
    "NeedRefusedError",
    "Wish",
    "add_need",
    "address_request",
    "change_need",
    "circulate_request",
    "draft_request",
    "expect_addressees",
    "remove_need",
    "return_request",
    "revise_request",
    "send_regret",
    "submit_request",
    "withdraw_request",
]

"""Verbs on meetings."""

from rtopnet.meetings.services.agenda import (
    ItemWords,
    enclose_papers,
    order_items,
    propose_item,
    set_item,
)
from rtopnet.meetings.services.delegations import (
    AnswerWords,
    DelegateWords,
    answer_invitation,
)
from rtopnet.meetings.services.meetings import (
    HostWords,
    Invites,
    When,
    cancel_meeting,
    change_meeting,
    keep_host_pack,
    keep_series,
    plan_meeting,
)

__all__ = [
    "AnswerWords",
    "DelegateWords",
    "HostWords",
    "Invites",
    "ItemWords",
    "When",
    "answer_invitation",
    "cancel_meeting",
    "change_meeting",
    "enclose_papers",
    "keep_host_pack",
    "keep_series",
    "order_items",
    "plan_meeting",
    "propose_item",
    "set_item",
]

"""Verbs on meetings."""

from rtopnet.meetings.services.agenda import (
    ItemWords,
    enclose_papers,
    order_items,
    propose_item,
    set_item,
)
from rtopnet.meetings.services.decision_story import (
    tell_decisions,
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
from rtopnet.meetings.services.proposals import (
    Circle,
    circulate_proposal,
    draft_proposal,
    set_drafters,
    write_proposal,
)
from rtopnet.meetings.services.silence import (
    ADOPT_DUE,
    add_statement,
    ask_for_more_time,
    break_silence,
    comment_on_round,
    join_with_reservation,
    look_again,
    open_procedure,
    stay_silent,
    take_back_reservation,
    withdraw_from_silence,
)
from rtopnet.meetings.services.silence_ends import (
    adopt_due,
    move_story_back,
    remind_due,
)

__all__ = [
    "ADOPT_DUE",
    "AnswerWords",
    "Circle",
    "DelegateWords",
    "HostWords",
    "Invites",
    "ItemWords",
    "When",
    "add_statement",
    "adopt_due",
    "answer_invitation",
    "ask_for_more_time",
    "break_silence",
    "cancel_meeting",
    "change_meeting",
    "circulate_proposal",
    "comment_on_round",
    "draft_proposal",
    "enclose_papers",
    "join_with_reservation",
    "keep_host_pack",
    "keep_series",
    "look_again",
    "move_story_back",
    "open_procedure",
    "order_items",
    "plan_meeting",
    "propose_item",
    "remind_due",
    "set_drafters",
    "set_item",
    "stay_silent",
    "take_back_reservation",
    "tell_decisions",
    "withdraw_from_silence",
    "write_proposal",
]

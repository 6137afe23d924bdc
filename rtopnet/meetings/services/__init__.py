"""Verbs on meetings."""

from rtopnet.meetings.services.actions import (
    Promise,
    note_progress,
    promise_action,
    set_action,
)
from rtopnet.meetings.services.agenda import (
    ItemWords,
    enclose_papers,
    order_items,
    propose_item,
    set_item,
)
from rtopnet.meetings.services.approval import (
    put_minutes_in_silence,
)
from rtopnet.meetings.services.decision_story import (
    tell_decisions,
)
from rtopnet.meetings.services.delegations import (
    AnswerWords,
    DelegateWords,
    answer_invitation,
)
from rtopnet.meetings.services.feeds import (
    account_behind_feed,
    make_feed,
    revoke_feed,
)
from rtopnet.meetings.services.invitations import (
    SEND_INVITATIONS,
    plan_invitations,
    refresh_invitations,
    send_invitations,
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
from rtopnet.meetings.services.minutes import (
    add_passage,
    begin_minutes,
    close_minutes,
    name_writers,
    reopen_minutes,
    save_passage,
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
from rtopnet.meetings.services.story import (
    tell_meetings,
)
from rtopnet.meetings.services.withdrawing import (
    forget_content,
)

__all__ = [
    "ADOPT_DUE",
    "SEND_INVITATIONS",
    "AnswerWords",
    "Circle",
    "DelegateWords",
    "HostWords",
    "Invites",
    "ItemWords",
    "Promise",
    "When",
    "account_behind_feed",
    "add_passage",
    "add_statement",
    "adopt_due",
    "answer_invitation",
    "ask_for_more_time",
    "begin_minutes",
    "break_silence",
    "cancel_meeting",
    "change_meeting",
    "circulate_proposal",
    "close_minutes",
    "comment_on_round",
    "draft_proposal",
    "enclose_papers",
    "forget_content",
    "join_with_reservation",
    "keep_host_pack",
    "keep_series",
    "look_again",
    "make_feed",
    "move_story_back",
    "name_writers",
    "note_progress",
    "open_procedure",
    "order_items",
    "plan_invitations",
    "plan_meeting",
    "promise_action",
    "propose_item",
    "put_minutes_in_silence",
    "refresh_invitations",
    "remind_due",
    "reopen_minutes",
    "revoke_feed",
    "save_passage",
    "send_invitations",
    "set_action",
    "set_drafters",
    "set_item",
    "stay_silent",
    "take_back_reservation",
    "tell_decisions",
    "tell_meetings",
    "withdraw_from_silence",
    "write_proposal",
]

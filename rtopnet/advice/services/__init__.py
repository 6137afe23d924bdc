"""Verbs on papers and on what was transmitted."""

from rtopnet.advice.services.answering import (
    AnswerEmptyError,
    acknowledge_advice,
    answer_advice,
    close_advice,
    follow_up,
)
from rtopnet.advice.services.citing import (
    AskedBeforeError,
    ask_to_let_travel,
    cite_record,
    drop_reference,
)
from rtopnet.advice.services.clearing import circulate_paper, withdraw_paper
from rtopnet.advice.services.drafting import (
    UN_OFFICE,
    Frame,
    FrameRefusedError,
    add_statement,
    begin_paper,
    change_statement,
    set_frame,
    strike_statement,
    write_title,
)
from rtopnet.advice.services.letters import send_letters
from rtopnet.advice.services.story import tell_advice
from rtopnet.advice.services.transmitting import SEND_LETTERS, tell_cleared, transmit_paper

__all__ = [
    "SEND_LETTERS",
    "UN_OFFICE",
    "AnswerEmptyError",
    "AskedBeforeError",
    "Frame",
    "FrameRefusedError",
    "acknowledge_advice",
    "add_statement",
    "answer_advice",
    "ask_to_let_travel",
    "begin_paper",
    "change_statement",
    "circulate_paper",
    "cite_record",
    "close_advice",
    "drop_reference",
    "follow_up",
    "send_letters",
    "set_frame",
    "strike_statement",
    "tell_advice",
    "tell_cleared",
    "transmit_paper",
    "withdraw_paper",
    "write_title",
]

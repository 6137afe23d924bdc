"""Verbs of the room."""

from rtopnet.warning.alerts.services.alerts import (
    AlertRefusedError,
    Saying,
    assess_alert,
    close_alert,
    consult_on_alert,
    issue_alert,
    raise_signal,
    record_missed,
    revise_alert,
    set_alert_level,
    waive_consultation,
)
from rtopnet.warning.alerts.services.answers import (
    AnswerRefusedError,
    answer_alert,
    link_to_alert,
    unlink_from_alert,
)
from rtopnet.warning.alerts.services.overruns import escalate_of, escalate_overruns
from rtopnet.warning.alerts.services.sponsors import ask_to_sign, sign_alert, take_name_off
from rtopnet.warning.alerts.services.watching import (
    Watching,
    ask_all_rules,
    ask_rules_of,
    change_rule,
    delete_rule,
    make_rule,
    start_from_firing,
    switch_rule,
    try_rule,
)

__all__ = [
    "AlertRefusedError",
    "AnswerRefusedError",
    "Saying",
    "Watching",
    "answer_alert",
    "ask_all_rules",
    "ask_rules_of",
    "ask_to_sign",
    "assess_alert",
    "change_rule",
    "close_alert",
    "consult_on_alert",
    "delete_rule",
    "escalate_of",
    "escalate_overruns",
    "issue_alert",
    "link_to_alert",
    "make_rule",
    "raise_signal",
    "record_missed",
    "revise_alert",
    "set_alert_level",
    "sign_alert",
    "start_from_firing",
    "switch_rule",
    "take_name_off",
    "try_rule",
    "unlink_from_alert",
    "waive_consultation",
]

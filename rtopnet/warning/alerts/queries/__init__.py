"""Reads of the room."""

from rtopnet.warning.alerts.queries.alerts import (
    AlertLine,
    AlertSheet,
    AnswerInSight,
    AskedInSight,
    LinkInSight,
    SponsorInSight,
    alert_sheet,
    alerts_listed,
    links_in_sight,
    was_taken_back,
)
from rtopnet.warning.alerts.queries.network import NetworkPace, alerts_overview
from rtopnet.warning.alerts.queries.tasks import waiting_for, warning_tasks_for
from rtopnet.warning.alerts.queries.timeline import TimeLine
from rtopnet.warning.alerts.queries.watching import (
    FiringInSight,
    RuleInSight,
    figures_for,
    firing_in_sight,
    rule_in_sight,
    rules_called,
    rules_in_sight,
    trial_of,
    watchable,
)

__all__ = [
    "AlertLine",
    "AlertSheet",
    "AnswerInSight",
    "AskedInSight",
    "FiringInSight",
    "LinkInSight",
    "NetworkPace",
    "RuleInSight",
    "SponsorInSight",
    "TimeLine",
    "alert_sheet",
    "alerts_listed",
    "alerts_overview",
    "figures_for",
    "firing_in_sight",
    "links_in_sight",
    "rule_in_sight",
    "rules_called",
    "rules_in_sight",
    "trial_of",
    "waiting_for",
    "warning_tasks_for",
    "was_taken_back",
    "watchable",
]

"""What the room keeps: warnings as they hang on records, and watch rules."""

from rtopnet.warning.alerts.models.alerts import (
    Alert,
    AlertAnswer,
    AlertLink,
    AskedBody,
    Milestone,
    Sponsor,
)
from rtopnet.warning.alerts.models.watching import Firing, WatchRule

__all__ = [
    "Alert",
    "AlertAnswer",
    "AlertLink",
    "AskedBody",
    "Firing",
    "Milestone",
    "Sponsor",
    "WatchRule",
]

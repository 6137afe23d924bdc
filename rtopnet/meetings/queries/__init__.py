"""Meetings and what belongs to them, as the acting account may see them."""

from rtopnet.meetings.queries.agenda import (
    ItemLine,
    ItemSheet,
    Paper,
    agenda_of,
    item_sheet,
)
from rtopnet.meetings.queries.delegations import (
    AwaitedState,
    DelegateLine,
    DelegationSheet,
    awaited_states,
    delegation_sheet,
    delegations_to,
    own_answers,
)
from rtopnet.meetings.queries.meetings import (
    MeetingLine,
    MeetingSheet,
    SeriesLine,
    meeting_line,
    meeting_sheet,
    meetings_of_series,
    meetings_past,
    meetings_to_come,
    own_series,
    suggested_chair,
    suggested_number,
)

__all__ = [
    "AwaitedState",
    "DelegateLine",
    "DelegationSheet",
    "ItemLine",
    "ItemSheet",
    "MeetingLine",
    "MeetingSheet",
    "Paper",
    "SeriesLine",
    "agenda_of",
    "awaited_states",
    "delegation_sheet",
    "delegations_to",
    "item_sheet",
    "meeting_line",
    "meeting_sheet",
    "meetings_of_series",
    "meetings_past",
    "meetings_to_come",
    "own_answers",
    "own_series",
    "suggested_chair",
    "suggested_number",
]

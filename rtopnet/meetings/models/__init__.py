"""What the room keeps."""

from rtopnet.meetings.models.actions import (
    Action,
    ActionNote,
    Became,
)
from rtopnet.meetings.models.agenda import (
    AgendaItem,
    Enclosure,
    ItemKind,
)
from rtopnet.meetings.models.delegations import (
    Coming,
    Delegate,
    Delegation,
)
from rtopnet.meetings.models.feeds import (
    CalendarFeed,
)
from rtopnet.meetings.models.meetings import (
    HostPack,
    Meeting,
    MeetingForm,
    SentInvitation,
    Series,
)
from rtopnet.meetings.models.minutes import (
    Minutes,
    MinutesWriter,
    Passage,
    PassageText,
)
from rtopnet.meetings.models.proposals import (
    Lifting,
    WorkingText,
)
from rtopnet.meetings.models.silence import (
    ChairStatement,
    Decision,
    Procedure,
    ProcedureAct,
    SilentNote,
)

__all__ = [
    "Action",
    "ActionNote",
    "AgendaItem",
    "Became",
    "CalendarFeed",
    "ChairStatement",
    "Coming",
    "Decision",
    "Delegate",
    "Delegation",
    "Enclosure",
    "HostPack",
    "ItemKind",
    "Lifting",
    "Meeting",
    "MeetingForm",
    "Minutes",
    "MinutesWriter",
    "Passage",
    "PassageText",
    "Procedure",
    "ProcedureAct",
    "SentInvitation",
    "Series",
    "SilentNote",
    "WorkingText",
]

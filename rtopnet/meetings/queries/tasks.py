"""What waits for somebody in the room of meetings; the home page lists it with what waits in others."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.kernel.clock import now
from rtopnet.meetings.models import Meeting
from rtopnet.meetings.queries.actions import actions_due_by_me
from rtopnet.meetings.queries.delegations import own_answers
from rtopnet.meetings.queries.meetings import lines_of
from rtopnet.meetings.queries.minutes import minutes_begun
from rtopnet.network.public import Account, Task, acting_desks, states_of

MOST_MEETINGS = 50
ANSWER_BEFORE = timedelta(days=7)
"""How long before a meeting its host needs to know who comes."""
SOON = timedelta(days=14)
"""An action waits from so long before its day."""


def meeting_tasks_for(account: Account, language: str) -> list[Task]:  # noqa: ARG001 -- as the other rooms' are called
    """Invitations to answer, actions to carry out, and minutes to write; for desks, the soonest first."""
    desks = acting_desks()
    if not desks:
        return []
    tasks = [*_invitations(account, desks), *_actions(), *_minutes()]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def _invitations(account: Account, desks: frozenset[UUID]) -> list[Task]:
    rows = Meeting.objects.filter(ends_at__gt=now(), cancelled_at__isnull=True, open_from__lte=now())
    lines = lines_of(rows.order_by("starts_at", "pk")[:MOST_MEETINGS])
    states = desks & {state.id for state in states_of(account.region_id)} if lines else set()
    if not states:
        return []
    answered = {meeting for meeting, _state in own_answers([line.record for line in lines])}
    return [
        Task(
            title=_("Answer the invitation to “%(title)s”") % {"title": line.title},
            due_at=line.starts_at - ANSWER_BEFORE,
            url=reverse("meetings_meeting", args=[line.record]),
            since=line.changed_at,
        )
        for line in lines
        if line.record not in answered and line.owner not in states
    ]


def _actions() -> list[Task]:
    last = now() + SOON
    return [
        Task(
            title=_("Promised: %(title)s") % {"title": line.title},
            due_at=due,
            url=reverse("meetings_action", args=[line.record]),
        )
        for line in actions_due_by_me()
        if line.due_on is not None
        and (due := datetime.combine(line.due_on, time(23, 59), tzinfo=UTC)) <= last
    ]


def _minutes() -> list[Task]:
    return [
        Task(
            title=_("Write and close the minutes of “%(title)s”") % {"title": title},
            due_at=None,
            url=reverse("meetings_minutes", args=[record]),
            since=since,
        )
        for record, title, since in minutes_begun()
    ]

"""What waits for somebody in this room; the home page lists it with what waits in others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account
from rtopnet.network.queries.acting import acts_as_secretariat
from rtopnet.network.queries.readiness import confirmations_due, is_drill_planned, last_drill_at, open_calls

DRILL_EVERY = timedelta(days=183)


@dataclass(frozen=True)
class Task:
    """Something that somebody is asked to do: what, by when, where, and since when it waits."""

    title: str
    due_at: datetime | None
    url: str
    since: datetime | None = None


def tasks_for(account: Account, language: str) -> list[Task]:
    """Contacts to confirm, drills to answer and, for the secretariat, a drill to start; soonest first."""
    calls = [
        Task(
            title=_("Answer the readiness drill: %(title)s") % {"title": call.title},
            due_at=call.open_until,
            url=reverse("network_drill", args=[call.drill]),
            since=call.sent_at,
        )
        for call in open_calls(account, language)
    ]
    confirmations = [
        Task(
            title=_("Confirm how you are reached as %(post)s") % {"post": due.title},
            due_at=due.due_at,
            url=reverse("network_post_contact", args=[due.post]),
            since=due.confirmed_at,
        )
        for due in confirmations_due(account.pk, language)
    ]
    return sorted([*calls, *confirmations, *_drill_to_start()], key=lambda task: task.due_at or now())


def _drill_to_start() -> list[Task]:
    if not acts_as_secretariat() or is_drill_planned():
        return []
    last = last_drill_at()
    if last is not None and last + DRILL_EVERY > now():
        return []
    due = last + DRILL_EVERY if last else None
    return [Task(_("Start this half-year's readiness drill"), due, reverse("network_drill_new"), last)]

"""What texts in silence ask of somebody; the home page lists it with what waits in other rooms."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.meetings.models import ChairStatement, Procedure, ProcedureAct, SilentNote
from rtopnet.meetings.queries.decisions import proposals_called
from rtopnet.meetings.rules import STATEMENT_WITHIN, Deed
from rtopnet.network.public import Account, Duty, Task, acting_desks
from rtopnet.sharing.public import database_now


def decision_tasks_for(account: Account, language: str) -> list[Task]:  # noqa: ARG001 -- as in every room
    """Texts to answer or be silent on, versions to write, statements to add, for desks; soonest first."""
    desks = acting_desks()
    if not desks:
        return []
    asked = list(_waiting_for(desks))
    broken = list(_back_with(desks))
    adopted = list(_to_be_stated(desks))
    titles = proposals_called({row.record_id for row in (*asked, *broken, *adopted)})
    tasks = [
        *(_task(row, titles, _("Answer “%(title)s”, or agree by silence"), row.deadline) for row in asked),
        *(_task(row, titles, _("Write the next version of “%(title)s”"), None) for row in broken),
        *(
            _task(row, titles, _("Add the chair's statement on “%(title)s”"), row.deadline + STATEMENT_WITHIN)
            for row in adopted
        ),
    ]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def silence_duties(post: UUID) -> Iterable[Duty]:
    """Texts that wait for the desk that the acting account shares with ``post``, for a hand-over."""
    del post  # what waits, waits for the desk; whoever looks is of it
    return [Duty(_("Texts in silence"), len(list(_waiting_for(acting_desks()))))]


def _waiting_for(desks: Collection[UUID]) -> Iterable[Procedure]:
    noted = SilentNote.objects.filter(procedure=OuterRef("pk"), body__in=desks)
    spoke = ProcedureAct.objects.filter(procedure=OuterRef("pk"), body__in=desks, deed=Deed.RESERVATION)
    rows = _standing().filter(deadline__gt=database_now(), participants__overlap=list(desks))
    return rows.exclude(desk__in=desks).filter(~Exists(noted), ~Exists(spoke)).order_by("deadline")


def _back_with(desks: Collection[UUID]) -> Iterable[Procedure]:
    later = Procedure.objects.filter(record=OuterRef("record"), round__gt=OuterRef("round"))
    return Procedure.objects.filter(~Exists(later), broken_at__isnull=False, desk__in=desks)


def _to_be_stated(desks: Collection[UUID]) -> Iterable[Procedure]:
    now = database_now()
    stated = ChairStatement.objects.filter(procedure=OuterRef("pk"))
    recently = Q(deadline__lte=now, deadline__gt=now - STATEMENT_WITHIN)
    return _standing().filter(recently, ~Exists(stated), chair__in=desks)


def _standing() -> QuerySet[Procedure]:
    return Procedure.objects.filter(broken_at__isnull=True, withdrawn_at__isnull=True)


def _task(row: Procedure, titles: Mapping[UUID, str], words: str, due_at: datetime | None) -> Task:
    url = reverse("meetings_proposal", args=[row.record_id])
    since = row.broken_at or (row.opened_at if due_at == row.deadline else row.deadline)
    return Task(words % {"title": titles.get(row.record_id, _("a text"))}, due_at, url, since)

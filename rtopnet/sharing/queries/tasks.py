"""What waits for somebody in the room of records; the home page lists it with what waits in others."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.network.public import Account, Task, acting_desks, name_in, names_of
from rtopnet.sharing.models import Consultation, Receipt, ReleaseRequest, Reply
from rtopnet.sharing.queries.titles import titles_in_sight
from rtopnet.sharing.rules import SIGN_WITHIN


def record_tasks_for(account: Account, language: str) -> list[Task]:
    """Consultations to reply to, receipts to sign and requests to answer, for desks; soonest first.

    It asks the database as many questions whatever waits, and one where the account is no desk.
    """
    desks = acting_desks()
    if not desks:
        return []
    consultations, receipts = _consultations(desks), _receipts(desks)
    owners = names_of({row.desk for row in (*consultations, *receipts) if row.desk})
    tasks = [
        *(_consultation_task(row, _called(owners, row.desk, language)) for row in consultations),
        *(_receipt_task(row, _called(owners, row.desk, language)) for row in receipts),
        *_request_tasks(account),
    ]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def _consultations(desks: Collection[UUID]) -> list[Consultation]:
    replied = Reply.objects.filter(record=OuterRef("record"), state=OuterRef("state"))
    waiting = Consultation.objects.filter(state_id__in=desks, told_at__isnull=False)
    return list(waiting.filter(~Exists(replied)))


def _receipts(desks: Collection[UUID]) -> list[Receipt]:
    return list(Receipt.objects.filter(body__in=desks, signed_at__isnull=True))


def _called(names: Mapping[UUID, dict[str, str]], body: UUID | None, language: str) -> str:
    return name_in(names.get(body, {}), language) if body else ""


def _consultation_task(row: Consultation, who: str) -> Task:
    title = _("%(who)s consults your state before it shares a record with the network") % {"who": who}
    return Task(title, row.due_at, reverse("records_consultation", args=[row.pk]), row.told_at)


def _receipt_task(row: Receipt, who: str) -> Task:
    title = _("%(who)s recalled a record and asks what became of your copies") % {"who": who}
    return Task(title, row.due_at, reverse("records_receipt", args=[row.pk]), row.due_at - SIGN_WITHIN)


def _request_tasks(account: Account) -> list[Task]:
    # The policy shows requests to those who asked and those who answer; who does both answers too.
    rows = list(
        ReleaseRequest.objects.filter(granted__isnull=True)
        .exclude(asked_by=account)
        .select_related("asked_by")
    )
    titles = titles_in_sight({row.record_id for row in rows})
    return [
        Task(
            title=_("%(who)s asks to read “%(title)s”")
            % {"who": row.asked_by.name, "title": titles.get(row.record_id, _("a record"))},
            due_at=row.due_at,
            url=reverse("records_request", args=[row.pk]),
            since=row.asked_at,
        )
        for row in rows
    ]

"""What waits for whom about warnings, and since when; asked in as many questions whatever there is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import Account, Task, acting_desks, name_in, names_of
from rtopnet.sharing.public import acting_principals, titles_in_sight
from rtopnet.warning.alerts.models import Alert, AskedBody, Sponsor
from rtopnet.warning.alerts.queries.courses import latest, moments_of

MOST = 20
TITLES: dict[str, Promise] = {
    "signal": _("Assess the signal: %(what)s"),
    "assessed": _("Consult on or issue the warning: %(what)s"),
    "consultation": _("Issue the warning once the states concerned are heard: %(what)s"),
    "issued": _("Nobody has answered your warning yet: %(what)s"),
    "response": _("Look at your warning again, or close it: %(what)s"),
    "answer": _("Answer the warning of %(who)s: %(what)s"),
    "sign": _("%(who)s asks you to sign a warning: %(what)s"),
}
ROUTES = {
    "signal": "situation_warning_assess",
    "answer": "situation_warning_answer",
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    about: str
    record: UUID
    since: datetime | None
    due_at: datetime | None
    who: UUID | None = None


def warning_tasks_for(account: Account, language: str) -> list[Task]:  # noqa: ARG001 -- as every room's
    """What waits for the account about warnings, soonest due first."""
    waiting = waiting_for()
    if not waiting:
        return []
    titles = titles_in_sight({one.record for one in waiting})
    names = names_of({one.who for one in waiting if one.who})
    tasks = [
        Task(
            title=str(TITLES[one.about])
            % {
                "what": titles.get(one.record, ""),
                "who": name_in(names[one.who], language) if one.who in names else "",
            },
            due_at=one.due_at,
            url=reverse(ROUTES.get(one.about, "situation_warning"), args=[one.record]),
            since=one.since,
        )
        for one in waiting
    ]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def waiting_for() -> list[Waiting]:
    """Stages of one's own warnings, warnings to answer, and warnings to sign."""
    if not acting_desks():
        return []
    return [*_own(), *_to_answer(), *_to_sign()]


def _own() -> list[Waiting]:
    mine = acting_principals()
    rows = Alert.objects.filter(closed_at__isnull=True, desk__in=mine).order_by("-record__drafted_at")
    records = list(rows.values_list("record_id", flat=True)[:MOST])
    moments = moments_of(records)
    found = []
    for record in records:
        stage = latest(moments[record])
        moment = next((one for one in moments[record] if one.stage is stage), None)
        if moment is not None:
            found.append(Waiting(stage.value, record, moment.at, moment.due_at))
    return found


def _to_answer() -> list[Waiting]:
    mine = acting_principals()
    rows = AskedBody.objects.filter(
        body__in=mine,
        answered_at__isnull=True,
        record__in=Alert.objects.filter(issued_at__isnull=False, closed_at__isnull=True).values("record"),
    ).exclude(owner__in=mine)
    found = rows.order_by("due_at").values_list("record_id", "due_at", "desk", "record__alerts__issued_at")
    return [
        Waiting("answer", record, issued_at, due_at, who) for record, due_at, who, issued_at in found[:MOST]
    ]


def _to_sign() -> list[Waiting]:
    mine = acting_principals()
    rows = Sponsor.objects.filter(
        state__in=mine,
        signed_at__isnull=True,
        left_at__isnull=True,
        record__in=Alert.objects.filter(issued_at__isnull=True, closed_at__isnull=True).values("record"),
    ).exclude(owner__in=mine)
    found = rows.order_by("asked_at").values_list("record_id", "asked_at", "desk")
    return [Waiting("sign", record, asked_at, None, who) for record, asked_at, who in found[:MOST]]

"""What waits for whom, and since when; asked in as many questions whatever there is."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import CharField, Exists, Min, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtopnet.assistance.models import (
    Agreement,
    Answer,
    Appraisal,
    Confirmation,
    Consent,
    Correction,
    Deployment,
    Entry,
    Lesson,
    Offer,
    Participant,
    Progress,
    Regret,
    Request,
)
from rtopnet.kernel.acting import acting_account
from rtopnet.kernel.clock import today
from rtopnet.network.public import Account, Task, acting_desks, name_in, names_of, time_zone_of
from rtopnet.sharing.public import acting_principals, people_of, titles_in_sight

ASK_AGAIN = timedelta(days=30)
MOST = 20
"""Of each kind; what comes after follows once these are done."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: of what kind, what it is about, whose, since when and until when."""

    about: str
    subject: UUID
    record: UUID
    since: datetime | None
    due_on: date | None = None
    who: UUID | None = None
    count: int = 1


@dataclass(frozen=True)
class Pace:
    """How long help took: from a request's going out to the first offer and to arrival."""

    to_offer: timedelta | None
    offers: int
    to_arrival: timedelta | None
    arrivals: int


def assistance_tasks_for(account: Account, language: str) -> list[Task]:
    """What waits for the account in this room, soonest due first."""
    waiting = waiting_for()
    if not waiting:
        return []
    titles = titles_in_sight({one.record for one in waiting})
    names = names_of({one.who for one in waiting if one.who})
    zone = ZoneInfo(time_zone_of(account))
    tasks = [_task(one, titles, names, zone, language) for one in waiting]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def waiting_for() -> list[Waiting]:
    """Everything that waits for the acting account; of each kind no more than can be looked at."""
    me, desks = acting_account(), acting_desks()
    found = _consents(me)
    if not desks:
        return found
    # One question tells what there is at all; for most people on most days that is little.
    asked = {part: rows(desks) for part, rows in _ROWS.items()}
    for part in _present(asked):
        found += _COLLECT[part](asked[part], desks)
    return found


def _present(asked: Mapping[str, Sequence[QuerySet[Any]]]) -> list[str]:
    marked = [
        rows.order_by()
        .annotate(part=Value(part, output_field=CharField()))
        .values_list("part", flat=True)[:1]
        for part, several in asked.items()
        for rows in several
    ]
    there = set(marked[0].union(*marked[1:], all=True))
    return [part for part in asked if part in there]


def pace_of_own() -> Pace:
    """How long the acting account's state waited, over its requests in sight: medians."""
    mine = list(acting_principals())
    with connection.cursor() as cursor:
        cursor.execute(_WAITED.format(first="min(o.open_from)", table="assistance_offer"), [mine])
        to_offer, offers = cursor.fetchone()
        cursor.execute(_WAITED.format(first="min(o.begun_at)", table="assistance_deployment"), [mine])
        to_arrival, arrivals = cursor.fetchone()
    return Pace(to_offer, offers, to_arrival, arrivals)


_WAITED = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY waited), count(waited)
FROM (SELECT {first} - p.open_from AS waited FROM assistance_progress p
      JOIN {table} o ON o.request_id = p.record_id AND o.open_from IS NOT NULL
      WHERE p.owner = ANY(%s) AND p.open_from IS NOT NULL GROUP BY p.record_id, p.open_from) every
"""


def _consents(me: UUID | None) -> list[Waiting]:
    rows = Consent.objects.filter(given__isnull=True, account_id=me)[:MOST] if me else []
    return [
        Waiting("consent", row.pk, row.record_id, row.asked_at, due_on=row.starts_on, who=row.desk)
        for row in rows
    ]


Rows = list[QuerySet[Any]]
Desks = Collection[UUID]


def _rows_to_circulate(desks: Desks) -> Rows:
    rows = Progress.objects.filter(desk__in=desks, ended_at__isnull=True, submitted_at__isnull=False)
    return [rows.filter(open_from__isnull=True)]


def _to_circulate(rows: Rows, _desks: Desks) -> list[Waiting]:
    return [Waiting("circulate", row.record_id, row.record_id, row.submitted_at) for row in rows[0][:MOST]]


def _rows_to_answer(desks: Desks) -> Rows:
    answered = Answer.objects.filter(record=OuterRef("record"))
    mine = Progress.objects.filter(desk__in=desks, ended_at__isnull=True, open_from__isnull=False)
    rows = Offer.objects.filter(~Exists(answered), request__in=mine.values("record"))
    return [rows.filter(open_from__isnull=False, valid_until__gte=today())]


def _to_answer(rows: Rows, _desks: Desks) -> list[Waiting]:
    """Requests with offers that have no answer, each once."""
    by_request: dict[UUID, list[tuple[datetime | None, date]]] = defaultdict(list)
    for request, at, valid_until in rows[0].values_list("request", "open_from", "valid_until"):
        by_request[request].append((at, valid_until))
    return [
        Waiting(
            "answer",
            request,
            request,
            min(at for at, _ in offers if at),
            due_on=min(until for _, until in offers),
            count=len(offers),
        )
        for request, offers in sorted(by_request.items(), key=lambda one: min(until for _, until in one[1]))[
            :MOST
        ]
    ]


def _rows_to_offer(desks: Desks) -> Rows:
    """Requests sent to one's bodies on which none of these has said anything."""
    offered = Offer.objects.filter(request=OuterRef("record"), desk__in=desks, open_from__isnull=False)
    regretted = Regret.objects.filter(record=OuterRef("record"), body__in=desks)
    rows = Request.objects.filter(~Exists(offered), ~Exists(regretted), closed_at__isnull=True)
    return [rows.filter(open_from__isnull=False).exclude(desk__in=desks)]


def _to_offer(rows: Rows, desks: Desks) -> list[Waiting]:
    # The network and the public may read a request too, and are not asked by that.
    asked_as = set(desks) | {people_of(body) for body in desks}
    asked = [row for row in rows[0].order_by("needed_by", "pk")[:MOST] if set(row.readers) & asked_as]
    return [
        Waiting("offer", row.record_id, row.record_id, row.open_from, due_on=row.needed_by, who=row.state_id)
        for row in asked
    ]


def _rows_to_send(desks: Desks) -> Rows:
    return [Deployment.objects.filter(desk__in=desks, open_from__isnull=True)]


def _to_send(rows: Rows, _desks: Desks) -> list[Waiting]:
    found = rows[0].select_related("record")[:MOST]
    return [Waiting("send", row.record_id, row.record_id, row.record.drafted_at) for row in found]


def _rows_to_confirm(desks: Desks) -> Rows:
    confirmed = Confirmation.objects.filter(participant=OuterRef("pk"))
    return [Participant.objects.filter(~Exists(confirmed), body__in=desks, open_from__isnull=False)]


def _to_confirm(rows: Rows, _desks: Desks) -> list[Waiting]:
    """Deployments in which one's bodies have not confirmed whom they send."""
    found = list(rows[0].values("record", "body").annotate(at=Min("open_from"))[:MOST])
    running = Deployment.objects.filter(record__in=[row["record"] for row in found], ended_at__isnull=True)
    begins = dict(running.values_list("record", "starts_on"))
    return [
        Waiting("confirm", row["record"], row["record"], row["at"], due_on=begins[row["record"]])
        for row in found
        if row["record"] in begins
    ]


def _rows_to_begin(desks: Desks) -> Rows:
    unconfirmed = Participant.objects.filter(record=OuterRef("record"), confirmations__isnull=True)
    rows = Deployment.objects.filter(~Exists(unconfirmed), desk__in=desks, open_from__isnull=False)
    return [rows.filter(begun_at__isnull=True)]


def _to_begin(rows: Rows, _desks: Desks) -> list[Waiting]:
    return [
        Waiting("begin", row.record_id, row.record_id, row.open_from, due_on=row.starts_on)
        for row in rows[0][:MOST]
    ]


def _rows_to_end(desks: Desks) -> Rows:
    rows = Deployment.objects.filter(desk__in=desks, begun_at__isnull=False, ended_at__isnull=True)
    return [rows.filter(ends_on__lt=today())]


def _to_end(rows: Rows, _desks: Desks) -> list[Waiting]:
    return [
        Waiting("end", row.record_id, row.record_id, row.begun_at, due_on=row.ends_on)
        for row in rows[0][:MOST]
    ]


def _rows_to_appraise(desks: Desks) -> Rows:
    ended = Deployment.objects.filter(record=OuterRef("record"), ended_at__isnull=False)
    given = Appraisal.objects.filter(deployment=OuterRef("record"))
    sent = Participant.objects.filter(Exists(ended), open_from__isnull=False)
    as_host = given.filter(desk=OuterRef("desk"), about=OuterRef("body"))
    return [
        sent.filter(~Exists(given.filter(desk=OuterRef("body"))), body__in=desks),
        sent.filter(~Exists(as_host), desk__in=desks),
    ]


def _to_appraise(rows: Rows, _desks: Desks) -> list[Waiting]:
    works = {record for side in rows for record in side.values_list("record", flat=True)[:MOST]}
    found = Deployment.objects.filter(record__in=works, ended_at__isnull=False)
    return [Waiting("appraise", row.record_id, row.record_id, row.ended_at) for row in found[:MOST]]


def _rows_of_lessons(desks: Desks) -> Rows:
    answer = Agreement.objects.filter(record=OuterRef("record"))
    agreed = Exists(answer.filter(agreed=True))
    return [
        Lesson.objects.filter(~Exists(answer), other__in=desks, open_from__isnull=False),
        Lesson.objects.filter(agreed, desk__in=desks, shared_at__isnull=True),
    ]


def _of_lessons(rows: Rows, _desks: Desks) -> list[Waiting]:
    to_answer, to_share = rows
    return [
        *(
            Waiting("agree", row.record_id, row.record_id, row.open_from, who=row.desk)
            for row in to_answer[:MOST]
        ),
        *(Waiting("share", row.record_id, row.record_id, row.open_from) for row in to_share[:MOST]),
    ]


def _rows_of_roster(desks: Desks) -> Rows:
    return [
        Correction.objects.filter(desk__in=desks, settled_at__isnull=True),
        Entry.objects.filter(desk__in=desks, asks_again_on__lte=today() + ASK_AGAIN),
    ]


def _of_roster(rows: Rows, _desks: Desks) -> list[Waiting]:
    corrections, ending = rows
    return [
        *(Waiting("correct", row.pk, row.record_id, row.at) for row in corrections[:MOST]),
        *(
            Waiting("runs_out", row.record_id, row.record_id, row.asked_again_at, due_on=row.asks_again_on)
            for row in ending.order_by("asks_again_on", "pk")[:MOST]
        ),
    ]


_ROWS: dict[str, Callable[[Desks], Rows]] = {
    "circulate": _rows_to_circulate,
    "answer": _rows_to_answer,
    "offer": _rows_to_offer,
    "send": _rows_to_send,
    "confirm": _rows_to_confirm,
    "begin": _rows_to_begin,
    "end": _rows_to_end,
    "appraise": _rows_to_appraise,
    "lessons": _rows_of_lessons,
    "roster": _rows_of_roster,
}
_COLLECT: dict[str, Callable[[Rows, Desks], list[Waiting]]] = {
    "circulate": _to_circulate,
    "answer": _to_answer,
    "offer": _to_offer,
    "send": _to_send,
    "confirm": _to_confirm,
    "begin": _to_begin,
    "end": _to_end,
    "appraise": _to_appraise,
    "lessons": _of_lessons,
    "roster": _of_roster,
}


_ROUTES = {
    "consent": "assistance_consent",
    "circulate": "assistance_circulate",
    "answer": "assistance_compare",
    "offer": "assistance_request",
    "correct": "assistance_correction",
    "runs_out": "assistance_entry",
    "agree": "assistance_lesson",
    "share": "assistance_lesson",
}


def sentence_of(one: Waiting, what: str, who: str) -> str:
    """What waits, as a sentence that asks for it."""
    said = {"what": what, "who": who}
    if one.about == "answer":
        said["count"] = str(one.count)
        return (
            ngettext(
                "%(count)s offer waits for your answer: %(what)s",
                "%(count)s offers wait for your answer: %(what)s",
                one.count,
            )
            % said
        )
    sentences = {
        "consent": _("%(who)s asks whether you agree to a deployment"),
        "circulate": _("Choose whom to ask, or hand back: %(what)s"),
        "offer": _("%(who)s asks for help: %(what)s"),
        "send": _("Send the deployment to those who take part: %(what)s"),
        "confirm": _("Confirm whom you send: %(what)s"),
        "begin": _("Everybody has confirmed; say when it begins: %(what)s"),
        "end": _("The last day is over; say how it ended: %(what)s"),
        "appraise": _("Appraise what was done: %(what)s"),
        "agree": _("%(who)s asks whether the network may read a lesson: %(what)s"),
        "share": _("The other side agrees; share the lesson: %(what)s"),
        "correct": _("An expert corrects their entry: %(what)s"),
        "runs_out": _("A clearance or a skill runs out: %(what)s"),
    }
    return sentences[one.about] % said


def path_of(one: Waiting) -> str:
    """Where it is dealt with."""
    return reverse(_ROUTES.get(one.about, "assistance_deployment"), args=[one.subject])


def _task(
    one: Waiting,
    titles: Mapping[UUID, str],
    names: dict[UUID, dict[str, str]],
    zone: ZoneInfo,
    language: str,
) -> Task:
    due = datetime.combine(one.due_on, time.max, tzinfo=zone).replace(microsecond=0) if one.due_on else None
    who = name_in(names.get(one.who, {}), language) if one.who else ""
    return Task(sentence_of(one, titles.get(one.record, ""), who), due, path_of(one), one.since)

"""What waits for somebody in this room; asked in as many questions whatever there is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.network.public import Account, Task
from rtopnet.sharing.public import database_now, titles_in_sight
from rtopnet.warning.assessments.models import Assessment, Assessor, Comment, Conclusion, HandIn
from rtopnet.warning.assessments.queries.courses import Times, me, times_of
from rtopnet.warning.assessments.rules.course import SECOND, Stage, may_reveal, stage_of, turn_of

MOST = 20
_ME = RawSQL("SELECT acting_account()", [])
_DESKS = RawSQL("SELECT unnest(acting_desks())", [])
_SCORING = {Stage.SCORING, Stage.SECOND_SCORING}
_DISCUSSING = {Stage.DISCUSSION, Stage.SECOND_DISCUSSION}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: of what kind, in which assessment, since when and until when."""

    about: str
    record: UUID
    since: datetime | None
    due_at: datetime | None = None


def assessment_tasks_for(_account: Account, _language: str) -> list[Task]:
    """What waits for the acting account in this room, soonest due first."""
    waiting = waiting_for()
    titles = titles_in_sight({one.record for one in waiting}) if waiting else {}
    tasks = [_task(one, titles.get(one.record, "")) for one in waiting if one.record in titles]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def waiting_for() -> list[Waiting]:
    """Everything that waits for the acting account: as an assessor, and as who decides for the owner."""
    done = Conclusion.objects.values("record")
    seats = Assessor.objects.exclude(record__in=done).filter(account_id__in=_ME, open_from__isnull=False)
    owned = Assessment.objects.exclude(record__in=done).filter(desk__in=_DESKS, open_from__isnull=False)
    # One question tells what there is at all; for most people on most days that is nothing.
    found = list(
        seats.order_by()
        .values_list("record", Value(-1, output_field=IntegerField()))
        .union(owned.order_by().values_list("record", Cast("panel_size", IntegerField())))[: 2 * MOST]
    )
    if not found:
        return []
    seated = [record for record, size in found if size < 0]
    own = {record: size for record, size in found if size >= 0}
    times = times_of({*seated, *own})
    return [*_as_assessor(seated, times, me()), *_as_owner(own, times)]


def _as_assessor(seated: Collection[UUID], times: dict[UUID, Times], account: UUID) -> Iterator[Waiting]:
    handed_in = set(
        HandIn.objects.filter(record__in=seated, account_id=account).values_list("record", "turn")
    )
    spoken = set(Comment.objects.filter(record__in=seated, by_id=account).values_list("record", flat=True))
    for record in seated:
        at, stage = times[record], stage_of(times[record].course)
        turn = turn_of(at.course)
        if stage in _SCORING and (record, turn) not in handed_in:
            second = turn == SECOND
            since = at.course.second_at if second else at.course.opened_at
            due_at = at.second_closes_at if second else at.closes_at
            yield Waiting("rescore" if second else "score", record, since, due_at)
        elif stage in _DISCUSSING and record not in spoken:
            yield Waiting("discuss", record, at.course.second_revealed_at or at.course.revealed_at)


def _as_owner(own: dict[UUID, int], times: dict[UUID, Times]) -> Iterator[Waiting]:
    counts = HandIn.objects.filter(record__in=own).values("record", "turn").annotate(number=Count("pk"))
    handed_in = {(one["record"], one["turn"]): one["number"] for one in counts}
    instant = database_now()
    for record, panel_size in own.items():
        at, stage = times[record], stage_of(times[record].course)
        turn = turn_of(at.course)
        closes_at = (at.second_closes_at if turn == SECOND else at.closes_at) or instant
        if stage in _SCORING and may_reveal(handed_in.get((record, turn), 0), panel_size, closes_at, instant):
            yield Waiting("reveal", record, closes_at)
        elif stage in _DISCUSSING:
            yield Waiting("conclude", record, at.course.second_revealed_at or at.course.revealed_at)


def _task(one: Waiting, title: str) -> Task:
    words = {
        "score": _("Score by the Framework: %(title)s"),
        "rescore": _("Look at your scores again, second round: %(title)s"),
        "discuss": _("Discuss the scores: %(title)s"),
        "reveal": _("Show the scores: %(title)s"),
        "conclude": _("Conclude, or open a second round: %(title)s"),
    }
    routes = {"score": "situation_assessment_score", "rescore": "situation_assessment_score"}
    route = routes.get(one.about, "situation_assessment")
    return Task(words[one.about] % {"title": title}, one.due_at, reverse(route, args=[one.record]), one.since)

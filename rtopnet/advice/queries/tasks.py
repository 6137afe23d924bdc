"""What waits for somebody in the room; the home page lists it with what waits in others."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rtopnet.advice.models import Paper, SentStep, Transmission, What
from rtopnet.advice.queries.courses import courses_of, courses_of_sent
from rtopnet.advice.queries.references import papers_called
from rtopnet.advice.rules.course import Course, Stage, due_at, since, stage_of
from rtopnet.network.public import Account, Task, acting_desks

MOST = 50


def advice_tasks_for(account: Account, language: str) -> list[Task]:  # noqa: ARG001 -- as in every room
    """Drafts that came back, papers to transmit, advice to acknowledge, answer or close; for desks."""
    desks = acting_desks()
    if not desks:
        return []
    closed = SentStep.objects.filter(what=What.CLOSED).values("record")
    sent = list(
        Transmission.objects.filter(Q(desk__in=desks) | Q(office__in=desks))
        .exclude(record__in=closed)
        .order_by("transmitted_at")[:MOST]
    )
    gone = Transmission.objects.values("paper")
    papers = list(
        Paper.objects.filter(desk__in=desks, withdrawn_at__isnull=True)
        .exclude(record__in=gone)
        .order_by("begun_at")[:MOST]
    )
    titles = papers_called([*(row.record_id for row in papers), *(row.record_id for row in sent)])
    courses, after = courses_of(papers, {}), courses_of_sent(sent)
    return [
        *_of_papers(papers, courses, titles),
        *_of_sent(sent, after, titles, desks),
    ]


def _of_papers(papers: list[Paper], courses: dict[UUID, Course], titles: dict[UUID, str]) -> Iterable[Task]:
    for row in papers:
        course, title = courses[row.record_id], titles.get(row.record_id, "")
        url = reverse("network_advice_paper", args=[row.record_id])
        if stage_of(course) is Stage.CLEARED:
            words = _("Transmit the cleared paper “%(title)s”") % {"title": title}
            yield Task(words, None, url, since(course))
        elif course.returned_at is not None and stage_of(course) is Stage.DRAFT:
            words = _("Write the next version of “%(title)s”, which came back from clearance")
            yield Task(words % {"title": title}, None, url, since(course))


def _of_sent(
    rows: list[Transmission], courses: dict[UUID, Course], titles: dict[UUID, str], desks: frozenset[UUID]
) -> Iterable[Task]:
    for row in rows:
        course, title = courses[row.record_id], titles.get(row.record_id, "")
        stage, url = stage_of(course), reverse("network_advice_sent", args=[row.record_id])
        words = ""
        if row.office_id in desks and stage is Stage.TRANSMITTED:
            words = _("Acknowledge the advice “%(title)s”")
        elif row.office_id in desks and stage is Stage.ACKNOWLEDGED:
            words = _("Answer the advice “%(title)s”")
        elif row.desk in desks and stage in {Stage.ANSWERED, Stage.FOLLOWED_UP}:
            words = _("Follow up the answer on “%(title)s”, or close it")
        if words:
            yield Task(words % {"title": title}, due_at(course), url, since(course))

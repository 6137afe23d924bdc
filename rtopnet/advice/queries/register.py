"""All advice in sight: where each stands, and how long each step took; nothing is counted or ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from rtopnet.advice.layouts import layouts_of
from rtopnet.advice.models import Paper, Transmission
from rtopnet.advice.queries.courses import courses_of, courses_of_sent
from rtopnet.advice.queries.references import own_region, papers_called
from rtopnet.advice.rules.course import Actor, Course, Span, Stage, actor_of, due_at, spans, stage_of
from rtopnet.network.public import names_of

ON_A_PAGE = 25


@dataclass(frozen=True)
class AdviceLine:
    """A paper, or for the office its transmission, in the register."""

    record: UUID
    is_sent: bool
    """It leads to the transmission: whoever looks does not read the paper."""
    title: str
    form: str
    form_key: str
    owner_names: dict[str, str]
    office_names: dict[str, str]
    reference: str
    course: Course
    spans: tuple[Span, ...]
    at: datetime

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.course)

    @property
    def actor(self) -> Actor:
        """Who has to act now."""
        return actor_of(self.stage)

    @property
    def due_at(self) -> datetime | None:
        """By when the office is asked to act."""
        return due_at(self.course)


@dataclass(frozen=True)
class Register:
    """Some of the advice in sight; ``next`` asks for what is older, None where there is none."""

    lines: tuple[AdviceLine, ...]
    next: datetime | None


def advice_register(*, before: datetime | None = None) -> Register:
    """The advice in sight, the latest begun (for an office: received) first."""
    papers, alone = (
        Paper.objects.order_by("-begun_at", "pk"),
        Transmission.objects.order_by("-transmitted_at", "pk"),
    )
    alone = alone.exclude(paper__in=Paper.objects.values("record"))
    if before is not None:
        papers, alone = papers.filter(begun_at__lt=before), alone.filter(transmitted_at__lt=before)
    rows, received = list(papers[: ON_A_PAGE + 1]), list(alone[: ON_A_PAGE + 1])
    sent = {
        row.paper_id: row for row in Transmission.objects.filter(paper__in=[row.record_id for row in rows])
    }
    lines = sorted(_lines(rows, sent, received), key=lambda line: (line.at, line.record), reverse=True)
    page = tuple(lines[:ON_A_PAGE])
    return Register(page, page[-1].at if len(lines) > ON_A_PAGE else None)


def transmissions_page(
    *, after: tuple[datetime, UUID] | None = None, size: int = ON_A_PAGE
) -> list[tuple[tuple[datetime, UUID], AdviceLine]]:
    """Transmissions in sight with their places in the list, the latest first, from ``after`` on."""
    rows = Transmission.objects.order_by("-transmitted_at", "-record")
    if after is not None:
        at, last = after
        rows = rows.filter(Q(transmitted_at__lt=at) | Q(transmitted_at=at, record__lt=last))
    lines = _lines([], {}, list(rows[:size]))
    return [((line.at, line.record), line) for line in lines]


def _lines(
    papers: list[Paper], sent: Mapping[UUID, Transmission], received: list[Transmission]
) -> list[AdviceLine]:
    if not papers and not received:
        return []
    language, layouts = get_language() or "en", layouts_of(own_region().slug)
    forms = {key: layout.name(language) for key, layout in layouts.items()}
    courses, after = courses_of(papers, sent), courses_of_sent(received)
    rows: list[Paper | Transmission] = [*papers, *received]
    titles = papers_called([row.record_id for row in rows])
    names = names_of({one for row in rows for one in (row.desk, row.office_id) if one is not None})

    def line(row: Paper | Transmission, course: Course, at: datetime, reference: str) -> AdviceLine:
        return AdviceLine(
            record=row.record_id,
            is_sent=isinstance(row, Transmission),
            title=titles.get(row.record_id, ""),
            form=forms.get(row.form, row.form),
            form_key=row.form,
            owner_names=names.get(row.desk, {}) if row.desk else {},
            office_names=names.get(row.office_id, {}),
            reference=reference,
            course=course,
            spans=spans(course),
            at=at,
        )

    return [
        *(
            line(
                row,
                courses[row.record_id],
                row.begun_at,
                sent[row.record_id].reference if row.record_id in sent else "",
            )
            for row in papers
        ),
        *(line(row, after[row.record_id], row.transmitted_at, row.reference) for row in received),
    ]

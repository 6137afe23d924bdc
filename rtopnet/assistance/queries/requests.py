"""Requests as the acting account may see them: its own state's, and those that were sent to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from rtopnet.assistance.models import Need, Progress, Regret, Request
from rtopnet.assistance.queries.courses import courses_of
from rtopnet.assistance.rules.course import Actor, Course, Stage, actor_of, since, stage_of
from rtopnet.assistance.rules.fit import Wanted
from rtopnet.assistance.rules.words import Area, Form, Pillar
from rtopnet.network.public import names_of
from rtopnet.sharing.public import (
    RecordSheet,
    acting_principals,
    known_sheet,
    record_sheet,
    titles_in_sight,
)


@dataclass(frozen=True)
class NeedInSight:
    """One thing that is needed."""

    id: UUID
    record: UUID
    what: str
    area: Area
    pillar: Pillar
    form: Form | None
    skills: tuple[str, ...]
    level: int
    languages: tuple[str, ...]
    clearances: tuple[str, ...]
    number: int
    starts_on: date
    ends_on: date
    place: str
    budget: Decimal | None
    currency: str

    @property
    def wanted(self) -> Wanted:
        """It, as far as fitting depends on it."""
        return Wanted(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            skills=frozenset(self.skills),
            languages=frozenset(self.languages),
            level=self.level,
            clearances=frozenset(self.clearances),
        )


@dataclass(frozen=True)
class RegretInSight:
    """That a body will not offer, and its words."""

    body: UUID
    names: dict[str, str]
    words: str
    at: datetime


@dataclass(frozen=True)
class RequestSheet:
    """A request with all of it that the acting account reads; ``course`` is for the asking state alone."""

    id: UUID
    sheet: RecordSheet
    state: UUID
    state_names: dict[str, str]
    conditions: str
    needed_by: date | None
    closed_at: datetime | None
    needs: tuple[NeedInSight, ...]
    regrets: tuple[RegretInSight, ...]
    course: Course | None

    @property
    def is_own(self) -> bool:
        """Whether it is the acting account's own state's."""
        return self.sheet.is_own

    @property
    def stage(self) -> Stage:
        """Where it stands; for others it is circulated, as they may not know of other offers."""
        return stage_of(self.course) if self.course else Stage.CIRCULATED

    @property
    def since(self) -> datetime | None:
        """Since when it stands there."""
        return since(self.course) if self.course else self.sheet.released_at

    @property
    def actor(self) -> Actor:
        """Who has to act now."""
        return actor_of(self.stage)


@dataclass(frozen=True)
class RequestLine:
    """A request in a list."""

    id: UUID
    title: str
    state: UUID
    state_names: dict[str, str]
    stage: Stage
    since: datetime | None
    actor: Actor
    needed_by: date | None
    is_own: bool


def request_sheet(record: UUID) -> RequestSheet | None:
    """The request, or None where the acting account does not read it."""
    row = Request.objects.filter(record_id=record).first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    return RequestSheet(
        id=record,
        sheet=sheet,
        state=row.state_id,
        state_names=names_of([row.state_id]).get(row.state_id, {}),
        conditions=row.conditions,
        needed_by=row.needed_by,
        closed_at=row.closed_at,
        needs=tuple(needs_of([record])),
        regrets=tuple(_regrets(record)),
        course=courses_of([record]).get(record) if sheet.is_own else None,
    )


def was_withdrawn(record: UUID) -> bool:
    """Whether the acting account once read the request, and its state stopped it."""
    known = known_sheet(record)
    return (
        known is not None and known.kind == "assistance_request" and (known.is_recalled or known.is_withdrawn)
    )


def needs_of(records: Collection[UUID]) -> list[NeedInSight]:
    """What the requests ask for, request by request, in the order in which it was written."""
    return [_need(row) for row in Need.objects.filter(record__in=records).order_by("record", "position")]


def need_in_sight(need: UUID) -> NeedInSight | None:
    """One need, where the acting account reads its request."""
    row = Need.objects.filter(pk=need).first()
    return _need(row) if row else None


def requests_listed(*, own: bool, open_only: bool = False, limit: int = 200) -> list[RequestLine]:
    """Requests of the acting account's own state, or those sent to it; the latest drafted first.

    With ``open_only``, those on which something can still happen.
    """
    mine = acting_principals()
    rows = Request.objects.select_related("record").order_by("-record__drafted_at", "pk")
    rows = rows.filter(owner__in=mine) if own else rows.exclude(owner__in=mine)
    if open_only and own:
        rows = rows.filter(record__in=Progress.objects.filter(ended_at__isnull=True).values("record"))
    elif open_only:
        rows = rows.filter(closed_at__isnull=True)
    return request_lines(list(rows[:limit]), own=own)


def request_lines(rows: Iterable[Request], *, own: bool) -> list[RequestLine]:
    """Requests as lines of a list, with where they stand."""
    found = list(rows)
    records = [row.record_id for row in found]
    titles, courses = titles_in_sight(records), courses_of(records) if own else {}
    names = names_of({row.state_id for row in found})
    lines = []
    for row in found:
        course = courses.get(row.record_id)
        stage = stage_of(course) if course else Stage.CIRCULATED
        lines.append(
            RequestLine(
                id=row.record_id,
                title=titles.get(row.record_id, ""),
                state=row.state_id,
                state_names=names.get(row.state_id, {}),
                stage=stage,
                since=since(course) if course else row.record.released_at,
                actor=actor_of(stage),
                needed_by=row.needed_by,
                is_own=own,
            )
        )
    return lines


def _regrets(record: UUID) -> list[RegretInSight]:
    rows = list(Regret.objects.filter(record_id=record).order_by("at"))
    names = names_of({row.body for row in rows})
    return [RegretInSight(row.body, names.get(row.body, {}), row.words, row.at) for row in rows]


def _need(row: Need) -> NeedInSight:
    return NeedInSight(
        id=row.pk,
        record=row.record_id,
        what=row.what,
        area=Area(row.area),
        pillar=Pillar(row.pillar),
        form=Form(row.form) if row.form else None,
        skills=tuple(row.skills),
        level=row.level,
        languages=tuple(row.languages),
        clearances=tuple(row.clearances),
        number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        budget=row.budget,
        currency=row.currency,
    )

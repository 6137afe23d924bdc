"""Warnings as the acting account may see them, each with its line of time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.network.public import names_of
from rtopnet.sharing.public import (
    Record,
    RecordSheet,
    acting_principals,
    database_now,
    kind_name,
    known_sheet,
    record_path,
    record_sheet,
    titles_in_sight,
)
from rtopnet.warning.alerts.models import Alert, AlertAnswer, AlertLink, AskedBody, Sponsor
from rtopnet.warning.alerts.queries.courses import latest, moments_of
from rtopnet.warning.alerts.queries.timeline import TimeLine, line_of_time
from rtopnet.warning.alerts.rules.course import (
    AFTER_ISSUE,
    AnswerKind,
    Course,
    Crime,
    Level,
    LinkKind,
    Outcome,
    Stage,
)
from rtopnet.warning.alerts.rules.pace import Gap, Tally, gaps, tally

Names = dict[str, str]


@dataclass(frozen=True)
class SponsorInSight:
    """A state that was asked to sign, and what it did."""

    state: UUID
    names: Names
    asked_at: datetime
    signed_at: datetime | None
    left_at: datetime | None
    words: str
    is_mine: bool

    @property
    def has_signed(self) -> bool:
        """Whether its name stands on the warning."""
        return self.signed_at is not None and self.left_at is None


@dataclass(frozen=True)
class AskedInSight:
    """That a body was asked to answer, and whether it did in time."""

    body: UUID
    names: Names
    due_at: datetime
    answered_at: datetime | None
    is_overdue: bool
    is_mine: bool


@dataclass(frozen=True)
class AnswerInSight:
    """What somebody who was warned does about it."""

    id: UUID
    body: UUID
    names: Names
    kind: AnswerKind
    words: str
    openly: bool
    at: datetime
    is_mine: bool


@dataclass(frozen=True)
class LinkInSight:
    """A record tied to the warning that the acting account reads as well."""

    record: UUID
    kind: LinkKind
    title: str
    kind_name: str
    url: str
    body_names: Names
    is_mine: bool


@dataclass(frozen=True)
class AlertSheet:
    """A warning with all of it that the acting account reads."""

    id: UUID
    sheet: RecordSheet
    course: Course
    level: Level | None
    crimes: tuple[Crime, ...]
    issued_at: datetime | None
    answers_due_at: datetime | None
    closed_at: datetime | None
    missed_on: date | None
    outcome: Outcome | None
    outcome_words: str
    lesson: str
    gaps: tuple[Gap, ...]
    line: tuple[TimeLine, ...]
    sponsors: tuple[SponsorInSight, ...]
    asked: tuple[AskedInSight, ...]
    answers: tuple[AnswerInSight, ...]
    links: tuple[LinkInSight, ...]
    is_exercise: bool
    region_slug: str

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.course.stage

    @property
    def is_own(self) -> bool:
        """Whether it is the acting account's own body's."""
        return self.sheet.is_own

    @property
    def tally(self) -> Tally:
        """How those answered whom the acting account may know to have been asked."""
        measured_at = self.gaps[-1].measured_at if self.gaps else self.sheet.written_at
        return tally(((one.due_at, one.answered_at) for one in self.asked), measured_at)

    @property
    def running(self) -> Gap | None:
        """The stage that it stands at now, with its clock."""
        return next((gap for gap in self.gaps if gap.is_running), None)


@dataclass(frozen=True)
class AlertLine:
    """A warning in a list."""

    id: UUID
    title: str
    owner: UUID
    owner_names: Names
    stage: Stage
    level: Level | None
    crimes: tuple[Crime, ...]
    outcome: Outcome | None
    closed_at: datetime | None
    missed_on: date | None
    is_own: bool
    clock: Gap | None
    gaps: tuple[Gap, ...]


def alert_sheet(record: UUID) -> AlertSheet | None:
    """The warning, or None where the acting account does not read it."""
    row = Alert.objects.filter(record_id=record).select_related("record__region").first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    at, moments = database_now(), moments_of([record])[record]
    others = [one for one in sheet.concerned if one.state != sheet.owner]
    answers = tuple(_answers(record))
    measured = gaps(moments, at)
    return AlertSheet(
        id=record,
        sheet=sheet,
        course=Course(latest(moments), bool(others), all(one.is_heard for one in others)),
        level=Level(row.level) if row.level else None,
        crimes=_crimes(row),
        issued_at=row.issued_at,
        answers_due_at=row.answers_due_at,
        closed_at=row.closed_at,
        missed_on=row.missed_on,
        outcome=Outcome(row.outcome) if row.outcome else None,
        outcome_words=row.outcome_words,
        lesson=row.lesson,
        gaps=measured,
        line=line_of_time(record, sheet, measured),
        sponsors=tuple(_sponsors(record)),
        asked=tuple(_asked(record, at, is_open=row.closed_at is None)),
        answers=answers,
        links=tuple(links_in_sight(record)),
        is_exercise=row.record.region.kind == "exercise",
        region_slug=row.record.region.slug,
    )


def was_taken_back(record: UUID) -> bool:
    """Whether the acting account once read the warning, and its owner recalled or withdrew it."""
    known = known_sheet(record)
    return known is not None and known.kind == "warning" and (known.is_recalled or known.is_withdrawn)


def alerts_listed(*, is_open: bool, limit: int = 200) -> list[AlertLine]:
    """Warnings in sight that are open, or closed; the latest begun first."""
    rows = Alert.objects.filter(closed_at__isnull=is_open).select_related("record")
    return alert_lines(rows.order_by("-record__drafted_at", "pk")[:limit])


def alert_lines(rows: Iterable[Alert]) -> list[AlertLine]:
    """Warnings as lines of a list, with the clock of the stage each stands at."""
    found = list(rows)
    records = [row.record_id for row in found]
    titles, moments, at = titles_in_sight(records), moments_of(records), database_now()
    mine, names = acting_principals(), names_of({row.desk for row in found if row.desk})
    return [
        _line(row, titles.get(row.record_id, ""), gaps(moments[row.record_id], at), mine, names)
        for row in found
    ]


def links_in_sight(record: UUID) -> list[LinkInSight]:
    """Records tied to the warning that the acting account reads; of others nothing at all."""
    rows = list(AlertLink.objects.filter(record_id=record).order_by("kind", "added_at"))
    titles = titles_in_sight({row.linked for row in rows})
    kinds = dict(Record.objects.filter(pk__in=titles).values_list("pk", "kind"))
    mine, names = acting_principals(), names_of({row.body for row in rows})
    return [
        LinkInSight(
            record=row.linked,
            kind=LinkKind(row.kind),
            title=titles[row.linked],
            kind_name=kind_name(kinds[row.linked]),
            url=record_path(kinds[row.linked], row.linked),
            body_names=names.get(row.body, {}),
            is_mine=row.body in mine,
        )
        for row in rows
        if row.linked in titles and row.linked in kinds
    ]


def open_to_answers(row: Alert) -> bool:
    """Whether the warning still asks for answers."""
    return row.issued_at is not None and row.closed_at is None


def is_running(stage: Stage) -> bool:
    """Whether a warning at that stage has gone out and is not closed."""
    return stage in AFTER_ISSUE


def _line(
    row: Alert, title: str, measured: tuple[Gap, ...], mine: Collection[UUID], names: dict[UUID, Names]
) -> AlertLine:
    clock = next((gap for gap in measured if gap.is_running), None)
    return AlertLine(
        id=row.record_id,
        title=title,
        owner=row.desk or UUID(int=0),
        owner_names=names.get(row.desk, {}) if row.desk else {},
        stage=clock.stage if clock else Stage.CLOSED,
        level=Level(row.level) if row.level else None,
        crimes=_crimes(row),
        outcome=Outcome(row.outcome) if row.outcome else None,
        closed_at=row.closed_at,
        missed_on=row.missed_on,
        is_own=row.owner in mine,
        clock=clock,
        gaps=measured,
    )


def _crimes(row: Alert) -> tuple[Crime, ...]:
    return tuple(crime for crime in Crime if crime.value in row.crimes)


def _sponsors(record: UUID) -> list[SponsorInSight]:
    mine = acting_principals()
    rows = Sponsor.objects.filter(record_id=record).select_related("state").order_by("asked_at", "pk")
    return [
        SponsorInSight(
            state=row.state_id,
            names=row.state.names,
            asked_at=row.asked_at,
            signed_at=row.signed_at,
            left_at=row.left_at,
            words=row.words,
            is_mine=row.state_id in mine,
        )
        for row in rows
    ]


def _asked(record: UUID, at: datetime, *, is_open: bool) -> list[AskedInSight]:
    rows = list(AskedBody.objects.filter(record_id=record))
    names, mine = names_of({row.body for row in rows}), acting_principals()
    found = [
        AskedInSight(
            body=row.body,
            names=names.get(row.body, {}),
            due_at=row.due_at,
            answered_at=row.answered_at,
            is_overdue=is_open and row.answered_at is None and row.due_at < at,
            is_mine=row.body in mine,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.names.get("en", ""), one.body))


def _answers(record: UUID) -> list[AnswerInSight]:
    rows = list(AlertAnswer.objects.filter(record_id=record).order_by("at", "pk"))
    names, mine = names_of({row.body for row in rows}), acting_principals()
    return [
        AnswerInSight(
            id=row.pk,
            body=row.body,
            names=names.get(row.body, {}),
            kind=AnswerKind(row.kind),
            words=row.words,
            openly=row.openly,
            at=row.at,
            is_mine=row.body in mine,
        )
        for row in rows
    ]

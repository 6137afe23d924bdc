"""Assessments as the acting account may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.network.public import names_of, people_of_region
from rtopnet.sharing.public import RecordSheet, database_now, record_sheet
from rtopnet.warning.assessments.models import (
    Assessment,
    Assessor,
    Comment,
    Conclusion,
    HandIn,
    MinorityView,
    OutlookNote,
)
from rtopnet.warning.assessments.queries.courses import Times, me, times_of
from rtopnet.warning.assessments.queries.results import TurnResult, turn_result
from rtopnet.warning.assessments.rules.changes import Contrast
from rtopnet.warning.assessments.rules.course import (
    FIRST,
    SECOND,
    Course,
    Deed,
    Stage,
    allows,
    last_revealed,
    may_reveal,
    stage_of,
    turn_of,
)
from rtopnet.warning.assessments.rules.profiles import Crime, ProfileLevel
from rtopnet.warning.indicators.public import Framework, KeptFramework, Version, framework_of


@dataclass(frozen=True)
class PanelLine:
    """An assessor as the owner sees them: who it is and whether they handed in, and no more."""

    account: UUID
    name: str
    titles: tuple[dict[str, str], ...]
    bodies: tuple[dict[str, str], ...]
    has_handed_in: bool


@dataclass(frozen=True)
class Saying:
    """A word of the discussion or a minority view; ``number`` is None where the owner speaks."""

    number: int | None
    code: str
    words: str
    at: datetime
    is_mine: bool


@dataclass(frozen=True)
class ConclusionInSight:
    """What the owner concluded."""

    words: str
    turn: int
    levels: dict[Crime, ProfileLevel | None]
    at: datetime


@dataclass(frozen=True)
class NoteInSight:
    """Why judgement and outlook differed on a day."""

    contrast: Contrast
    level: str
    direction: str
    origin: date
    words: str
    at: datetime


@dataclass(frozen=True)
class AssessmentSheet:
    """An assessment with all of it that the acting account reads, except its scores."""

    id: UUID
    sheet: RecordSheet
    state: UUID
    iso3: str
    state_names: dict[str, str]
    place: str
    crimes: tuple[Crime, ...]
    starts_on: date
    ends_on: date
    planned_close: datetime
    framework: Framework
    times: Times
    panel_size: int
    body_names: tuple[dict[str, str], ...]
    my_number: int | None
    have_handed_in: bool
    panel: tuple[PanelLine, ...]
    """Empty for all but the owner."""
    sayings: tuple[Saying, ...]
    minority: tuple[Saying, ...]
    conclusion: ConclusionInSight | None
    notes: tuple[NoteInSight, ...]
    read_at: datetime

    @property
    def course(self) -> Course:
        """What has happened to it."""
        return self.times.course

    @property
    def asked(self) -> str:
        """What was asked of the assessors; the conclusion, which the record says too, stands for itself."""
        said = self.conclusion.words if self.conclusion else ""
        return self.sheet.body.removesuffix(said).strip()

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.course)

    @property
    def turn(self) -> int:
        """The latest turn of scoring."""
        return turn_of(self.course)

    @property
    def closes_at(self) -> datetime | None:
        """Until when scores of the latest turn are waited for."""
        return self.times.second_closes_at if self.turn == SECOND else self.times.closes_at

    @property
    def shown_turns(self) -> tuple[int, ...]:
        """Turns whose scores are shown, the latest first."""
        last = last_revealed(self.course)
        return (SECOND, FIRST) if last == SECOND else (FIRST,) if last else ()

    @property
    def handed_in(self) -> int:
        """How many handed in; for the owner alone, 0 for others."""
        return sum(1 for one in self.panel if one.has_handed_in)

    def can(self, deed: Deed) -> bool:
        """Whether the acting account can do this now, so that no page shows what would be refused."""
        if not allows(self.course, deed) or self.sheet.stage in {"recalled", "withdrawn", "expired"}:
            return False
        if deed in {Deed.SCORE, Deed.DISSENT}:
            return self.my_number is not None
        if deed is Deed.DISCUSS:
            return self.my_number is not None or self.sheet.decides
        if deed is Deed.PREPARE:
            return self.sheet.writes
        if deed is Deed.REVEAL:
            closes_at = self.closes_at or self.read_at
            is_time = may_reveal(self.handed_in, self.panel_size, closes_at, self.read_at)
            return self.sheet.decides and is_time
        return self.sheet.decides


def assessment_sheet(record: UUID, language: str = "en") -> AssessmentSheet | None:
    """The assessment, or None where the acting account does not read it."""
    row = Assessment.objects.filter(record_id=record).select_related("state").first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    times = times_of([record])[record]
    names = names_of([row.state_id, *row.bodies])
    seat = Assessor.objects.filter(record_id=record, account_id=me()).first()
    turn = turn_of(times.course)
    handed_in = set(HandIn.objects.filter(record_id=record, turn=turn).values_list("account", flat=True))
    return AssessmentSheet(
        id=record,
        sheet=sheet,
        state=row.state_id,
        iso3=row.state.iso3,
        state_names=names.get(row.state_id, {}),
        place=row.place,
        crimes=tuple(Crime(crime) for crime in row.crimes),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        planned_close=row.closes_at,
        framework=_framework(row, language),
        times=times,
        panel_size=row.panel_size,
        body_names=tuple(names[body] for body in row.bodies if body in names),
        my_number=seat.number if seat else None,
        have_handed_in=me() in handed_in,
        panel=_panel(row, handed_in) if sheet.is_own else (),
        sayings=_sayings(Comment, record),
        minority=_sayings(MinorityView, record),
        conclusion=_conclusion(record),
        notes=_notes(record),
        read_at=database_now(),
    )


def result_of(found: AssessmentSheet, turn: int) -> TurnResult | None:
    """What assessors said in a turn, once it is shown."""
    if turn not in found.shown_turns:
        return None
    return turn_result(found.id, turn, found.framework, found.crimes)


def panel_of(record: UUID) -> list[UUID]:
    """Accounts that score, for the owner's people."""
    return list(Assessor.objects.filter(record_id=record).values_list("account", flat=True))


def _framework(row: Assessment, language: str) -> Framework:
    kept = KeptFramework(Version(row.framework_sha256, row.framework_label), row.framework)
    return framework_of(kept, language)


def _panel(row: Assessment, handed_in: set[UUID]) -> tuple[PanelLine, ...]:
    accounts = set(panel_of(row.record_id))
    # By name, so that nothing tells which number is whose.
    return tuple(
        PanelLine(one.id, one.name, one.titles, one.bodies, one.id in handed_in)
        for one in people_of_region(row.record.region_id)
        if one.id in accounts
    )


def _sayings(model: type[Comment] | type[MinorityView], record: UUID) -> tuple[Saying, ...]:
    account = me()
    rows = model.objects.filter(record_id=record).order_by("at", "pk")
    return tuple(Saying(row.number, row.code, row.words, row.at, row.by_id == account) for row in rows)


def _conclusion(record: UUID) -> ConclusionInSight | None:
    row = Conclusion.objects.filter(record_id=record).first()
    return ConclusionInSight(row.words, row.turn, levels_from(row.levels), row.at) if row else None


def levels_from(kept: dict[str, int | None]) -> dict[Crime, ProfileLevel | None]:
    """Levels as they were kept, by crime, in the order of profiles."""
    return {
        crime: None if kept[crime] is None else ProfileLevel(kept[crime] or 0)
        for crime in Crime
        if crime in kept
    }


def _notes(record: UUID) -> tuple[NoteInSight, ...]:
    rows = OutlookNote.objects.filter(record_id=record).order_by("at", "pk")
    return tuple(
        NoteInSight(Contrast(row.contrast), row.level, row.direction, row.origin, row.words, row.at)
        for row in rows
    )

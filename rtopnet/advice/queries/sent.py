"""What was transmitted, for who wrote it, who cleared it, and the office that it went to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rtopnet.advice.models import Paper, SentFile, SentFollowUp, SentStep, Transmission
from rtopnet.advice.queries.courses import courses_of_sent
from rtopnet.advice.rules.course import Course, Deed, Span, Stage, allows, due_at, spans, stage_of
from rtopnet.network.public import acting_desks, names_of
from rtopnet.sharing.public import RecordSheet, record_sheet, titles_in_sight

Names = dict[str, str]


@dataclass(frozen=True)
class StepLine:
    """What somebody did after the transmission."""

    what: str
    who: Names
    at: datetime
    words: str


@dataclass(frozen=True)
class FileLine:
    """A file of what was transmitted."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ActionLine:
    """An action that followed, for who reads it."""

    record: UUID
    title: str


@dataclass(frozen=True)
class SentPage:
    """A transmission, and what the acting account may do with it."""

    record: UUID
    sheet: RecordSheet
    form: str
    reference: str
    office: UUID
    office_names: Names
    course: Course
    spans: tuple[Span, ...]
    steps: tuple[StepLine, ...]
    files: tuple[FileLine, ...]
    actions: tuple[ActionLine, ...]
    is_office: bool
    """The acting account decides for the office."""
    paper: UUID | None
    """The record of the paper, for who reads it."""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.course)

    @property
    def transmitted_at(self) -> datetime:
        """When it went out."""
        return self.course.transmitted_at or self.sheet.written_at

    @property
    def due_at(self) -> datetime | None:
        """By when the office is asked to act."""
        return due_at(self.course)

    @property
    def may(self) -> Mapping[str, bool]:
        """What the reader can do now, so that a page shows no button that would be refused."""
        theirs = {Deed.ACKNOWLEDGE: self.is_office, Deed.ANSWER: self.is_office}
        owners = {Deed.FOLLOW_UP: self.sheet.decides, Deed.CLOSE: self.sheet.decides}
        return {deed.value: one and allows(self.stage, deed) for deed, one in (theirs | owners).items()}


def sent_page(record: UUID) -> SentPage | None:
    """The transmission, or None where the acting account does not read it."""
    row, sheet = Transmission.objects.filter(record=record).first(), record_sheet(record)
    if row is None or sheet is None:
        return None
    steps = list(SentStep.objects.filter(record=record).order_by("at", "pk"))
    names = names_of({row.office_id, *(step.body for step in steps)})
    course = courses_of_sent([row])[record]
    paper = Paper.objects.filter(record=row.paper_id).values_list("record_id", flat=True).first()
    return SentPage(
        record=record,
        sheet=sheet,
        form=row.form,
        reference=row.reference,
        office=row.office_id,
        office_names=names.get(row.office_id, {}),
        course=course,
        spans=spans(course),
        steps=tuple(StepLine(one.what, names.get(one.body, {}), one.at, one.words) for one in steps),
        files=tuple(files_of(record)),
        actions=_actions(record),
        is_office=row.office_id in acting_desks(),
        paper=paper,
    )


def files_of(record: UUID) -> list[FileLine]:
    """The files of a transmission, without what is in them."""
    rows = SentFile.objects.filter(record=record).order_by("position")
    return [FileLine(row.name, row.media_type, len(row.content), row.sha256) for row in rows]


def file_contents(record: UUID) -> list[tuple[str, str, bytes]]:
    """Name, kind and bytes of each file of a transmission, as they were signed."""
    rows = SentFile.objects.filter(record=record).order_by("position")
    return [(row.name, row.media_type, bytes(row.content)) for row in rows]


def transmission_on(paper: UUID) -> UUID | None:
    """The record of a paper's transmission, where it was transmitted and the acting account reads that."""
    return Transmission.objects.filter(paper=paper).values_list("record_id", flat=True).first()


def sent_held(record: UUID) -> str:
    """Why a transmission stays as it is; empty where the record is none."""
    if Transmission.objects.filter(record=record).exists():
        return _("It was transmitted: what left the network stays as it went out.")
    return ""


def _actions(record: UUID) -> tuple[ActionLine, ...]:
    rows = SentFollowUp.objects.filter(record=record).order_by("at", "pk")
    found = list(rows.values_list("action_id", flat=True))
    titles = titles_in_sight(found)
    return tuple(ActionLine(action, titles.get(action, "")) for action in found)

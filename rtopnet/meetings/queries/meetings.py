"""Meetings as the acting account may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import next_chair
from rtopnet.meetings.models import HostPack, Meeting, Series
from rtopnet.network.public import acting_desks, names_of, states_of
from rtopnet.sharing.public import RecordSheet, Stage, record_sheet, titles_in_sight

MEETINGS_ON_A_PAGE = 30
Names = dict[str, str]


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list; instants are in the zone that it is announced in."""

    record: UUID
    title: str
    series: UUID | None
    series_name: str
    number: int | None
    form: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    join_link: str
    host: UUID | None
    host_names: Names
    chair: UUID | None
    chair_names: Names
    owner: UUID
    is_draft: bool
    is_over: bool
    is_cancelled: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class HostSays:
    """What the host tells those who come."""

    venue: str
    programme: str
    logistics: str


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting as its page shows it."""

    line: MeetingLine
    sheet: RecordSheet
    host_says: HostSays | None
    writes_host_pack: bool
    decides: bool
    answers_for: tuple[UUID, ...]
    """States that the acting account can answer for now."""
    takes_changes: bool
    """It was not cancelled, recalled or withdrawn, and is not over."""


@dataclass(frozen=True)
class SeriesLine:
    """A series that the acting account keeps."""

    id: UUID
    name: str
    rhythm: str


def meetings_to_come(*, limit: int = MEETINGS_ON_A_PAGE) -> list[MeetingLine]:
    """Meetings in sight that are not over, the next first."""
    return lines_of(Meeting.objects.filter(ends_at__gt=now()).order_by("starts_at", "pk")[:limit])


def meetings_past(*, limit: int = MEETINGS_ON_A_PAGE, before: datetime | None = None) -> list[MeetingLine]:
    """Meetings in sight that are over, the latest first; of those that began before ``before``."""
    rows = Meeting.objects.filter(ends_at__lte=now())
    if before is not None:
        rows = rows.filter(starts_at__lt=before)
    return lines_of(rows.order_by("-starts_at", "pk")[:limit])


def meetings_of_series(series: UUID) -> list[MeetingLine]:
    """The series' meetings in sight, from the first on."""
    return lines_of(Meeting.objects.filter(series=series).order_by("starts_at", "pk"))


def meeting_line(record: UUID) -> MeetingLine | None:
    """One meeting, where the acting account reads it."""
    found = lines_of(Meeting.objects.filter(record=record))
    return found[0] if found else None


def meeting_sheet(record: UUID) -> MeetingSheet | None:
    """The meeting with all of it that the acting account reads, or None where it reads none of it."""
    line = meeting_line(record)
    sheet = record_sheet(record) if line else None
    if line is None or sheet is None:
        return None
    says = HostPack.objects.filter(record=record).first()
    desks = acting_desks()
    open_now = sheet.stage in {Stage.DRAFT, Stage.WAITING, Stage.OPEN}
    takes = open_now and not line.is_cancelled and not line.is_over
    states = {state.id for state in states_of(_region_of(record))} if takes else set()
    return MeetingSheet(
        line=line,
        sheet=sheet,
        host_says=HostSays(says.venue, says.programme, says.logistics) if says else None,
        writes_host_pack=open_now and bool({line.owner, line.host} & desks),
        decides=sheet.decides and open_now,
        answers_for=tuple(sorted(desks & states)) if sheet.stage == Stage.OPEN else (),
        takes_changes=takes,
    )


def own_series(bodies: Collection[UUID]) -> list[SeriesLine]:
    """The series that the acting account keeps, by name; ``bodies`` are those it decides for."""
    rows = Series.objects.order_by("name", "pk") if bodies else Series.objects.none()
    return [SeriesLine(row.pk, row.name, row.rhythm) for row in rows]


def suggested_chair(series: UUID | None, region: UUID) -> UUID | None:
    """Whose turn it is to chair the series' next meeting, by the region's order of states."""
    order = [state.id for state in states_of(region)]
    rows = Meeting.objects.filter(series=series, chair_state__isnull=False, cancelled_at__isnull=True)
    last = rows.order_by("-starts_at").values_list("chair_state_id", flat=True).first() if series else None
    return next_chair(order, last)


def suggested_number(series: UUID | None) -> int | None:
    """The number after the highest of the series' meetings in sight."""
    numbers = Meeting.objects.filter(series=series, number__isnull=False).values_list("number", flat=True)
    return max((number for number in numbers if number), default=0) + 1 if series else None


def lines_of(rows: QuerySet[Meeting] | Iterable[Meeting]) -> list[MeetingLine]:
    """Rows as lines, in their order; as many questions however many rows."""
    found = list(rows)
    titles = titles_in_sight({row.record_id for row in found})
    names = names_of({one for row in found for one in (row.host_state_id, row.chair_state_id) if one})
    at = now()
    return [_line(row, titles.get(row.record_id, ""), names, at) for row in found]


def _line(row: Meeting, title: str, names: dict[UUID, Names], at: datetime) -> MeetingLine:
    zone = ZoneInfo(row.zone)
    return MeetingLine(
        record=row.record_id,
        title=title,
        series=row.series_id,
        series_name=row.series_name,
        number=row.number,
        form=row.form,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        zone=row.zone,
        place=row.place,
        join_link=row.join_link,
        host=row.host_state_id,
        host_names=names.get(row.host_state_id, {}) if row.host_state_id else {},
        chair=row.chair_state_id,
        chair_names=names.get(row.chair_state_id, {}) if row.chair_state_id else {},
        owner=row.desk or UUID(int=0),
        is_draft=row.open_from is None,
        is_over=row.ends_at <= at,
        is_cancelled=row.cancelled_at is not None,
        sequence=row.sequence,
        changed_at=row.changed_at,
    )


def _region_of(record: UUID) -> UUID:
    found: UUID = Meeting.objects.values_list("record__region_id", flat=True).get(record=record)
    return found

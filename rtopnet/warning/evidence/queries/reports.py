"""Reports as the acting account may see them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from rtopnet.network.public import names_of
from rtopnet.sharing.public import (
    Marking,
    RecordSheet,
    acting_principals,
    record_sheet,
    titles_in_sight,
)
from rtopnet.warning.evidence.models import FieldReport
from rtopnet.warning.evidence.queries.speech import SpeechInSight, speech_in_sight
from rtopnet.warning.evidence.rules.facts import ExactPlace, Facts, Protected
from rtopnet.warning.evidence.rules.places import place_in_words
from rtopnet.warning.evidence.rules.words import (
    HARMS,
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    Slot,
    SourceGrade,
)

ON_A_PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """Which reports a list is to hold; what is None or empty does not narrow it."""

    state: UUID | None = None
    act: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    source_grade: str = ""
    own: bool | None = None


@dataclass(frozen=True)
class ReportLine:
    """A report in a list."""

    id: UUID
    kind: str
    title: str
    marking: Marking
    facts: Facts
    state_names: dict[str, str]
    owner_names: dict[str, str]
    is_own: bool
    is_draft: bool


@dataclass(frozen=True)
class ReportPage:
    """Some of the reports in sight, the latest first; ``next`` begins those after them."""

    reports: tuple[ReportLine, ...]
    next: tuple[date, UUID] | None


@dataclass(frozen=True)
class ReportSheet:
    """A report with all of it that the acting account reads."""

    id: UUID
    sheet: RecordSheet
    facts: Facts
    state_names: dict[str, str]
    protected: Protected
    """As far as the acting account is named for its parts; otherwise empty."""
    speech: SpeechInSight | None

    @property
    def is_own(self) -> bool:
        """Whether it is the acting account's own people's."""
        return self.sheet.is_own


def is_report(record: UUID) -> bool:
    """Whether the record is a report of this room, which the acting account reads."""
    return FieldReport.objects.filter(record_id=record).exists()


def report_path(record: UUID) -> str:
    """Where the report is shown."""
    return reverse("situation_report", args=[record])


def reports_in_sight(
    wanted: Wanted | None = None, *, after: tuple[date, UUID] | None = None, size: int = ON_A_PAGE
) -> ReportPage:
    """Up to ``size`` reports, those of the latest happenings first."""
    rows = FieldReport.objects.filter(_as_wanted(wanted or Wanted())).select_related("record")
    if after is not None:
        day, record = after
        rows = rows.filter(Q(occurred_from__lt=day) | Q(occurred_from=day, record__gt=record))
    found = list(rows.order_by("-occurred_from", "record")[: size + 1])
    shown = found[:size]
    is_more = len(found) > size
    return ReportPage(
        tuple(report_lines(shown)), (shown[-1].occurred_from, shown[-1].record_id) if is_more else None
    )


def reports_called(records: Collection[UUID]) -> dict[UUID, ReportLine]:
    """Those of the records that are reports in sight, as lines of a list."""
    rows = FieldReport.objects.filter(record__in=records).select_related("record")
    return {line.id: line for line in report_lines(rows)}


def report_sheet(record: UUID) -> ReportSheet | None:
    """The report, or None where the acting account does not read it."""
    row = FieldReport.objects.filter(record_id=record).first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    return ReportSheet(
        id=record,
        sheet=sheet,
        facts=facts_of(row),
        state_names=names_of([row.state_id]).get(row.state_id, {}),
        protected=_protected(sheet),
        speech=speech_in_sight(record),
    )


def report_counts(
    *, state: UUID | None, region_name: str = "", target: str = "", since: date, until: date
) -> dict[date, int]:
    """How many reports there are of each month, by its first day; months without any are left out.

    Only what the acting account may read is counted, drafts of its own among it. A happening counts in the
    month in which it began; one of which only the year is known is not counted.

    Args:
        state: where it happened, or anywhere.
        region_name: of the first-level region, as the region pack names it; empty for all.
        target: words that the targeted group's name contains, or a ground such as ``religious``.
        since: first day.
        until: last day.
    """
    rows = FieldReport.objects.filter(occurred_from__range=(since, until))
    rows = rows.exclude(time_precision=Precision.YEAR.value)
    if state is not None:
        rows = rows.filter(state=state)
    if region_name:
        rows = rows.filter(region_name=region_name)
    if target:
        rows = rows.filter(Q(target_ground=target) | Q(target_group__icontains=target))
    months = rows.annotate(month=TruncMonth("occurred_from")).values_list("month", flat=True)
    return dict(sorted(Counter(months).items()))


def report_lines(rows: Iterable[FieldReport]) -> list[ReportLine]:
    """Reports as lines of a list; with their records at hand."""
    found = list(rows)
    titles = titles_in_sight([row.record_id for row in found])
    bodies = {row.desk for row in found if row.desk} | {row.state_id for row in found}
    names, mine = names_of(bodies), acting_principals()
    return [
        ReportLine(
            id=row.record_id,
            kind=row.record.kind,
            title=titles.get(row.record_id, ""),
            marking=Marking(row.record.marking),
            facts=facts_of(row),
            state_names=names.get(row.state_id, {}),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            is_own=row.owner in mine,
            is_draft=row.open_from is None,
        )
        for row in found
    ]


def facts_of(row: FieldReport) -> Facts:
    """The open facts of a row."""
    harms = {harm: (getattr(row, f"{harm}_low"), getattr(row, f"{harm}_best")) for harm in HARMS}
    return Facts(
        act=row.act,
        state=row.state_id,
        occurred_from=row.occurred_from,
        occurred_to=row.occurred_to,
        precision=Precision(row.time_precision),
        hour=row.occurred_hour,
        region_name=row.region_name,
        place_precision=PlacePrecision(row.place_precision),
        target_group=row.target_group,
        target_ground=Ground(row.target_ground),
        actor_kind=ActorKind(row.actor_kind),
        actor_name=row.actor_name,
        source_grade=SourceGrade(row.source_grade) if row.source_grade else None,
        information_grade=row.information_grade,
        **{harm: None if best is None else (low, best) for harm, (low, best) in harms.items()},
    )


def _protected(sheet: RecordSheet) -> Protected:
    said = {part.slot: part.body for part in sheet.parts}
    place = said.get(Slot.PLACE, "")
    return Protected(
        source=said.get(Slot.SOURCE, ""),
        names=said.get(Slot.NAMES, ""),
        place=place_in_words(place) if place else ExactPlace(),
    )


def _as_wanted(wanted: Wanted) -> Q:
    condition = Q()
    if wanted.state:
        condition &= Q(state=wanted.state)
    if wanted.act:
        condition &= Q(act=wanted.act)
    if wanted.kind:
        condition &= Q(record__kind=wanted.kind)
    if wanted.since:
        condition &= Q(occurred_to__gte=wanted.since)
    if wanted.until:
        condition &= Q(occurred_from__lte=wanted.until)
    if wanted.source_grade:
        condition &= Q(source_grade=wanted.source_grade)
    if wanted.own is not None:
        own = Q(owner__in=acting_principals())
        condition &= own if wanted.own else ~own
    return condition

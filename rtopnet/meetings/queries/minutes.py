"""Minutes as the acting account may see them: passages on items out of sight are not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Value

from rtopnet.kernel.acting import acting_account
from rtopnet.kernel.clock import now
from rtopnet.meetings.models import (
    Action,
    AgendaItem,
    Lifting,
    Minutes,
    MinutesWriter,
    Passage,
    PassageText,
)
from rtopnet.meetings.queries.rounds import stage_on
from rtopnet.meetings.rules import Stage as SilenceStage
from rtopnet.sharing.public import (
    Marking,
    RecordSheet,
    Stage,
    acting_principals,
    record_sheet,
    titles_in_sight,
)


@dataclass(frozen=True)
class PassageLine:
    """A passage as its reader sees it; ``item`` is the record of the agenda item it is on."""

    id: UUID
    item: UUID | None
    heading: str
    text: str
    number: int
    written_by: str
    written_at: datetime
    marking: Marking | None
    """Of its item, where it has one."""

    @property
    def lines(self) -> list[str]:
        """Its text line by line, for marking one."""
        return self.text.split("\n")


@dataclass(frozen=True)
class Lifted:
    """What was made of a line of minutes: an action or a proposal."""

    record: UUID
    kind: str
    title: str


@dataclass(frozen=True)
class KeptText:
    """Something that was saved; ``set_aside`` where it waits to be reconciled with another's change."""

    number: int
    text: str
    set_aside: bool
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class MinutesSheet:
    """Minutes as their page shows them; ``sheet`` is None for a writer before they are shared."""

    record: UUID
    meeting: UUID
    sheet: RecordSheet | None
    passages: tuple[PassageLine, ...]
    is_closed: bool
    writes: bool
    decides: bool
    writers: tuple[UUID, ...]
    stage: SilenceStage | None
    """Where the silence on them stands; None where they were never put in silence."""
    open_items: tuple[tuple[UUID, str], ...]
    """Items in sight that have no passage yet, with their titles, for who writes."""

    @property
    def may_be_approved(self) -> bool:
        """Whether they can be put in silence: closed, shared, and neither in silence nor approved."""
        is_out = self.sheet is not None and self.sheet.stage == Stage.OPEN
        return self.is_closed and is_out and self.stage not in {SilenceStage.IN_SILENCE, SilenceStage.ADOPTED}


def minutes_of_meeting(meeting: UUID) -> UUID | None:
    """The record of a meeting's newest minutes in sight that were not taken back."""
    rows = Minutes.objects.filter(
        meeting__record=meeting, record__recalled_at__isnull=True, record__withdrawn_at__isnull=True
    )
    found = rows.order_by("-record__drafted_at").values_list("record_id", flat=True).first()
    if found is not None:
        return found
    # A writer reads the minutes, and not yet their record.
    written = Minutes.objects.filter(meeting__record=meeting, open_from__isnull=True)
    return written.values_list("record_id", flat=True).first()


def minutes_sheet(record: UUID) -> MinutesSheet | None:
    """Minutes, where the acting account reads or writes them."""
    row = Minutes.objects.filter(record=record).select_related("meeting").first()
    if row is None:
        return None
    mine = acting_principals()
    writers = tuple(MinutesWriter.objects.filter(record=record).values_list("account_id", flat=True))
    is_open = row.closed_at is None
    writes = is_open and (row.owner in mine or acting_account() in writers)
    passages = passages_of([record]).get(record, ())
    return MinutesSheet(
        record=record,
        meeting=row.meeting.record_id,
        sheet=record_sheet(record),
        passages=passages,
        is_closed=not is_open,
        writes=writes,
        decides=row.desk in mine,
        writers=writers,
        stage=stage_on(record),
        open_items=_open_items(row.meeting_id, passages) if writes else (),
    )


def passages_of(records: Iterable[UUID]) -> dict[UUID, tuple[PassageLine, ...]]:
    """The passages in sight of several minutes, in order, by their records."""
    rows = list(
        Passage.objects.filter(record__in=list(records))
        .select_related("item__record", "written_by")
        .order_by("position", "pk")
    )
    titles = titles_in_sight({row.item.record_id for row in rows if row.item})
    found: dict[UUID, list[PassageLine]] = {}
    for row in rows:
        item = row.item.record_id if row.item else None
        line = PassageLine(
            id=row.pk,
            item=item,
            heading=titles.get(item, "") if item else row.heading,
            text=row.text,
            number=row.number,
            written_by=row.written_by.name,
            written_at=row.written_at,
            marking=Marking(row.item.record.marking) if row.item else None,
        )
        found.setdefault(row.record_id, []).append(line)
    return {record: tuple(lines) for record, lines in found.items()}


def passage_in_sight(passage: UUID) -> tuple[UUID, PassageLine] | None:
    """One passage and the record of its minutes."""
    record = Passage.objects.filter(pk=passage).values_list("record_id", flat=True).first()
    if record is None:
        return None
    return record, next(line for line in passages_of([record])[record] if line.id == passage)


def texts_of_passage(passage: UUID) -> list[KeptText]:
    """Everything that was saved of a passage, the latest first; for those who write."""
    rows = PassageText.objects.filter(passage=passage).select_related("written_by").order_by("-written_at")
    return [
        KeptText(row.number, row.text, row.set_aside, row.written_by.name, row.written_at) for row in rows
    ]


def lifted_from(passages: Iterable[UUID]) -> dict[UUID, list[Lifted]]:
    """Actions and proposals in sight by the passage that they were lifted from."""
    among = list(passages)
    rows = [
        *Action.objects.filter(passage__in=among).values_list("passage", "record_id", Value("action")),
        *Lifting.objects.filter(passage__in=among).values_list("passage", "record_id", Value("proposal")),
    ]
    titles = titles_in_sight({record for _passage, record, _kind in rows})
    found: dict[UUID, list[Lifted]] = {}
    for passage, record, kind in rows:
        if passage is not None:
            found.setdefault(passage, []).append(Lifted(record, kind, titles.get(record, "")))
    return found


def minutes_begun() -> list[tuple[UUID, str, datetime]]:
    """Minutes that the acting account writes and that are not closed, with their meeting's title and end."""
    named = MinutesWriter.objects.filter(account=acting_account()).values("record")
    rows = Minutes.objects.filter(
        Q(owner__in=acting_principals()) | Q(record__in=named), closed_at__isnull=True
    )
    rows = rows.exclude(open_to__lte=now()).select_related("meeting")
    found = list(rows.order_by("meeting__ends_at", "pk"))
    titles = titles_in_sight({row.meeting.record_id for row in found})
    return [
        (row.record_id, titles.get(row.meeting.record_id, ""), row.meeting.ends_at)
        for row in found
        if row.meeting.ends_at <= now()
    ]


def _open_items(meeting: UUID, passages: tuple[PassageLine, ...]) -> tuple[tuple[UUID, str], ...]:
    taken = {line.item for line in passages}
    rows = AgendaItem.objects.filter(meeting=meeting, open_from__isnull=False).order_by("position", "pk")
    records = [record for record in rows.values_list("record_id", flat=True) if record not in taken]
    titles = titles_in_sight(records)
    return tuple((record, titles.get(record, "")) for record in records)

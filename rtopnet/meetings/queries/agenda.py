"""Agendas as the acting account may see them: what it does not read is not counted either."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.meetings.models import AgendaItem, Enclosure
from rtopnet.network.public import names_of
from rtopnet.sharing.public import Marking, RecordSheet, record_sheet, titles_in_sight


@dataclass(frozen=True)
class Paper:
    """A record that goes with an item or an action, which the reader reads."""

    record: UUID
    kind: str
    title: str
    marking: Marking


@dataclass(frozen=True)
class ItemLine:
    """An item of an agenda; ``number`` counts the items that this reader sees."""

    record: UUID
    number: int
    title: str
    minutes: int
    kind: str
    owner: UUID
    owner_names: dict[str, str]
    marking: Marking
    is_draft: bool
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class ItemSheet:
    """An item as its page shows it."""

    line: ItemLine
    meeting: UUID
    """The meeting's record."""
    sheet: RecordSheet


def agenda_of(meeting: UUID) -> list[ItemLine]:
    """The items of a meeting that the acting account reads, in order.

    They are numbered for each reader anew, and tell durations and no clock times: a gap in either would tell
    of an item that is not for this reader.
    """
    rows = AgendaItem.objects.filter(meeting__record=meeting).select_related("record")
    return _lines(list(rows.order_by("position", "pk")))


def item_sheet(record: UUID) -> ItemSheet | None:
    """One item, where the acting account reads it."""
    row = AgendaItem.objects.filter(record=record).select_related("record", "meeting").first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    meeting = row.meeting.record_id
    line = next(one for one in agenda_of(meeting) if one.record == record)
    return ItemSheet(line, meeting, sheet)


def papers_with(records: list[UUID]) -> dict[UUID, tuple[Paper, ...]]:
    """The papers that go with each item or action, as far as the acting account reads them."""
    rows = list(Enclosure.objects.filter(record__in=records).select_related("paper").order_by("paper_id"))
    titles = titles_in_sight({row.paper_id for row in rows})
    found: dict[UUID, list[Paper]] = {}
    for row in rows:
        paper = Paper(row.paper_id, row.paper.kind, titles.get(row.paper_id, ""), Marking(row.paper.marking))
        found.setdefault(row.record_id, []).append(paper)
    return {
        record: tuple(sorted(papers, key=lambda paper: (paper.title, str(paper.record))))
        for record, papers in found.items()
    }


def _lines(rows: list[AgendaItem]) -> list[ItemLine]:
    records = [row.record_id for row in rows]
    titles, papers = titles_in_sight(records), papers_with(records)
    names = names_of({row.desk for row in rows if row.desk})
    return [
        ItemLine(
            record=row.record_id,
            number=number,
            title=titles.get(row.record_id, ""),
            minutes=row.minutes,
            kind=row.kind,
            owner=row.desk or UUID(int=0),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            marking=Marking(row.record.marking),
            is_draft=row.open_from is None,
            papers=papers.get(row.record_id, ()),
        )
        for number, row in enumerate(rows, start=1)
    ]

"""What the statements of a draft rest on, and whether that may travel, as who drafts may know of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from rtopnet.advice.models import Paper, PaperReference, PaperTitle
from rtopnet.advice.rules.travel import Bar, Cited, Journey, bars, needs_release
from rtopnet.kernel.acting import acting_account
from rtopnet.meetings.public import Circle
from rtopnet.network.public import Region, acting_desks, institutions, names_of
from rtopnet.sharing.public import (
    Record,
    RecordNotInSightError,
    database_now,
    people_of,
    records_in_sight,
    request_in_sight,
    titles_in_sight,
)

MOST_OFFERED = 100


@dataclass(frozen=True)
class ReferenceInSight:
    """A record that a statement rests on; without a title where it is out of sight by now."""

    id: UUID
    cited: UUID
    kind: str
    title: str
    owner_names: dict[str, str]
    is_own: bool
    """The acting account decides for the record cited, so it can release it itself."""
    shows: str
    bars: tuple[Bar, ...]
    asked_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    request: UUID | None
    """The request for release, for who made it."""
    was_refused: bool
    answer: str

    @property
    def may_ask(self) -> bool:
        """Whether asking its owner would help, and nobody has asked."""
        return needs_release(self.bars) and not self.is_own and self.asked_at is None


@dataclass(frozen=True)
class Citable:
    """A record that a statement can be made to rest on."""

    record: UUID
    kind: str
    title: str


def references_of(paper: Paper) -> dict[UUID, tuple[ReferenceInSight, ...]]:
    """The references in sight of a draft, by statement, in the order in which they were named."""
    rows = list(
        PaperReference.objects.filter(record=paper.record_id, statement__is_struck=False).order_by(
            "written_at", "pk"
        )
    )
    seen = {row.pk: row for row in Record.objects.filter(pk__in=[row.cited_id for row in rows])}
    titles = titles_in_sight(list(seen))
    names = names_of({row.desk for row in seen.values() if row.desk})
    journey, now, desks = journey_of(paper), database_now(), acting_desks()
    found: dict[UUID, list[ReferenceInSight]] = {}
    for row in rows:
        cited = seen.get(row.cited_id)
        line = _line(row, cited, bars(_as_cited(cited, now), journey), now, desks, titles, names)
        found.setdefault(row.statement_id, []).append(line)
    return {statement: tuple(lines) for statement, lines in found.items()}


def statements_unseen(record: UUID) -> frozenset[UUID]:
    """Statements of a draft that rest on something which the acting account, who drafts it, cannot read.

    That there is something has to be said, since it blocks; how much, what and whose is not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT advice_unseen(%s)", [record])
        return frozenset(statement for (statement,) in cursor.fetchall())


def reference_in_sight(reference: UUID) -> UUID | None:
    """The record of the paper that a reference in sight belongs to."""
    return PaperReference.objects.filter(pk=reference).values_list("record_id", flat=True).first()


def journey_of(paper: Paper) -> Journey:
    """Where the paper goes: its office, those who clear it, its chair, those who draft it with its owner."""
    circle, region = circle_of(paper), own_region().pk
    known = {body.id: body.kind for body in institutions()}
    bodies = {paper.chair, *paper.drafters, *(() if paper.whole_network else paper.states)}
    readers = [_reads_as(body, known.get(body), region) for body in sorted(bodies)]
    if paper.whole_network:
        readers.append(frozenset({region}))
    office = frozenset({paper.office_id, people_of(paper.office_id)})
    return Journey(marking=circle.marking, office=office, circle=tuple(readers))


def _reads_as(body: UUID, kind: str | None, region: UUID) -> frozenset[UUID]:
    """The principals of a body: of states and the secretariat the network's too, of other bodies not."""
    own = {body, people_of(body)}
    return frozenset(own | {region}) if kind in {None, "secretariat"} else frozenset(own)


def own_region() -> Region:
    """The acting account's region; who drafts for another body does not read the paper's own envelope.

    Raises:
        RecordNotInSightError: nobody of a region acts.
    """
    region = Region.objects.first()
    if region is None:
        raise RecordNotInSightError("There is nothing like that which you may know of.")
    return region


def papers_called(records: Collection[UUID]) -> dict[UUID, str]:
    """How papers and transmissions are called: by the title that is read, or the one that is drafted."""
    drafted = dict(PaperTitle.objects.filter(record__in=records).values_list("record_id", "title"))
    return drafted | dict(titles_in_sight(records))


def circle_of(paper: Paper) -> Circle:
    """Those who clear the paper."""
    return Circle(
        chair=paper.chair,
        chair_is_state=paper.chair_is_state,
        states=frozenset(paper.states),
        network=paper.whole_network,
    )


def citable_records(without: Collection[UUID] = ()) -> list[Citable]:
    """The newest records in sight that a statement can rest on."""
    page = records_in_sight(limit=MOST_OFFERED)
    return [
        Citable(row.id, row.kind, row.title)
        for row in page.records
        if row.id not in without and row.released_at is not None
    ]


def _as_cited(row: Record | None, now: datetime) -> Cited | None:
    if row is None:
        return None
    is_open = row.open_from is not None and row.open_from <= now and (row.open_to or now) > now
    # Its owner reads it always.
    owners = {one for one in (row.desk, row.owner) if one}
    return Cited(row.marking, frozenset({*row.readers, *owners}), is_open)


def _line(
    row: PaperReference,
    cited: Record | None,
    found: tuple[Bar, ...],
    now: datetime,
    desks: frozenset[UUID],
    titles: Mapping[UUID, str],
    names: Mapping[UUID, dict[str, str]],
) -> ReferenceInSight:
    asked = request_in_sight(row.request) if row.request and found else None
    is_mine = asked is not None and asked.is_mine
    return ReferenceInSight(
        id=row.pk,
        cited=row.cited_id,
        kind=cited.kind if cited else "",
        title=titles.get(row.cited_id, ""),
        owner_names=names.get(cited.desk, {}) if cited and cited.desk else {},
        is_own=bool(cited and cited.desk in desks),
        shows=row.shows if cited or row.written_by_id == acting_account() else "",
        bars=found,
        asked_at=row.asked_at,
        due_at=row.due_at,
        is_overdue=bool(row.due_at and row.due_at <= now and (asked is None or asked.granted is None)),
        request=asked.id if asked and is_mine else None,
        was_refused=bool(asked and asked.granted is False),
        answer=asked.answer if asked else "",
    )

"""Putting something on a meeting's agenda, ordering it, and enclosing papers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.meeting_rules import MeetingNotInSightError
from rtopnet.meetings.models import AgendaItem, Enclosure
from rtopnet.meetings.services.deeds import (
    expect_to_come,
    keep_deed,
    meeting_at_the_desk,
    meeting_in_sight,
)
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OfRecord,
    Terms,
    Words,
    address_record,
    draft_record,
)

ITEM = "agenda_item"
STEP = 10
"""Between two positions, so that an item can be put between them."""


@dataclass(frozen=True)
class ItemWords:
    """What an item is about and how long it takes."""

    title: str
    body: str
    minutes: int
    kind: str


def propose_item(
    *,
    by: UUID,
    meeting: UUID,
    words: ItemWords,
    marking: Marking,
    audience: Audience,
    state: UUID | None = None,
    institution: UUID | None = None,
) -> UUID:
    """Draft an item of a state or institution; it stands on the agenda for others once it is released.

    Whoever is addressed and does not read the meeting will find no item of it.

    Returns:
        The id of its record.

    Raises:
        MeetingNotInSightError: there is none to know of.
        MeetingOverError: it was cancelled, or is over.
        OwnerDecidesError: ``by`` does not draft for the owner.
        MarkingTooNarrowError: the marking does not let it go so far.
    """
    with acting_as(by):
        row = meeting_in_sight(meeting)
        expect_to_come(row)
        record = draft_record(
            by=by,
            terms=Terms(ITEM, marking),
            words=Words(words.title, words.body),
            state=state,
            institution=institution,
        )
        address_record(by=by, record=record, audience=audience)
        last = AgendaItem.objects.filter(meeting=row).order_by("-position").first()
        item = AgendaItem.objects.create(
            record_id=record,
            meeting=row,
            position=(last.position if last else 0) + STEP,
            minutes=words.minutes,
            kind=words.kind,
        )
        keep_deed("drafted", item, "meetings.agenda_item")
        return record


def set_item(*, by: UUID, item: UUID, minutes: int, kind: str) -> None:
    """Say anew how long an item takes and what it is for.

    Raises:
        MeetingNotInSightError: there is no such item that ``by`` may change.
    """
    with acting_as(by):
        row = _item(item)
        if not AgendaItem.objects.filter(pk=row.pk).update(minutes=minutes, kind=kind):
            raise MeetingNotInSightError("There is no such item that you may change.")
        keep_deed("changed", row, "meetings.agenda_item")


def order_items(*, by: UUID, meeting: UUID, order: Mapping[UUID, int]) -> None:
    """Put the items that ``by`` reads in order, by the place given for each one's record.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` does not decide for the meeting's owner.
    """
    with acting_as(by):
        row = meeting_at_the_desk(meeting)
        for item in AgendaItem.objects.filter(meeting=row, record__in=order):
            AgendaItem.objects.filter(pk=item.pk).update(position=order[item.record_id] * STEP)
        keep_deed("ordered", row, "meetings.meeting")


def enclose(*, row: OfRecord, papers: Collection[UUID]) -> None:
    """Have exactly ``papers`` go with an item or action, of those in the actor's sight; within its deed."""
    mine = Enclosure.objects.filter(record=row.record_id)
    have = set(mine.values_list("paper_id", flat=True))
    mine.filter(paper__in=have - set(papers)).delete()
    for paper in set(papers) - have:
        Enclosure.objects.create(record_id=row.record_id, paper_id=paper)


def enclose_papers(*, by: UUID, item: UUID, papers: Collection[UUID]) -> None:
    """Have exactly ``papers`` go with an agenda item, of those that ``by`` reads.

    Raises:
        MeetingNotInSightError: there is no such item to know of.
    """
    with acting_as(by):
        row = _item(item)
        enclose(row=row, papers=papers)
        keep_deed("enclosed", row, "meetings.agenda_item", {"papers": len(papers)})


def _item(record: UUID) -> AgendaItem:
    row = AgendaItem.objects.filter(record=record).first()
    if row is None:
        raise MeetingNotInSightError("There is no such item that you may know of.")
    return row

"""Writing minutes together: each save says from what it began, and nothing that was typed is lost."""

from collections.abc import Collection
from uuid import UUID

from rtopnet.kernel.acting import acting_account, acting_as
from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import (
    MeetingNotInSightError,
    MinutesClosedError,
    PassageClashError,
    merged,
)
from rtopnet.meetings.models import AgendaItem, Minutes, MinutesWriter, Passage, PassageText
from rtopnet.meetings.queries import passages_of, stage_on
from rtopnet.meetings.rules import Stage
from rtopnet.meetings.services.deeds import expect_desk, keep_deed, meeting_at_the_desk
from rtopnet.sharing.public import (
    Marking,
    Terms,
    Words,
    acting_principals,
    address_record,
    audience_of,
    database_now,
    draft_record,
    record_sheet,
    release_record,
    revise_record,
)

MINUTES = "minutes"
STEP = 10


def begin_minutes(*, by: UUID, meeting: UUID, title: str, body: str = "") -> UUID:
    """Begin the minutes of a meeting, with a passage for each item that ``by`` reads and that is shared.

    They are for whom the meeting is for, once they are closed and shared.

    Returns:
        The id of their record.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` does not decide for the meeting's owner.
    """
    with acting_as(by):
        row = meeting_at_the_desk(meeting)
        envelope = row.record
        record = draft_record(
            by=by,
            terms=Terms(MINUTES, Marking(envelope.marking), chatham_house=envelope.chatham_house),
            words=Words(title, ""),
            state=envelope.owner_state_id,
            institution=envelope.owner_institution_id,
        )
        address_record(by=by, record=record, audience=audience_of(meeting))
        minutes = Minutes.objects.create(record_id=record, meeting=row)
        if body.strip():
            _begin_passage(by, record, item=None, position=0, text=body)
        items = AgendaItem.objects.filter(meeting=row, open_from__isnull=False).order_by("position", "pk")
        for place, item in enumerate(items, start=1):
            _begin_passage(by, record, item=item, position=place * STEP)
        keep_deed("drafted", minutes, "meetings.minutes")
        return record


def add_passage(*, by: UUID, minutes: UUID, item: UUID | None = None, heading: str = "") -> UUID:
    """Put in a passage, on an item (by its record) that has none yet, or under a heading of its own.

    Raises:
        MeetingNotInSightError: there are no such minutes, or no such item, to know of.
        MinutesClosedError: nobody writes in them any more.
    """
    with acting_as(by):
        row = _open_minutes(minutes)
        found = AgendaItem.objects.filter(record=item, meeting=row.meeting_id).first() if item else None
        if item and found is None:
            raise MeetingNotInSightError("There is no such item that you may know of.")
        last = Passage.objects.filter(record=minutes).order_by("-position").first()
        passage = _begin_passage(
            by, minutes, item=found, heading=heading, position=(last.position if last else 0) + STEP
        )
        keep_deed("changed", row, "meetings.minutes")
        return passage.pk


def save_passage(*, by: UUID, passage: UUID, base: int, text: str) -> int:
    """Save a passage that was begun from its version ``base``; the number that it has now.

    Another's change of other lines meanwhile is taken in.

    Raises:
        MeetingNotInSightError: there is no such passage to know of.
        MinutesClosedError: nobody writes in it any more, or ``by`` never did.
        PassageClashError: another's change bears on the same lines; what ``by`` typed is kept beside it.
    """
    clash = None
    text = text.replace("\r\n", "\n").rstrip()
    with acting_as(by):
        row = _locked(passage)
        if base == row.number:
            both: str | None = text
        else:
            both = merged(_text_of(row, base), row.text, text)
        if both is None:
            _keep(row, by, row.number, text, set_aside=True)
            clash = PassageClashError(
                "Somebody else changed the same lines meanwhile. Both texts are kept: choose which stands.",
                present=row.text,
                number=row.number,
                mine=text,
            )
        elif both != row.text:
            row.number += 1
            Passage.objects.filter(pk=row.pk).update(
                text=both, number=row.number, written_by_id=by, written_at=now()
            )
            _keep(row, by, row.number, both)
        keep_deed("changed", row, "meetings.minutes")
    if clash is not None:
        # Raised when what was typed is safe.
        raise clash
    return row.number


def name_writers(*, by: UUID, minutes: UUID, accounts: Collection[UUID]) -> None:
    """Have exactly these persons write along with the owner's people, as far as they read the meeting.

    Raises:
        MeetingNotInSightError: there are no such minutes to know of.
        OwnerDecidesError: ``by`` does not decide for their owner.
    """
    with acting_as(by):
        row = _minutes(minutes)
        expect_desk(row)
        MinutesWriter.objects.filter(record=minutes).delete()
        for account in sorted(set(accounts)):
            MinutesWriter.objects.create(record_id=minutes, account_id=account)
        keep_deed("set_members", row, "meetings.minutes", {"accounts": len(set(accounts))})


def close_minutes(*, by: UUID, minutes: UUID) -> None:
    """End the writing, and share the minutes with whom they are addressed to.

    What all of their readers read becomes the record's text, in a new version where they were shared before.

    Raises:
        MeetingNotInSightError: there are no such minutes to know of.
        OwnerDecidesError: ``by`` does not decide for their owner.
        MinutesClosedError: they were closed before.
    """
    with acting_as(by):
        row = _open_minutes(minutes)
        expect_desk(row)
        Minutes.objects.filter(pk=row.pk).update(closed_at=now())
        _gather(by, row)
        if row.record.released_at is None:
            release_record(by=by, record=minutes)
        keep_deed("closed", row, "meetings.minutes")


def reopen_minutes(*, by: UUID, minutes: UUID) -> None:
    """Let them be written on, such as after a broken silence; whoever reads them goes on reading.

    Raises:
        MeetingNotInSightError: there are no such minutes to know of.
        OwnerDecidesError: ``by`` does not decide for their owner.
        MinutesClosedError: they are in silence, or approved.
    """
    with acting_as(by):
        row = _minutes(minutes)
        expect_desk(row)
        if stage_on(minutes) in {Stage.IN_SILENCE, Stage.ADOPTED}:
            raise MinutesClosedError("States are asked about these minutes, or have approved them.")
        Minutes.objects.filter(pk=row.pk).update(closed_at=None)
        keep_deed("opened", row, "meetings.minutes")


def _begin_passage(
    by: UUID,
    minutes: UUID,
    *,
    item: AgendaItem | None,
    position: int,
    heading: str = "",
    text: str = "",
) -> Passage:
    passage = Passage.objects.create(
        record_id=minutes,
        item=item,
        heading=heading,
        position=position,
        text=text,
        written_by_id=by,
        written_at=now(),
    )
    _keep(passage, by, passage.number, text)
    return passage


def _gather(by: UUID, row: Minutes) -> None:
    """Write into the record what each of its readers reads: passages on no item, or on one as wide."""
    sheet = record_sheet(row.record_id)
    if sheet is None:
        return
    row.refresh_from_db(fields=["readers"])
    passages = passages_of([row.record_id]).get(row.record_id, ())
    items = AgendaItem.objects.filter(
        record__in=[line.item for line in passages if line.item], open_from__lte=database_now()
    )
    wide = {item.record_id for item in items if set(row.readers) <= set(item.readers)}
    texts = [
        "\n\n".join(part for part in (line.heading, line.text) if part)
        for line in passages
        if line.item is None or line.item in wide
    ]
    body = "\n\n".join(texts)
    if body != sheet.body:
        revise_record(by=by, record=row.record_id, words=Words(sheet.title, body))


def _keep(passage: Passage, by: UUID, number: int, text: str, *, set_aside: bool = False) -> None:
    PassageText.objects.create(
        record_id=passage.record_id,
        passage=passage,
        item_id=passage.item_id,
        number=number,
        text=text,
        set_aside=set_aside,
        written_by_id=by,
        written_at=now(),
    )


def _text_of(passage: Passage, number: int) -> str:
    found = PassageText.objects.filter(passage=passage, number=number, set_aside=False).first()
    if found is None:
        raise MeetingNotInSightError("There is no such version of the passage.")
    return found.text


def _minutes(record: UUID) -> Minutes:
    row = Minutes.objects.filter(record=record).first()
    if row is None:
        raise MeetingNotInSightError("There are no such minutes that you may know of.")
    return row


def _open_minutes(record: UUID) -> Minutes:
    row = _minutes(record)
    if row.closed_at is not None or not _writes(row):
        raise MinutesClosedError(
            "Nobody but those named writes in the minutes, and only until they are closed."
        )
    return row


def _writes(row: Minutes) -> bool:
    named = MinutesWriter.objects.filter(record=row.record_id, account=acting_account())
    return row.owner in acting_principals() or named.exists()


def _locked(passage: UUID) -> Passage:
    found = Passage.objects.filter(pk=passage).first()
    if found is None:
        raise MeetingNotInSightError("There is no such passage that you may know of.")
    _open_minutes(found.record_id)
    # Two who save at once take turns.
    return Passage.objects.select_for_update().get(pk=passage)

"""What every page of the room begins with: who reads, when it is there, how a broken rule is answered."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from rtopnet.meetings.public import (
    MeetingNotInSightError,
    MeetingSheet,
    NotInvitedError,
    meeting_sheet,
    minutes_sheet,
    passage_in_sight,
)
from rtopnet.network.public import Account, Body, account_of, bodies_of, name_in, states_of
from rtopnet.sharing.public import (
    note_reading,
    reader_page,
    record_sheet,
    records_in_sight,
)

Choices = list[tuple[str, str]]
PAPERS_OFFERED = 100


meeting_page = reader_page(absent=(MeetingNotInSightError,), refused=(NotInvitedError,))


def sheet_or_404(record: UUID) -> MeetingSheet:
    """The meeting, where it is in sight.

    Raises:
        Http404: it is not.
    """
    found = meeting_sheet(record)
    if found is None:
        raise Http404
    return found


def note_read(request: HttpRequest, record: UUID, *, is_own: bool, exported: bool = False) -> None:
    """Enter an addressee's reading in the owner's release ledger, where the marking asks for it."""
    if not is_own:
        note_reading(by=account_of(request).pk, record=record, how="exported" if exported else "opened")


@dataclass(frozen=True)
class MarkedLine:
    """A line of minutes that was marked to be made something of."""

    text: str
    passage: UUID
    minutes: UUID
    meeting: UUID | None
    on_item: bool


def marked_line(request: HttpRequest) -> MarkedLine | None:
    """The line of minutes that the address names by ``from`` and ``line``, where it is in sight."""
    passage = id_in(request.GET.get("from", ""))
    found = passage_in_sight(passage) if passage else None
    if found is None:
        return None
    record, text = found
    minutes = minutes_sheet(record)
    number = request.GET.get("line", "")
    line = text.lines[int(number)] if number.isdecimal() and int(number) < len(text.lines) else ""
    meeting = minutes.meeting if minutes else None
    return MarkedLine(line.strip(), text.id, record, meeting, text.item is not None)


def id_in(text: str) -> UUID | None:
    """The id that ``text`` is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def language() -> str:
    """The reader's."""
    return get_language() or "en"


def named_choices(bodies: list[Body]) -> Choices:
    """States and institutions as a form offers them."""
    return [(str(body.id), name_in(body.names, language())) for body in bodies]


def state_choices(account: Account) -> Choices:
    """Every state of the reader's region."""
    return [(str(state.id), state.name(language())) for state in states_of(account.region_id)]


def addressable(account: Account) -> dict[str, Choices]:
    """States and institutions of the reader's region, as a form of readers takes them."""
    bodies = bodies_of(account.region_id)
    return {
        "states": named_choices([body for body in bodies if body.is_state]),
        "institutions": named_choices([body for body in bodies if not body.is_state]),
    }


def paper_choices(chosen: list[UUID]) -> Choices:
    """Records in the reader's sight that can be enclosed: the latest, and those already chosen."""
    latest = records_in_sight(limit=PAPERS_OFFERED).records
    found = {str(record.id): record.title for record in latest if record.kind not in NOT_ENCLOSED}
    for record in chosen:
        sheet = record_sheet(record) if str(record) not in found else None
        if sheet is not None:
            found[str(record)] = sheet.title
    return list(found.items())


NOT_ENCLOSED = frozenset({"meeting", "agenda_item", "delegation"})
"""Kinds of record that stand for themselves."""

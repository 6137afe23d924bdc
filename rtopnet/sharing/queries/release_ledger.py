"""What became of a record once it was out, for its owner; and which receipts wait for one's signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from rtopnet.network.public import Account, names_of
from rtopnet.sharing.models import Reading, Receipt, Record, Telling
from rtopnet.sharing.queries.records import database_now, envelope_of, readers_reached
from rtopnet.sharing.rules import INSTITUTION_PEOPLE, STATE_PEOPLE, Seat, has_opened


@dataclass(frozen=True)
class HadIt:
    """A state or institution whose people could read a record."""

    id: UUID
    is_state: bool


@dataclass(frozen=True)
class LedgerLine:
    """Somebody was told of a record, opened it or took a copy."""

    account: UUID
    name: str
    what: str
    """``told``, ``opened`` or ``exported``."""
    about: str
    """Of ``told``: whether of its release, a revision, its recall or its withdrawal."""
    at: datetime


@dataclass(frozen=True)
class ReceiptOnRecord:
    """Whether a state or institution has said what became of its copies."""

    id: UUID
    record: UUID
    body: UUID
    body_names: dict[str, str]
    owner_names: dict[str, str]
    due_at: datetime
    became: str
    note: str
    signed_at: datetime | None
    signed_by: str
    is_overdue: bool


def bodies_that_had(row: Record) -> list[HadIt]:
    """States and institutions beside the owner whose people could read the record; for its owner."""
    envelope = envelope_of(row)
    if not has_opened(envelope, database_now()):
        return []
    own = {envelope.owner_state, envelope.owner_institution}
    found = {
        place
        for person in readers_reached(envelope)
        if not person.is_own
        for place in _places(person.seats)
        if place.id not in own
    }
    return sorted(found, key=lambda place: place.id)


def release_ledger(record: UUID) -> list[LedgerLine]:
    """Who was told, opened and exported, the latest first; empty for all but the owner's desk."""
    told = Telling.objects.filter(record=record).values_list("account_id", "about", "at")
    lines = [(account, "told", about, at) for account, about, at in told]
    read = Reading.objects.filter(record=record).values_list("account_id", "how", "at")
    lines += [(account, how, "", at) for account, how, at in read]
    names = dict(Account.objects.filter(pk__in={line[0] for line in lines}).values_list("pk", "name"))
    found = [
        LedgerLine(account, names.get(account, ""), what, about, at) for account, what, about, at in lines
    ]
    return sorted(found, key=lambda line: line.at, reverse=True)


def receipts_of(record: UUID) -> list[ReceiptOnRecord]:
    """The receipts asked for after a record's recall, unsigned ones first."""
    return _described(Receipt.objects.filter(record=record))


def receipts_asked_of(bodies: frozenset[UUID]) -> list[ReceiptOnRecord]:
    """The receipts that ``bodies`` are asked for, unsigned ones first."""
    return _described(Receipt.objects.filter(body__in=bodies))


def receipt_in_sight(receipt: UUID) -> ReceiptOnRecord | None:
    """One receipt, where the acting account may know of it."""
    found = _described(Receipt.objects.filter(pk=receipt))
    return found[0] if found else None


def _described(rows: QuerySet[Receipt]) -> list[ReceiptOnRecord]:
    found = list(rows.select_related("signed_by").order_by("due_at", "pk"))
    now = database_now()
    names = names_of({row.body for row in found} | {row.desk for row in found if row.desk})
    described = [
        ReceiptOnRecord(
            id=row.pk,
            record=row.record_id,
            body=row.body,
            body_names=names.get(row.body, {}),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            due_at=row.due_at,
            became=row.became,
            note=row.note,
            signed_at=row.signed_at,
            signed_by=row.signed_by.name if row.signed_by else "",
            is_overdue=row.signed_at is None and row.due_at <= now,
        )
        for row in found
    ]
    return sorted(described, key=lambda receipt: (receipt.signed_at is not None, receipt.due_at))


def _places(seats: frozenset[Seat]) -> set[HadIt]:
    """A state answers for its institutions; a body of the region answers for itself."""
    states = {HadIt(seat.state, True) for seat in seats if seat.state and seat.role in STATE_PEOPLE}
    bodies = {
        HadIt(seat.institution, False)
        for seat in seats
        if seat.institution and not seat.state and seat.role in INSTITUTION_PEOPLE
    }
    return states | bodies

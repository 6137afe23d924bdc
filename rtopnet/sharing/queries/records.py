"""Records as the acting account may see them; audiences are shown to owners alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from rtopnet.network.public import Account, Institution, State
from rtopnet.sharing.models import Addressee, Existence, Member, PartAddressee, Record, RecordText
from rtopnet.sharing.rules import (
    INSTITUTION_PEOPLE,
    STATE_PEOPLE,
    Audience,
    Envelope,
    Marking,
    OwnerDecidesError,
    Reach,
    Reader,
    RecordNotInSightError,
    Role,
    Seat,
    is_addressed,
    is_own,
)

RECORDS_ON_A_PAGE = 50
Whose = Literal["all", "own", "shared"]


@dataclass(frozen=True)
class RecordInSight:
    """A record that the acting account reads, with its newest title."""

    id: UUID
    kind: str
    marking: Marking
    owner: UUID
    drafted_at: datetime
    released_at: datetime | None
    title: str


@dataclass(frozen=True)
class RecordPage:
    """Some of the records in sight; ``next`` asks for those after them, None where there are none."""

    records: tuple[RecordInSight, ...]
    next: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class KnownRecord:
    """A record of which the acting account may know that it exists, and what became of it."""

    id: UUID
    kind: str
    owner: UUID
    released_on: date | None
    is_recalled: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class WouldRead:
    """Who would read a record while it is open; ``is_own`` marks the owner's people, who read it always."""

    account: UUID
    name: str
    is_own: bool
    seats: frozenset[Seat] = frozenset()


@dataclass(frozen=True)
class Readership:
    """Everybody who would read a record, in names, from when until when."""

    people: tuple[WouldRead, ...]
    anybody: bool
    opens_at: datetime | None
    """Its embargo; None: as soon as it is released."""
    closes_at: datetime | None


def records_in_sight(
    *,
    limit: int = RECORDS_ON_A_PAGE,
    before: tuple[datetime, UUID] | None = None,
    whose: Whose = "all",
) -> RecordPage:
    """What the acting account reads, the latest drafted first: ``limit`` of them, older than ``before``.

    ``before`` is the ``next`` of another page. There is no count of all, which nobody needs.
    """
    newest = RecordText.objects.filter(record=OuterRef("pk")).order_by("-version").values("title")[:1]
    rows = Record.objects.annotate(title=Subquery(newest)).order_by("-drafted_at", "-pk")
    if whose != "all":
        own = Q(owner__in=acting_principals())
        rows = rows.filter(own if whose == "own" else ~own)
    if before is not None:
        drafted_at, record = before
        rows = rows.filter(Q(drafted_at__lt=drafted_at) | Q(pk__lt=record), drafted_at__lte=drafted_at)
    found = list(rows[: limit + 1])
    page = found[:limit]
    records = tuple(
        RecordInSight(
            id=row.pk,
            kind=row.kind,
            marking=Marking(row.marking),
            owner=_owner(row),
            drafted_at=row.drafted_at,
            released_at=row.released_at,
            title=row.title or "",
        )
        for row in page
    )
    return RecordPage(records, (page[-1].drafted_at, page[-1].pk) if len(found) > limit else None)


def records_known() -> list[KnownRecord]:
    """Records of which the acting account may know, read or not."""
    return [_known(row) for row in Existence.objects.order_by("-released_on", "pk")]


def records_only_known(*, limit: int = 200) -> list[KnownRecord]:
    """Records of which the acting account may know and which it does not read, the latest released first."""
    unread = Existence.objects.exclude(pk__in=Record.objects.values("pk"))
    return [_known(row) for row in unread.order_by("-released_on", "pk")[:limit]]


def _known(row: Existence) -> KnownRecord:
    return KnownRecord(
        id=row.record_id,
        kind=row.kind,
        owner=_owner(row),
        released_on=row.released_on,
        is_recalled=row.recalled_at is not None,
        is_withdrawn=row.withdrawn_at is not None,
    )


def who_would_read(record: UUID) -> Readership:
    """Who would read the record once it is open, by name; for its owner, before the button is pressed.

    Raises:
        RecordNotInSightError: it is not in the acting account's sight.
        OwnerDecidesError: the acting account is not of its owner's people.
    """
    row = Record.objects.filter(pk=record).first()
    if row is None:
        raise RecordNotInSightError("There is no such record that you may know of.")
    if row.owner not in acting_principals():
        raise OwnerDecidesError("Only the owner's people see who else reads the record.")
    envelope = envelope_of(row)
    people = tuple(sorted(readers_reached(envelope), key=lambda person: (person.name, person.account)))
    return Readership(people, envelope.audience.public, row.embargo_until, row.expires_at)


def readers_reached(envelope: Envelope) -> list[WouldRead]:
    """Everybody in the region who reads a record so addressed while it is open, its owner's people too."""
    return [
        WouldRead(reader.account, name, is_own(reader, envelope), reader.seats)
        for reader, name in _readers_of(envelope.region)
        if is_own(reader, envelope) or is_addressed(reader, envelope)
    ]


def envelope_of(row: Record) -> Envelope:
    """What decides about a record, with its audience as far as the acting account sees that."""
    return Envelope(
        region=row.region_id,
        marking=Marking(row.marking),
        owner_state=row.owner_state_id,
        owner_institution=row.owner_institution_id,
        audience=audience_of(row.pk),
        chatham_house=row.chatham_house,
        open_to_contributors=row.open_to_contributors,
        existence_only=row.existence_only,
        embargo_until=row.embargo_until,
        expires_at=row.expires_at,
        released_at=row.released_at,
        recalled_at=row.recalled_at,
        withdrawn_at=row.withdrawn_at,
    )


def audience_of(record: UUID) -> Audience:
    """To whom a record is addressed; empty for all but its owner's people."""
    return as_audience(Addressee.objects.filter(record=record))


def as_audience(lines: Iterable[Addressee | PartAddressee]) -> Audience:
    """Lines of a table as an audience."""
    rows = list(lines)
    return Audience(
        persons=_present(row.account_id for row in rows),
        states=_present(row.state_id for row in rows),
        institutions=_present(row.institution_id for row in rows),
        groups=_present(row.group_id for row in rows),
        network=any(row.reach == Reach.NETWORK for row in rows),
        public=any(row.reach == Reach.PUBLIC for row in rows),
    )


def acting_principals() -> frozenset[UUID]:
    """All that the acting account reads as: itself, its states, institutions, groups, network and public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_principals()")
        return frozenset(cursor.fetchone()[0])


def decides_for(body: UUID) -> bool:
    """Whether the acting account decides for the state or institution ``body``.

    One also reads as oneself, as a state's people, a group, the network and the public: none of these acts.
    """
    return body in acting_principals() and (
        State.objects.filter(pk=body).exists() or Institution.objects.filter(pk=body).exists()
    )


def people_of(body: UUID) -> UUID:
    """The principal of all a state's or institution's people, contributors included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing_people(%s)", [body])
        people: UUID = cursor.fetchone()[0]
    return people


def database_now() -> datetime:
    """The present instant by the clock that the row policies go by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant


def _owner(row: Record | Existence) -> UUID:
    owner = row.owner_state_id or row.owner_institution_id
    if owner is None:
        raise LookupError(f"record {row.pk} has no owner")
    return owner


def _present(ids: Iterable[UUID | None]) -> frozenset[UUID]:
    return frozenset(found for found in ids if found is not None)


def _readers_of(region: UUID) -> list[tuple[Reader, str]]:
    accounts = dict(Account.objects.filter(region_id=region, is_active=True).values_list("pk", "name"))
    seats = _seats_held(region)
    members = _members()
    found = []
    for account, name in accounts.items():
        held = frozenset(seats.get(account, ()))
        groups = frozenset(group for group, member in members if member in _stands_for(account, held))
        found.append((Reader(account, region, held, groups), name))
    return found


def _seats_held(region: UUID) -> dict[UUID, list[Seat]]:
    now = database_now()
    # One filter, so that all conditions bear on the same holding.
    current = Q(holding__starts_at__lte=now) & (
        Q(holding__ends_at__isnull=True) | Q(holding__ends_at__gt=now)
    )
    rows = Account.objects.filter(current, region_id=region).values_list(
        "pk",
        "holding__post__kind",
        "holding__post__state_id",
        "holding__post__institution_id",
        "holding__post__reads_space",
    )
    seats: dict[UUID, list[Seat]] = {}
    for account, kind, state, institution, reads_space in rows:
        role = Role(kind)
        reads = reads_space or role != Role.CONTRIBUTOR
        seats.setdefault(account, []).append(Seat(role, state, institution, reads))
    return seats


def _members() -> list[tuple[UUID, UUID | None]]:
    rows = Member.objects.values_list("group_id", "account_id", "state_id", "institution_id")
    return [(group, account or state or institution) for group, account, state, institution in rows]


def _stands_for(account: UUID, seats: frozenset[Seat]) -> set[UUID | None]:
    states = {seat.state for seat in seats if seat.role in STATE_PEOPLE and seat.reads}
    bodies = {seat.institution for seat in seats if seat.role in INSTITUTION_PEOPLE and seat.reads}
    return ({account} | states | bodies) - {None} if seats else set()

"""Records page by page, and one record with what its reader may know of it; for programs."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet

from rtopnet.sharing.models import Existence, Record, RecordText, ReleaseRequest
from rtopnet.sharing.queries.records import acting_principals, audience_of
from rtopnet.sharing.rules import Audience, Marking


@dataclass(frozen=True)
class Version:
    """One version of a record's words; ``body`` is empty in lists."""

    number: int
    title: str
    body: str
    written_at: datetime
    """To addressees, the hour it opened to them where it was written before."""
    tag: str
    """Changes whenever the words do, also those of a draft, whose number stays."""


@dataclass(frozen=True)
class OwnersSide:
    """What only the owner's people see of a record."""

    audience: Audience
    open_to_contributors: bool
    existence_only: bool
    embargo_until: datetime | None
    drafted_at: datetime
    released_at: datetime | None
    recalled_at: datetime | None
    withdrawn_at: datetime | None
    may_decide: bool
    """Whether the acting account decides for the owner."""


@dataclass(frozen=True)
class ListedRecord:
    """A record that the acting account reads; ``opened_at`` is when its addressees could, if they can."""

    id: UUID
    kind: str
    marking: Marking
    chatham_house: bool
    state: UUID | None
    institution: UUID | None
    opened_at: datetime | None
    expires_at: datetime | None
    version: Version | None
    """None: its owner withdrew it, and reads that it did."""
    own: OwnersSide | None


@dataclass(frozen=True)
class ListedExistence:
    """A record of which the acting account may know, read or not."""

    id: UUID
    kind: str
    state: UUID | None
    institution: UUID | None
    released_on: date | None
    is_recalled: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class ListedRequest:
    """A request for release, as its asker and the owner's desk see it."""

    id: UUID
    record: UUID
    asked_by: UUID
    asked_at: datetime
    due_at: datetime
    reason: str
    granted: bool | None
    answer: str
    answered_at: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class Wanted:
    """Which records a list is to hold."""

    kind: str | None = None
    marking: Marking | None = None
    owner: UUID | None = None
    is_own: bool | None = None


def records_page(
    *, wanted: Wanted, after: tuple[datetime, UUID] | None, size: int
) -> list[tuple[tuple[datetime, UUID], ListedRecord]]:
    """Up to ``size`` records after a place in the order of drafting, the latest first, with their places."""
    principals = acting_principals()
    rows = Record.objects.order_by("-drafted_at", "pk").filter(_as_wanted(wanted, principals))
    if after is not None:
        at, pk = after
        rows = rows.filter(Q(drafted_at__lt=at) | Q(drafted_at=at, pk__gt=pk))
    found = list(rows[:size])
    texts = _newest_texts([row.pk for row in found])
    return [
        ((row.drafted_at, row.pk), _listed(row, texts.get(row.pk), principals, whole=False)) for row in found
    ]


def record_in_full(record: UUID, version: int | None = None) -> ListedRecord | None:
    """One record with its newest words, or those of ``version``; None where there is none in sight."""
    row = Record.objects.filter(pk=record).first()
    if row is None:
        return None
    texts = RecordText.objects.filter(record=row)
    if version is not None:
        texts = texts.filter(version=version)
    text = texts.order_by("-version").first()
    if text is None and version is not None:
        return None
    return _listed(row, text, acting_principals(), whole=True)


def versions_of(record: UUID) -> list[Version]:
    """The versions of a record in sight, the newest first, without their bodies."""
    principals = acting_principals()
    rows = RecordText.objects.filter(record=record).order_by("-version")
    return [_version(row, principals, whole=False) for row in rows]


def known_page(
    *, after: tuple[date, UUID] | None, size: int
) -> list[tuple[tuple[date, UUID], ListedExistence]]:
    """Up to ``size`` released records of which the acting account may know, the latest day first."""
    rows = Existence.objects.filter(released_on__isnull=False).order_by("-released_on", "pk")
    if after is not None:
        day, pk = after
        rows = rows.filter(Q(released_on__lt=day) | Q(released_on=day, pk__gt=pk))
    return [
        (
            (row.released_on, row.record_id),
            ListedExistence(
                row.record_id,
                row.kind,
                row.owner_state_id,
                row.owner_institution_id,
                row.released_on,
                row.recalled_at is not None,
                row.withdrawn_at is not None,
            ),
        )
        for row in rows[:size]
        if row.released_on is not None
    ]


def requests_page(
    *, by: UUID, after: tuple[datetime, UUID] | None, size: int
) -> list[tuple[tuple[datetime, UUID], ListedRequest]]:
    """Up to ``size`` requests for release asked by the account or of its desk, the latest first."""
    rows = ReleaseRequest.objects.order_by("-asked_at", "pk")
    if after is not None:
        at, pk = after
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__gt=pk))
    return [((row.asked_at, row.pk), _request(row, by)) for row in rows[:size]]


def request_for_release(request: UUID, *, by: UUID) -> ListedRequest | None:
    """One request for release, where the account asked it or decides on it."""
    row = ReleaseRequest.objects.filter(pk=request).first()
    return _request(row, by) if row else None


def _words_tag(text: RecordText) -> str:
    """What changes whenever the words of a record do."""
    return sha256(f"{text.pk} {text.version} {text.written_at.isoformat()}".encode()).hexdigest()[:32]


def _as_wanted(wanted: Wanted, principals: frozenset[UUID]) -> Q:
    condition = Q()
    if wanted.kind is not None:
        condition &= Q(kind=wanted.kind)
    if wanted.marking is not None:
        condition &= Q(marking=wanted.marking)
    if wanted.owner is not None:
        condition &= Q(owner_state=wanted.owner) | Q(owner_institution=wanted.owner)
    if wanted.is_own is not None:
        own = Q(owner__in=principals)
        condition &= own if wanted.is_own else ~own
    return condition


def _newest_texts(records: list[UUID]) -> dict[UUID, RecordText]:
    rows: QuerySet[RecordText] = (
        RecordText.objects.filter(record__in=records).order_by("record", "-version").distinct("record")
    )
    return {row.record_id: row for row in rows.defer("body")}


def _listed(
    row: Record, text: RecordText | None, principals: frozenset[UUID], *, whole: bool
) -> ListedRecord:
    return ListedRecord(
        id=row.pk,
        kind=row.kind,
        marking=Marking(row.marking),
        chatham_house=row.chatham_house,
        state=row.owner_state_id,
        institution=row.owner_institution_id,
        opened_at=row.open_from,
        expires_at=row.expires_at,
        version=_version(text, principals, whole=whole) if text else None,
        own=_owners_side(row, principals) if whole and row.owner in principals else None,
    )


def _owners_side(row: Record, principals: frozenset[UUID]) -> OwnersSide:
    return OwnersSide(
        audience=audience_of(row.pk),
        open_to_contributors=row.open_to_contributors,
        existence_only=row.existence_only,
        embargo_until=row.embargo_until,
        drafted_at=row.drafted_at,
        released_at=row.released_at,
        recalled_at=row.recalled_at,
        withdrawn_at=row.withdrawn_at,
        may_decide=row.desk in principals,
    )


def _version(text: RecordText, principals: frozenset[UUID], *, whole: bool) -> Version:
    written_at = text.written_at
    if text.owner not in principals and text.open_from is not None:
        # How long its owner kept it before is nobody else's.
        written_at = max(written_at, text.open_from)
    return Version(text.version, text.title, text.body if whole else "", written_at, _words_tag(text))


def _request(row: ReleaseRequest, by: UUID) -> ListedRequest:
    return ListedRequest(
        id=row.pk,
        record=row.record_id,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        due_at=row.due_at,
        reason=row.reason,
        granted=row.granted,
        answer=row.answer,
        answered_at=row.answered_at,
        is_mine=row.asked_by_id == by,
    )

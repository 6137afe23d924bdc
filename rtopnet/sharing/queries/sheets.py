"""One record as its page shows it: to its owner's people, to an addressee, to who may only know of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.network.public import names_of
from rtopnet.sharing.holding import held_because
from rtopnet.sharing.models import Existence, Record, RecordText
from rtopnet.sharing.queries.asking import AskedRelease, requests_on
from rtopnet.sharing.queries.consulting import ConcernedState, ReplyOnRecord, concerned_states, replies_on
from rtopnet.sharing.queries.parts import PartInSight, parts_in_sight
from rtopnet.sharing.queries.records import acting_principals, database_now, envelope_of
from rtopnet.sharing.rules import Audience, Envelope, Marking, Stage, stage_of


@dataclass(frozen=True)
class VersionLine:
    """A version of a record that the acting account reads."""

    number: int
    title: str
    written_at: datetime
    is_past: bool
    """Only its owner's people still read it."""


@dataclass(frozen=True)
class RecordSheet:
    """A record that is read; ``audience`` and ``concerned`` are empty for all but its owner."""

    id: UUID
    kind: str
    marking: Marking
    chatham_house: bool
    owner: UUID
    owner_names: dict[str, str]
    is_own: bool
    decides: bool
    writes: bool
    """Whether the acting account may revise it now."""
    held: str
    """Why nobody changes it or takes it back now; empty where its owner is free to."""
    stage: Stage
    title: str
    body: str
    version: int
    written_at: datetime
    versions: tuple[VersionLine, ...]
    parts: tuple[PartInSight, ...]
    replies: tuple[ReplyOnRecord, ...]
    concerned: tuple[ConcernedState, ...]
    audience: Audience
    open_to_contributors: bool
    existence_only: bool
    embargo_until: datetime | None
    expires_at: datetime | None
    released_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class KnownSheet:
    """A record of which the acting account may know no more than this."""

    id: UUID
    kind: str
    owner_names: dict[str, str]
    released_on: date | None
    is_recalled: bool
    is_withdrawn: bool
    asked: AskedRelease | None


def record_sheet(record: UUID) -> RecordSheet | None:
    """The record with all of it that the acting account reads, or None where it reads none of it."""
    row = Record.objects.filter(pk=record).first()
    if row is None:
        return None
    texts = list(RecordText.objects.filter(record=record).order_by("-version"))
    if not texts:
        return None
    envelope, mine, newest = envelope_of(row), acting_principals(), texts[0]
    is_own, decides = row.owner in mine, row.desk in mine
    stage = stage_of(envelope, database_now())
    owner = row.desk or UUID(int=0)
    held = held_because(record) if is_own else ""
    return RecordSheet(
        id=row.pk,
        kind=row.kind,
        marking=Marking(row.marking),
        chatham_house=row.chatham_house,
        owner=owner,
        owner_names=names_of([owner]).get(owner, {}),
        is_own=is_own,
        decides=decides,
        writes=not held and _may_write(stage, is_own=is_own, decides=decides),
        held=held,
        stage=stage,
        title=newest.title,
        body=newest.body,
        version=newest.version,
        written_at=newest.written_at,
        versions=tuple(VersionLine(text.version, text.title, text.written_at, text.past) for text in texts),
        parts=tuple(parts_in_sight(record, newest.version)),
        replies=tuple(replies_on(record)),
        concerned=tuple(concerned_states(record)) if is_own else (),
        audience=envelope.audience,
        open_to_contributors=row.open_to_contributors,
        existence_only=row.existence_only,
        embargo_until=row.embargo_until,
        expires_at=row.expires_at,
        released_at=row.released_at,
        ended_at=_ended_at(envelope),
    )


def known_sheet(record: UUID) -> KnownSheet | None:
    """What the acting account may know of a record that it need not read, or None."""
    row = Existence.objects.filter(pk=record).first()
    if row is None:
        return None
    owner = row.owner_state_id or row.owner_institution_id or UUID(int=0)
    asked = [request for request in requests_on(record) if request.is_mine]
    return KnownSheet(
        id=record,
        kind=row.kind,
        owner_names=names_of([owner]).get(owner, {}),
        released_on=row.released_on,
        is_recalled=row.recalled_at is not None,
        is_withdrawn=row.withdrawn_at is not None,
        asked=asked[0] if asked else None,
    )


def version_in_sight(record: UUID, version: int) -> tuple[VersionLine, str] | None:
    """One version and its body, where the acting account reads it."""
    text = RecordText.objects.filter(record=record, version=version).first()
    if text is None:
        return None
    return VersionLine(text.version, text.title, text.written_at, text.past), text.body


def _may_write(stage: Stage, *, is_own: bool, decides: bool) -> bool:
    if stage == Stage.DRAFT:
        return is_own
    return decides and stage not in {Stage.RECALLED, Stage.WITHDRAWN}


def _ended_at(envelope: Envelope) -> datetime | None:
    ends = [end for end in (envelope.expires_at, envelope.recalled_at, envelope.withdrawn_at) if end]
    return min(ends, default=None)

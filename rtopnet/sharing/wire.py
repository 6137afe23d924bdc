"""Records as they go over the API: every field named, none that is not for the reader."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool

from rtopnet.kernel.wire import Incoming, Instant, Line, PageIn, ShortWords
from rtopnet.kernel.wire import Words as LongWords
from rtopnet.sharing import public as records

Kind = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
Ids = Annotated[list[UUID], Field(max_length=500)]


class Tlp(StrEnum):
    """The Traffic Light Protocol 2.0, strictest first."""

    RED = "RED"
    AMBER_STRICT = "AMBER+STRICT"
    AMBER = "AMBER"
    GREEN = "GREEN"
    CLEAR = "CLEAR"


class RecordsIn(PageIn):
    """Which records a list is to hold."""

    kind: Kind | None = None
    marking: Tlp | None = None
    owner: UUID | None = Field(None, description="A state or an institution.")
    own: bool | None = Field(None, description="Of one's own space, or of others'.")


class AudienceIn(Incoming):
    """To whom a record is addressed; lists hold ids."""

    persons: Ids = []
    states: Ids = []
    institutions: Ids = []
    groups: Ids = []
    network: StrictBool = False
    public: StrictBool = False


class PartIn(Incoming):
    """A part for fewer readers; without an `audience` it keeps the one of the version before."""

    label: Annotated[Line, Field(max_length=120)]
    body: ShortWords
    marking: Tlp
    audience: AudienceIn | None = None
    slot: Annotated[int, Field(ge=1, le=999, strict=True)] | None = None


Parts = Annotated[list[PartIn], Field(max_length=50)]


class TermsIn(Incoming):
    """On what terms a record is kept and shared."""

    kind: Kind
    marking: Tlp
    chatham_house: StrictBool = False
    open_to_contributors: StrictBool = False
    existence_only: StrictBool = False
    embargo_until: Instant | None = None
    expires_at: Instant | None = None


class DraftIn(TermsIn):
    """A new record; exactly one of `state` and `institution` owns it."""

    title: Line
    body: LongWords = ""
    parts: Parts = []
    state: UUID | None = None
    institution: UUID | None = None


class ReviseIn(Incoming):
    """What a record is to say; without `parts` these stay as they are."""

    title: Line
    body: LongWords = ""
    parts: Parts | None = None
    take_back_earlier: StrictBool = False


class AskIn(Incoming):
    """Why one asks to read a record."""

    reason: Annotated[ShortWords, Field(min_length=1)]


class AnswerIn(Incoming):
    """The owner's answer to a request for release."""

    granted: StrictBool
    answer: ShortWords = ""


class MadeOut(Schema):
    """What was made."""

    id: UUID


class RevisedOut(Schema):
    """The version that was written."""

    version: int


class VersionOut(Schema):
    """One version of a record's words."""

    version: int
    title: str
    written_at: datetime


class AudienceOut(Schema):
    """To whom a record is addressed."""

    persons: list[UUID]
    states: list[UUID]
    institutions: list[UUID]
    groups: list[UUID]
    network: bool
    public: bool


class OwnOut(Schema):
    """What only the owner's people see."""

    audience: AudienceOut
    open_to_contributors: bool
    existence_only: bool
    embargo_until: datetime | None
    drafted_at: datetime
    released_at: datetime | None
    recalled_at: datetime | None
    withdrawn_at: datetime | None
    may_decide: bool


class PartOut(Schema):
    """A part that one reads; `slot` and `audience` are null for all but the owner's people."""

    slot: int | None
    label: str
    body: str
    marking: Tlp
    audience: AudienceOut | None


class ReplyOut(Schema):
    """What a state concerned had to say."""

    state_names: dict[str, str]
    body: str
    at: datetime


class ListedOut(Schema):
    """A record in a list; `title` and `version` are null once its owner has withdrawn it."""

    id: UUID
    kind: str
    marking: Tlp
    chatham_house: bool
    state: UUID | None
    institution: UUID | None
    opened_at: datetime | None
    expires_at: datetime | None
    version: int | None
    title: str | None


class RecordOut(ListedOut):
    """A record with its words; `own` is null for all but the owner's people."""

    body: str | None
    written_at: datetime | None
    parts: list[PartOut]
    replies: list[ReplyOut]
    own: OwnOut | None


class RecordPage(Schema):
    """Part of a list; `next`, sent as `after`, gives the following part, and is null at the end."""

    items: list[ListedOut]
    next: str | None


class ExistenceOut(Schema):
    """A record that one may know of, read or not."""

    id: UUID
    kind: str
    state: UUID | None
    institution: UUID | None
    released_on: date | None
    is_recalled: bool
    is_withdrawn: bool


class ExistencePage(Schema):
    """Part of a list; `next`, sent as `after`, gives the following part, and is null at the end."""

    items: list[ExistenceOut]
    next: str | None


class PersonOut(Schema):
    """Somebody who would read a record; `is_own`: of the owner's people, who read it always."""

    account: UUID
    name: str
    is_own: bool


class ReadershipOut(Schema):
    """Who would read a record, from when until when; `anybody`: it is addressed to the public."""

    people: list[PersonOut]
    anybody: bool
    opens_at: datetime | None
    closes_at: datetime | None


class LedgerLineOut(Schema):
    """A line of the owner's release ledger: `what` is told, opened or exported."""

    account: UUID
    name: str
    what: str
    about: str
    at: datetime


class RequestOut(Schema):
    """A request for release; `granted` is null until its owner answers."""

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


class RequestPage(Schema):
    """Part of a list; `next`, sent as `after`, gives the following part, and is null at the end."""

    items: list[RequestOut]
    next: str | None


def marking_of(word: Tlp) -> records.Marking:
    """The marking that a word of the protocol means."""
    return records.Marking[word.name]


def audience_of(given: AudienceIn) -> records.Audience:
    """The audience as the rules see it."""
    return records.Audience(
        persons=frozenset(given.persons),
        states=frozenset(given.states),
        institutions=frozenset(given.institutions),
        groups=frozenset(given.groups),
        network=given.network,
        public=given.public,
    )


def listed_out(found: records.ListedRecord) -> ListedOut:
    """A record as a list shows it."""
    return ListedOut(
        id=found.id,
        kind=found.kind,
        marking=Tlp[found.marking.name],
        chatham_house=found.chatham_house,
        state=found.state,
        institution=found.institution,
        opened_at=found.opened_at,
        expires_at=found.expires_at,
        version=found.version.number if found.version else None,
        title=found.version.title if found.version else None,
    )


def record_out(found: records.ListedRecord) -> RecordOut:
    """A record as its reader sees it."""
    return RecordOut(
        **listed_out(found).model_dump(),
        body=found.version.body if found.version else None,
        written_at=found.version.written_at if found.version else None,
        parts=_parts_out(found),
        replies=[ReplyOut.from_orm(reply) for reply in records.replies_on(found.id)],
        own=_own_out(found.own) if found.own else None,
    )


def version_out(version: records.Version) -> VersionOut:
    """A version as a list shows it."""
    return VersionOut(version=version.number, title=version.title, written_at=version.written_at)


def terms_of(given: TermsIn) -> records.Terms:
    """The terms as the service takes them."""
    return records.Terms(
        kind=given.kind,
        marking=marking_of(given.marking),
        chatham_house=given.chatham_house,
        open_to_contributors=given.open_to_contributors,
        existence_only=given.existence_only,
        embargo_until=given.embargo_until,
        expires_at=given.expires_at,
    )


def parts_of(given: list[PartIn]) -> tuple[records.PartWords, ...]:
    """The parts as the service takes them."""
    return tuple(
        records.PartWords(
            part.label,
            part.body,
            marking_of(part.marking),
            audience_of(part.audience) if part.audience else None,
            part.slot,
        )
        for part in given
    )


def _parts_out(found: records.ListedRecord) -> list[PartOut]:
    if found.version is None:
        return []
    number, is_own = found.version.number, found.own is not None
    audiences = records.part_audiences_of(found.id, number) if is_own else {}
    return [
        PartOut(
            # A gap between places would tell of a part that is for others.
            slot=part.slot if is_own else None,
            label=part.label,
            body=part.body,
            marking=Tlp[part.marking.name],
            audience=_audience_out(audiences.get(part.slot, records.Audience())) if is_own else None,
        )
        for part in records.parts_in_sight(found.id, number)
    ]


def _audience_out(audience: records.Audience) -> AudienceOut:
    return AudienceOut(
        persons=sorted(audience.persons),
        states=sorted(audience.states),
        institutions=sorted(audience.institutions),
        groups=sorted(audience.groups),
        network=audience.network,
        public=audience.public,
    )


def _own_out(own: records.OwnersSide) -> OwnOut:
    return OwnOut(
        audience=_audience_out(own.audience),
        open_to_contributors=own.open_to_contributors,
        existence_only=own.existence_only,
        embargo_until=own.embargo_until,
        drafted_at=own.drafted_at,
        released_at=own.released_at,
        recalled_at=own.recalled_at,
        withdrawn_at=own.withdrawn_at,
        may_decide=own.may_decide,
    )

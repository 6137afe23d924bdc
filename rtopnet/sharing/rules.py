"""Who may read a record, and who may know that it exists; the row policies say the same in SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from rtopnet.kernel.errors import RuleBrokenError


class Marking(IntEnum):
    """The Traffic Light Protocol 2.0, strictest first."""

    RED = 0
    AMBER_STRICT = 1
    AMBER = 2
    GREEN = 3
    CLEAR = 4


class Reach(IntEnum):
    """Kinds of addressee, narrowest first."""

    PERSONS = 0
    NAMED_BODIES = 1
    """Named states and institutions."""
    GROUPS = 2
    NETWORK = 3
    PUBLIC = 4


class Role(StrEnum):
    """What a post lets its holder do; the kinds of post of the network."""

    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"
    CONTRIBUTOR = "contributor"
    SECRETARIAT = "secretariat"
    ANALYST = "analyst"
    UN_LIAISON = "un_liaison"
    TRAINER = "trainer"
    OPERATOR = "operator"


STATE_DESK = frozenset({Role.FOCAL_POINT, Role.DEPUTY})
"""They decide for their state."""
STATE_PEOPLE = STATE_DESK | {Role.CONTRIBUTOR}
INSTITUTION_DESK = STATE_DESK | {Role.SECRETARIAT, Role.ANALYST, Role.UN_LIAISON}
"""They decide for their institution; trainers and the operator decide for none."""
INSTITUTION_PEOPLE = INSTITUTION_DESK | {Role.CONTRIBUTOR}
NETWORK_ROLES = STATE_PEOPLE | {Role.SECRETARIAT}
"""Whom a record addressed to the network reaches; others are named where they should read."""


@dataclass(frozen=True)
class Seat:
    """A post that somebody holds now."""

    role: Role
    state: UUID | None = None
    institution: UUID | None = None
    reads: bool = True
    """Of a contributor: whether the desk lets them read in the state's or institution's space."""


@dataclass(frozen=True)
class Reader:
    """Somebody with an open account, as far as reading depends on it."""

    account: UUID
    region: UUID
    seats: frozenset[Seat] = frozenset()
    groups: frozenset[UUID] = frozenset()
    """Groups that the account, its state or its institution is a member of."""


@dataclass(frozen=True)
class Audience:
    """To whom a record is addressed."""

    persons: frozenset[UUID] = frozenset()
    states: frozenset[UUID] = frozenset()
    institutions: frozenset[UUID] = frozenset()
    groups: frozenset[UUID] = frozenset()
    network: bool = False
    public: bool = False

    def reach(self) -> Reach | None:
        """The widest kind of addressee in it, or None where it names nobody."""
        present = {
            Reach.PUBLIC: self.public,
            Reach.NETWORK: self.network,
            Reach.GROUPS: bool(self.groups),
            Reach.NAMED_BODIES: bool(self.states or self.institutions),
            Reach.PERSONS: bool(self.persons),
        }
        return next((reach for reach, is_present in present.items() if is_present), None)


@dataclass(frozen=True)
class Envelope:
    """What decides about a record; exactly one of ``owner_state`` and ``owner_institution`` is set.

    Instants know their time zone; None means never, or without such a bound.
    """

    region: UUID
    marking: Marking
    owner_state: UUID | None = None
    owner_institution: UUID | None = None
    audience: Audience = Audience()
    chatham_house: bool = False
    open_to_contributors: bool = False
    existence_only: bool = False
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    released_at: datetime | None = None
    recalled_at: datetime | None = None
    withdrawn_at: datetime | None = None


class MarkingTooNarrowError(RuleBrokenError):
    """The marking does not let the record go as far as its audience."""


class NobodyAddressedError(RuleBrokenError):
    """A release would reach nobody and show nothing."""


class OwnerDecidesError(RuleBrokenError):
    """Only the owner's focal point or deputy (or the institution's own desk) may do this."""


class RecordNotInSightError(RuleBrokenError):
    """There is no such record, or it is not for the acting account to know of; nobody is told which."""


class RecordClosedError(RuleBrokenError):
    """The record was recalled or withdrawn, or is not yet released."""


class RecordHeldError(RecordClosedError):
    """A room above holds the record as it is: others are asked about it, or agreed to it."""


class RequestAnsweredError(RuleBrokenError):
    """The request for release has its answer already."""


class RecordChangedError(RuleBrokenError):
    """Somebody else changed the record since it was looked at."""


class TermsRefusedError(RuleBrokenError):
    """The terms contradict one another."""


class ConsultationOpenError(RuleBrokenError):
    """A state concerned has not answered yet, and its time is not over."""


class NotConcernedError(RuleBrokenError):
    """The acting account does not speak for a state concerned by the record."""


class ReceiptSignedError(RuleBrokenError):
    """The receipt was signed before."""


CONSULTATION = timedelta(hours=72)
"""How long a state concerned has to reply before a record may go to the network."""
SIGN_WITHIN = timedelta(days=7)
"""How long those who had a recalled record have to say what became of it."""


@dataclass(frozen=True)
class Part:
    """What decides about a part of a record, over and above its envelope."""

    marking: Marking
    audience: Audience = Audience()
    is_past: bool = False
    """It belongs to a version that the owner has taken back."""


@dataclass(frozen=True)
class Consulted:
    """How far the consultation with a state concerned has come."""

    told_at: datetime | None = None
    due_at: datetime | None = None
    waived_at: datetime | None = None
    has_replied: bool = False


def may_read_version(reader: Reader | None, envelope: Envelope, *, is_past: bool, now: datetime) -> bool:
    """Whether ``reader`` reads a version of the record's words: earlier ones may be taken back."""
    if reader is not None and is_own(reader, envelope):
        return True
    return not is_past and may_read(reader, envelope, now)


def may_read_part(reader: Reader | None, envelope: Envelope, part: Part, now: datetime) -> bool:
    """Whether ``reader`` reads a part: the owner's people, and who reads the record and is named for it."""
    if reader is not None and is_own(reader, envelope):
        return True
    # A part never goes further than the strictest marking says.
    marking = min(part.marking, envelope.marking)
    named = is_addressed(reader, replace(envelope, audience=part.audience, marking=marking))
    return named and not part.is_past and may_read(reader, envelope, now)


def may_read_reply(reader: Reader | None, envelope: Envelope, state: UUID, now: datetime) -> bool:
    """Whether ``reader`` reads a concerned ``state``'s reply: all who read the record, and that state."""
    if reader is not None and reader.region == envelope.region and speaks_for(reader, state):
        return True
    return may_read(reader, envelope, now)


def may_know_of_consultation(
    reader: Reader | None, envelope: Envelope, state: UUID, about: Consulted
) -> bool:
    """Whether ``reader`` sees that ``state`` is consulted: the owner's people, and that state once told."""
    if reader is None or reader.region != envelope.region:
        return False
    return is_own(reader, envelope) or (about.told_at is not None and speaks_for(reader, state))


def speaks_for(reader: Reader, state: UUID) -> bool:
    """Whether the reader is the state's focal point or deputy."""
    return _acts_for_state(reader, frozenset({state}), wide=False)


def is_consulted(about: Consulted, now: datetime) -> bool:
    """Whether a state concerned has had its say: it replied, its time is over, or the wait was waived."""
    if about.told_at is None:
        return False
    is_over = about.due_at is not None and about.due_at <= now
    return about.has_replied or about.waived_at is not None or is_over


def needs_consultation(audience: Audience) -> bool:
    """Whether a record so addressed may go out only after the states concerned were heard."""
    return audience.network or audience.public


def may_read(reader: Reader | None, envelope: Envelope, now: datetime) -> bool:
    """Whether ``reader`` (None: somebody who is not signed in) reads the record at ``now``.

    The owner's own people always do; an addressee does while the record is open.
    """
    if reader is not None and is_own(reader, envelope):
        return True
    return is_open(envelope, now) and is_addressed(reader, envelope)


def may_know_of(reader: Reader | None, envelope: Envelope, now: datetime) -> bool:
    """Whether ``reader`` may know at ``now`` that the record exists, by its owner, kind and date alone.

    Who could once read it goes on knowing, and sees what became of it; of an existence-only record the
    whole network knows from the same hour on.
    """
    if reader is not None and is_own(reader, envelope):
        return True
    told = is_addressed(reader, envelope) or (envelope.existence_only and _is_in_network(reader, envelope))
    return told and has_opened(envelope, now)


def is_own(reader: Reader, envelope: Envelope) -> bool:
    """Whether the reader is of the owner's own people, with a role that reads the owner's space."""
    if reader.region != envelope.region:
        return False
    wide = envelope.open_to_contributors
    return _acts_for_state(reader, {envelope.owner_state}, wide=wide) or _acts_for_institution(
        reader, {envelope.owner_institution}, wide=wide
    )


def decides_for_owner(reader: Reader, envelope: Envelope) -> bool:
    """Whether the reader may share, widen, recall and withdraw the record."""
    if reader.region != envelope.region:
        return False
    return _acts_for_state(reader, {envelope.owner_state}, wide=False) or _acts_for_institution(
        reader, {envelope.owner_institution}, wide=False
    )


def is_addressed(reader: Reader | None, envelope: Envelope) -> bool:
    """Whether the audience includes the reader; nobody of another region is, but as the public."""
    audience = envelope.audience
    if audience.public:
        return True
    if reader is None or reader.region != envelope.region or not reader.seats:
        # Who holds no post any more reads nothing, also what was addressed to them by name.
        return False
    # From AMBER on, an addressed state or institution may pass it on among its own people.
    wide = envelope.marking >= Marking.AMBER
    return (
        reader.account in audience.persons
        or _acts_for_state(reader, audience.states, wide=wide)
        or _acts_for_institution(reader, audience.institutions, wide=wide)
        or bool(reader.groups & audience.groups)
        or (audience.network and _is_in_network(reader, envelope))
    )


def is_open(envelope: Envelope, now: datetime) -> bool:
    """Whether addressees read the record at ``now``: released, past its embargo, not ended."""
    ends = (envelope.expires_at, envelope.recalled_at, envelope.withdrawn_at)
    return _has_begun(envelope, now) and not any(end is not None and end <= now for end in ends)


class Stage(StrEnum):
    """Where a record stands, for those who may read it."""

    DRAFT = "draft"
    WAITING = "waiting"
    """Released, and its embargo runs."""
    OPEN = "open"
    EXPIRED = "expired"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"


def stage_of(envelope: Envelope, now: datetime) -> Stage:
    """Where the record stands at ``now``."""
    if envelope.withdrawn_at is not None:
        return Stage.WITHDRAWN
    if envelope.recalled_at is not None:
        return Stage.RECALLED
    if envelope.released_at is None:
        return Stage.DRAFT
    if envelope.expires_at is not None and envelope.expires_at <= now:
        return Stage.EXPIRED
    return Stage.OPEN if _has_begun(envelope, now) else Stage.WAITING


def has_opened(envelope: Envelope, now: datetime) -> bool:
    """Whether there has been, by ``now``, an instant at which addressees read the record."""
    if not _has_begun(envelope, now) or envelope.released_at is None:
        return False
    began = max(envelope.released_at, envelope.embargo_until or envelope.released_at)
    return is_open(envelope, began)


def widest_audience(marking: Marking) -> Reach:
    """The widest kind of addressee that the marking allows."""
    return Reach(int(marking))


def strictest_marking(markings: Iterable[Marking]) -> Marking:
    """The strictest of several markings: what holds for a thing that contains them all."""
    return min(markings)


def is_reading_noted(marking: Marking) -> bool:
    """Whether each reading by somebody else stands in the owner's release ledger."""
    return marking <= Marking.AMBER


def audience_fits(marking: Marking, audience: Audience) -> None:
    """Refuse an audience that goes further than the marking.

    Raises:
        MarkingTooNarrowError: the audience holds a kind of addressee that the marking excludes.
    """
    reach, widest = audience.reach(), widest_audience(marking)
    if reach is not None and reach > widest:
        raise MarkingTooNarrowError(
            f"audience: {reach.name.lower()} is wider than TLP:{marking.name.replace('_', '+')} allows, "
            f"which is {widest.name.lower()}"
        )


def _has_begun(envelope: Envelope, now: datetime) -> bool:
    if envelope.released_at is None or envelope.released_at > now:
        return False
    return envelope.embargo_until is None or envelope.embargo_until <= now


def _is_in_network(reader: Reader | None, envelope: Envelope) -> bool:
    if reader is None or reader.region != envelope.region:
        return False
    return any(seat.role in NETWORK_ROLES for seat in reader.seats)


def _acts_for_state(reader: Reader, states: set[UUID | None] | frozenset[UUID], *, wide: bool) -> bool:
    roles = STATE_PEOPLE if wide else STATE_DESK
    return any(
        seat.state is not None and seat.state in states and seat.role in roles and seat.reads
        for seat in reader.seats
    )


def _acts_for_institution(reader: Reader, bodies: set[UUID | None] | frozenset[UUID], *, wide: bool) -> bool:
    roles = INSTITUTION_PEOPLE if wide else INSTITUTION_DESK
    return any(
        seat.institution is not None and seat.institution in bodies and seat.role in roles and seat.reads
        for seat in reader.seats
    )

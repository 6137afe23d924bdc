"""What happens to records, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class OfARecord(Event):
    """Something happened to a record, by an account's doing."""

    record: UUID
    by: UUID


class RecordDrafted(OfARecord):
    """A record was begun; only its owner's people know."""


class RecordRevised(OfARecord):
    """Its words changed: the draft's, or by a new version of what was released."""


class RecordReleased(OfARecord):
    """Its addressees may read it from its embargo on."""


class RecordRecalled(OfARecord):
    """Its addressees no longer read it."""


class RecordWithdrawn(OfARecord):
    """Its content is deleted; those who knew of it see that its owner withdrew it."""


class ReleaseRequested(OfARecord):
    """Somebody who knows of it asks to read it."""


class ReleaseAnswered(OfARecord):
    """The owner has answered a request."""


@dataclass(frozen=True)
class StateConsulted(OfARecord):
    """A state concerned was told, and has time to reply."""

    state: UUID


@dataclass(frozen=True)
class ReplyGiven(OfARecord):
    """A state concerned replied; its words stay attached."""

    state: UUID


@dataclass(frozen=True)
class ReceiptSigned(OfARecord):
    """A state or institution said what became of the copies it had."""

    body: UUID

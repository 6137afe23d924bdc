"""What happens in assistance, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class OfAssistance(Event):
    """Something happened to a record of assistance, by an account's doing."""

    record: UUID
    by: UUID


class RequestCirculated(OfAssistance):
    """A state's request went to those whom the state chose."""


class RequestWithdrawn(OfAssistance):
    """A state stopped its request; every offer for it is closed."""


class OfferMade(OfAssistance):
    """Somebody offers something for a request."""


class OfferAnswered(OfAssistance):
    """The asking state accepted an offer in part or wholly, or declined it."""


class DeploymentBegun(OfAssistance):
    """Help has arrived."""


class DeploymentEnded(OfAssistance):
    """The work is over; both sides appraise it."""


class LessonAgreed(OfAssistance):
    """Both sides agreed that the network reads a lesson; ``record`` is the lesson."""

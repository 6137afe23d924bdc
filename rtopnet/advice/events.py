"""What happens to advice, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class AdviceTransmitted(Event):
    """A cleared paper went to its office; ``record`` is the transmission's own."""

    record: UUID
    paper: UUID
    by: UUID


@dataclass(frozen=True)
class OfATransmission(Event):
    """Somebody did something with what was transmitted."""

    record: UUID
    by: UUID


class AdviceAcknowledged(OfATransmission):
    """The office says that it received it."""


class AdviceAnswered(OfATransmission):
    """The office answered."""


class AdviceClosed(OfATransmission):
    """Its owner closed it."""

"""What happens to warnings, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class OfAlert(Event):
    """Something happened to a warning, by an account's doing."""

    record: UUID
    by: UUID


class SignalRaised(OfAlert):
    """Somebody began a warning; nobody outside its owner's people knows of it."""


class AlertIssued(OfAlert):
    """A warning went out, and everybody warned is asked to answer."""


class AlertAnswered(OfAlert):
    """Somebody who was warned answered."""


class AlertClosed(OfAlert):
    """A warning came to its outcome; ``record`` holds it, with its lesson."""

"""What the network tells upper rooms."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class AccountClosed(Event):
    """An account was closed; whatever lets it in elsewhere must go."""

    account_id: UUID

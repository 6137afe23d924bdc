"""News between rooms: a lower room publishes what happened, after commit; upper rooms subscribe."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from django.db import transaction

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Event:
    """Something that happened, named in the past tense; carries ids, never content."""


SomeEvent = TypeVar("SomeEvent", bound=Event)
_subscribers: defaultdict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def subscribe(kind: type[SomeEvent]) -> Callable[[Callable[[SomeEvent], None]], Callable[[SomeEvent], None]]:
    """Call the decorated function with every event of ``kind``, once its transaction has committed."""

    def register(reaction: Callable[[SomeEvent], None]) -> Callable[[SomeEvent], None]:
        _subscribers[kind].append(reaction)  # type: ignore[arg-type]  # a reaction only gets its kind
        return reaction

    return register


def publish(event: Event, *, using: str = "default") -> None:
    """Tell subscribers of ``event`` after the present transaction commits; never if it does not.

    One reaction's failure is logged and keeps neither the others nor the deed from being done.
    """
    for reaction in _subscribers[type(event)]:
        transaction.on_commit(_telling(reaction, event), using=using, robust=True)


def _telling(reaction: Callable[[Event], None], event: Event) -> Callable[[], None]:
    def tell() -> None:
        reaction(event)

    return tell

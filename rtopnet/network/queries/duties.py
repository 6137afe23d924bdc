"""What is attached to a post and moves with it; upper rooms say what they know of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Duty:
    """Something that whoever holds the post has to do, for the checklist before a hand-over."""

    title: str
    count: int = 1


DutySource = Callable[[UUID], Iterable[Duty]]
_sources: list[DutySource] = []


def register_duties(source: DutySource) -> DutySource:
    """Ask ``source`` for what is attached to a post; it runs as the account that looks."""
    if source not in _sources:
        _sources.append(source)
    return source


def duties_of(post: UUID) -> list[Duty]:
    """Open tasks and duties of a post, as far as the acting account may see them."""
    return [duty for source in _sources for duty in source(post) if duty.count]

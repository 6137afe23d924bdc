"""Decisions about meetings and minutes: pure, without a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from rtopnet.kernel.errors import RuleBrokenError


class MeetingNotInSightError(RuleBrokenError):
    """There is no such meeting, or it is not for the acting account to know of; nobody is told which."""


class MeetingTimesError(RuleBrokenError):
    """The meeting would end before it begins."""


class MeetingOverError(RuleBrokenError):
    """The meeting was cancelled, or is over."""


class NotInvitedError(RuleBrokenError):
    """The acting account does not answer for a state that is invited."""


class PassageClashError(RuleBrokenError):
    """Somebody else changed the same lines meanwhile; both texts are kept."""

    def __init__(self, said: str, *, present: str, number: int, mine: str) -> None:
        super().__init__(said)
        self.present, self.number, self.mine = present, number, mine


class MinutesClosedError(RuleBrokenError):
    """Nobody writes in these minutes any more."""


class NotResponsibleError(RuleBrokenError):
    """Neither the action's keeper nor the one who answers for it."""


def next_chair(order: Sequence[UUID], last: UUID | None) -> UUID | None:
    """Whose turn it is to chair: the state after ``last`` in ``order``, and the first after the last one.

    >>> a, b = UUID(int=1), UUID(int=2)
    >>> next_chair([a, b], a) == b, next_chair([a, b], b) == a, next_chair([a, b], None) == a
    (True, True, True)
    """
    if not order:
        return None
    if last not in order:
        return order[0]
    return order[(order.index(last) + 1) % len(order)]


@dataclass(frozen=True)
class Change:
    """Lines ``start`` to ``end`` of the base became ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged(base: str, theirs: str, mine: str) -> str | None:
    r"""Both changes of ``base`` in one text, or None where they bear on the same lines.

    Changes that only touch each other at an edge are taken to clash as well: who reads the result could not
    tell which came first. The same change made by both counts once.

    >>> merged("a\nb\nc", "A\nb\nc", "a\nb\nC")
    'A\nb\nC'
    >>> merged("a\nb", "x\nb", "y\nb") is None
    True
    """
    if mine in (theirs, base):
        return theirs
    if theirs == base:
        return mine
    lines = base.split("\n")
    here, there = _changes(lines, mine.split("\n")), _changes(lines, theirs.split("\n"))
    if any(_clash(one, other) for one in here for other in there if one != other):
        return None
    found: list[str] = []
    place = 0
    for change in sorted(set(here) | set(there), key=lambda one: (one.start, one.end)):
        found += [*lines[place : change.start], *change.lines]
        place = change.end
    return "\n".join([*found, *lines[place:]])


def _changes(base: list[str], other: list[str]) -> list[Change]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [
        Change(i1, i2, tuple(other[j1:j2]))
        for what, i1, i2, j1, j2 in matcher.get_opcodes()
        if what != "equal"
    ]


def _clash(one: Change, other: Change) -> bool:
    return one.start <= other.end and other.start <= one.end


def is_overdue(due_on: date | None, *, is_done: bool, today: date) -> bool:
    """Whether an action is late: its day is over and it is not done."""
    return due_on is not None and not is_done and due_on < today

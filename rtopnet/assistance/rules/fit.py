"""How well something that a keeper has fits a need, with the reasons; no learning and no hidden weights.

Every reason earns points out of a fixed most, and the score is their sum, so that a reader can add it up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from rtopnet.assistance.rules.words import Aid


class Why(StrEnum):
    """What a reason is about."""

    SKILLS = "skills"
    LEVEL = "level"
    LANGUAGE = "language"
    TIME = "time"
    CLEARANCE = "clearance"
    PAST = "past"


MOST: dict[Why, int] = {
    Why.SKILLS: 50,
    Why.LEVEL: 10,
    Why.LANGUAGE: 15,
    Why.TIME: 15,
    Why.CLEARANCE: 5,
    Why.PAST: 5,
}
"""Points that each reason can earn; together 100. What a need does not ask for earns all of its points."""
BEST_MARK = 5
_SAME = 1e-6
"""Scores that differ by less are the same."""
_NOTHING_KNOWN = 0.5
"""Of the points for past appraisals, where none was shared: a newcomer stands in the middle."""


@dataclass(frozen=True)
class Wanted:
    """A need, as far as fitting depends on it; days are inclusive."""

    starts_on: date
    ends_on: date
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    """Any one of them is enough; by their language tags."""
    level: int = 1
    clearances: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Held:
    """A skill that is held at a level, until it has to be confirmed again (None: for good)."""

    level: int
    until: date | None = None


@dataclass(frozen=True)
class Candidate:
    """A roster entry or standing offer; ``marks`` (1 to 5) are of appraisals shared with its keeper."""

    id: UUID
    skills: dict[str, Held] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    periods: tuple[tuple[date, date], ...] = ()
    clearances: dict[str, date | None] = field(default_factory=dict)
    marks: tuple[int, ...] = ()
    aid: Aid = Aid.EXPERTS


@dataclass(frozen=True)
class Reason:
    """Why a candidate fits, in part or wholly: the points earned, and what is there and what is lacking."""

    why: Why
    points: float
    most: int
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    days: int = 0
    of_days: int = 0


@dataclass(frozen=True)
class Fit:
    """How well a candidate fits, from 0 to 100, and why."""

    candidate: UUID
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Page:
    """Some candidates, and the most that any which come after them can score."""

    candidates: Sequence[Candidate]
    most_after: float


def fit(need: Wanted, candidate: Candidate) -> Fit:
    """How well ``candidate`` fits ``need``."""
    reasons = (
        _skills(need, candidate),
        _level(need, candidate),
        _language(need, candidate),
        _time(need, candidate),
        _clearance(need, candidate),
        _past(candidate),
    )
    return Fit(candidate.id, sum(reason.points for reason in reasons), reasons)


def ranked(need: Wanted, candidates: Iterable[Candidate]) -> list[Fit]:
    """All that have something of what is needed, the best fit first; equals by id, so that ties stay put."""
    fits = (fit(need, candidate) for candidate in candidates)
    return sorted((one for one in fits if is_of_use(one)), key=_order)


def is_of_use(one: Fit) -> bool:
    """Whether a fit has a skill that is asked for, and a day of the time."""
    by_why = {reason.why: reason for reason in one.reasons}
    skills = by_why[Why.SKILLS]
    return (bool(skills.has) or not skills.lacks) and by_why[Why.TIME].days > 0


def most_with(covered: int, of: int) -> float:
    """The best score that anything can have which covers ``covered`` ``of`` the skills asked for."""
    return _share(covered, of) * MOST[Why.SKILLS] + sum(MOST.values()) - MOST[Why.SKILLS]


def best_of(need: Wanted, pages: Iterable[Page], most: int) -> list[Fit]:
    """The ``most`` best fits; a page is asked for only as long as something of it could be among them."""
    found: list[Fit] = []
    for page in pages:
        found = sorted([*found, *ranked(need, page.candidates)], key=_order)[:most]
        if len(found) == most and found[-1].score > page.most_after + _SAME:
            break
    return found


def _order(one: Fit) -> tuple[float, UUID]:
    return -round(one.score, 6), one.candidate


def _skills(need: Wanted, candidate: Candidate) -> Reason:
    has = sorted(need.skills & _valid_skills(need, candidate))
    lacks = sorted(need.skills.difference(has))
    share = _share(len(has), len(need.skills))
    return Reason(Why.SKILLS, share * MOST[Why.SKILLS], MOST[Why.SKILLS], tuple(has), tuple(lacks))


def _level(need: Wanted, candidate: Candidate) -> Reason:
    held = sorted(need.skills & _valid_skills(need, candidate))
    enough = [code for code in held if candidate.skills[code].level >= need.level]
    # A share of all that is asked for, so that one more skill never lowers it.
    share = _share(len(enough), len(need.skills))
    below = tuple(code for code in held if code not in enough)
    return Reason(Why.LEVEL, share * MOST[Why.LEVEL], MOST[Why.LEVEL], tuple(enough), below)


def _language(need: Wanted, candidate: Candidate) -> Reason:
    spoken = {_main(tag) for tag in candidate.languages}
    has = tuple(sorted(tag for tag in need.languages if _main(tag) in spoken))
    lacks = () if has else tuple(sorted(need.languages))
    points = 0 if lacks else MOST[Why.LANGUAGE]
    return Reason(Why.LANGUAGE, points, MOST[Why.LANGUAGE], has, lacks)


def _time(need: Wanted, candidate: Candidate) -> Reason:
    whole = (need.ends_on - need.starts_on).days + 1
    days = _days_within(need, candidate.periods)
    points = _share(days, whole) * MOST[Why.TIME]
    return Reason(Why.TIME, points, MOST[Why.TIME], days=days, of_days=whole)


def _clearance(need: Wanted, candidate: Candidate) -> Reason:
    has = tuple(sorted(code for code in need.clearances if _is_cleared(code, candidate, need.ends_on)))
    lacks = tuple(sorted(need.clearances.difference(has)))
    points = _share(len(has), len(need.clearances)) * MOST[Why.CLEARANCE]
    return Reason(Why.CLEARANCE, points, MOST[Why.CLEARANCE], has, lacks)


def _past(candidate: Candidate) -> Reason:
    marks = candidate.marks
    share = sum(marks) / len(marks) / BEST_MARK if marks else _NOTHING_KNOWN
    return Reason(Why.PAST, share * MOST[Why.PAST], MOST[Why.PAST], tuple(str(mark) for mark in marks))


def _valid_skills(need: Wanted, candidate: Candidate) -> set[str]:
    """Skills whose confirmation does not run out before the work begins."""
    held = candidate.skills.items()
    return {code for code, skill in held if skill.until is None or skill.until >= need.starts_on}


def _is_cleared(code: str, candidate: Candidate, until: date) -> bool:
    if code not in candidate.clearances:
        return False
    expires = candidate.clearances[code]
    return expires is None or expires >= until


def _days_within(need: Wanted, periods: Iterable[tuple[date, date]]) -> int:
    """Days of the need on which one of the periods runs, each counted once."""
    days, counted_to = 0, need.starts_on - timedelta(days=1)
    for first, last in sorted(periods):
        begin = max(first, counted_to + timedelta(days=1))
        end = min(last, need.ends_on)
        if begin <= end:
            days += (end - begin).days + 1
            counted_to = end
    return days


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _main(tag: str) -> str:
    """The language itself: who speaks ``pt-TL`` is understood where ``pt`` is asked for."""
    return tag.split("-", maxsplit=1)[0].lower()

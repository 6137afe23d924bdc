"""What of a keeper's own roster fits a need: looked up by skills, then ranked exactly; it never decides."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from rtopnet.assistance.models import Appraisal, Entry, Participant
from rtopnet.assistance.queries.requests import NeedInSight
from rtopnet.assistance.queries.roster import held_clearances, held_periods, held_skills
from rtopnet.assistance.rules.fit import MOST, Candidate, Fit, Page, Wanted, Why, best_of, most_with
from rtopnet.assistance.rules.words import Aid
from rtopnet.sharing.public import acting_principals

BEST_SHOWN = 20
LOOK_UP = (
    "SELECT record, skills, levels, skills_until, languages, periods, clearances, bound "
    "FROM assistance_candidates(%s::text[], %s, %s, %s::text[], %s, %s, %s, %s, %s)"
)
FIRST_PAGE = 100
_REST = MOST[Why.CLEARANCE] + MOST[Why.PAST]
_POINTS = [
    float(points) for points in (MOST[Why.SKILLS], MOST[Why.LEVEL], MOST[Why.LANGUAGE], MOST[Why.TIME], _REST)
]


@dataclass(frozen=True)
class Match:
    """Something on one's own roster that fits a need, and why."""

    entry: UUID
    aid: Aid
    post_title: str
    person: str
    number: int
    fit: Fit


def matches_for(needs: list[NeedInSight], *, most: int = BEST_SHOWN) -> dict[UUID, list[Match]]:
    """For each need, the best that the acting account's bodies keep; equals stay in one order."""
    marks = marks_known()
    fits = {need.id: fits_for(need.wanted, marks=marks, most=most) for need in needs}
    entries = {
        row.record_id: row
        for row in Entry.objects.filter(
            record__in={fit.candidate for found in fits.values() for fit in found}
        ).only("record_id", "aid", "post_title", "person", "number")
    }
    return {need: [_match(entries[fit.candidate], fit) for fit in found] for need, found in fits.items()}


def fits_for(need: Wanted, *, marks: dict[UUID, tuple[int, ...]], most: int = BEST_SHOWN) -> list[Fit]:
    """The best fits for one need among the acting account's own entries."""
    return best_of(need, _pages(need, marks), most)


def marks_known() -> dict[UUID, tuple[int, ...]]:
    """Marks for past work by roster entry, of appraisals that were shared with its keeper."""
    about = Appraisal.objects.filter(about__in=acting_principals()).values_list(
        "deployment_id", "about", "fit_to_need"
    )
    given = {(work, body): mark for work, body, mark in about}
    sent = Participant.objects.filter(
        record__in={work for work, _ in given}, entry__isnull=False
    ).values_list("entry", "record_id", "body")
    found: dict[UUID, tuple[int, ...]] = defaultdict(tuple)
    for entry, work, body in sent:
        if entry is not None and (work, body) in given:
            found[entry] += (given[work, body],)
    return dict(found)


def _pages(need: Wanted, marks: dict[UUID, tuple[int, ...]]) -> Iterator[Page]:
    with connection.cursor() as cursor:
        yield from pages(cursor, LOOK_UP, need, marks)


def pages(
    cursor: CursorWrapper, look_up: str, need: Wanted, marks: dict[UUID, tuple[int, ...]]
) -> Iterator[Page]:
    """Entries that hold all the skills asked for, then those that lack one, and so on."""
    codes = sorted(need.skills)
    spoken = sorted({tag.split("-", maxsplit=1)[0].lower() for tag in need.languages})
    for number in range(len(codes), min(len(codes), 1) - 1, -1):
        size, after = FIRST_PAGE, 0
        while True:
            days = (need.starts_on, need.ends_on)
            cursor.execute(look_up, [codes, number, need.level, spoken, *days, _POINTS, size, after])
            rows = cursor.fetchall()
            is_last = len(rows) < size
            most_after = most_with(number - 1, len(codes)) if is_last else rows[-1][-1]
            yield Page([as_candidate(row[:-1], marks) for row in rows], most_after)
            if is_last:
                break
            size, after = size * 4, after + size


def as_candidate(row: tuple[Any, ...], marks: dict[UUID, tuple[int, ...]]) -> Candidate:
    """A row of the look-up, as far as fitting depends on it."""
    record, skills, levels, until, languages, periods, clearances = row
    return Candidate(
        id=record,
        skills=held_skills(skills, levels, until),
        languages=frozenset(languages),
        periods=held_periods(json.loads(periods)),
        clearances=held_clearances(json.loads(clearances)),
        marks=marks.get(record, ()),
    )


def _match(row: Entry, fit: Fit) -> Match:
    return Match(row.record_id, Aid(row.aid), row.post_title, row.person, row.number, fit)

"""Finding records by their words, among those that the acting account reads and no others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from rtopnet.sharing.excerpts import Fragment, excerpt, marked
from rtopnet.sharing.models import SearchEntry
from rtopnet.sharing.queries.records import acting_principals
from rtopnet.sharing.rules import Marking, is_reading_noted, strictest_marking
from rtopnet.sharing.wording import Wanted, text_before_last_word, wanted, words_in

FINDS_ON_A_PAGE = 20
MOST_FINDS = 500
"""Newest finds that are weighed and counted; who has more narrows the search down."""
MOST_SUGGESTIONS = 8
READ_FOR_SUGGESTIONS = 40
LETTERS_READ = 1000
LEAST_LETTERS = 2
"""One letter begins half of all words."""

_PAGE = """
WITH found AS MATERIALIZED (SELECT * FROM sharing_search(%s, %s, %s, %s, %s, %s, %s, %s, %s)),
records AS MATERIALIZED (
    SELECT DISTINCT ON (record) record, entry, weight, at, kind, owner_body, marking, language,
        extract(year FROM at AT TIME ZONE 'UTC')::int AS year
    FROM found ORDER BY record, weight DESC, entry
)
SELECT NULL::uuid, NULL::uuid, NULL::timestamptz, kind, owner_body, marking, year, language, count(*)
FROM records GROUP BY GROUPING SETS ((kind), (owner_body), (marking), (year), (language), ())
UNION ALL
(SELECT record, entry, at, kind, owner_body, marking, year, language, 0 FROM records
 ORDER BY {order} LIMIT %s OFFSET %s)
"""
_ORDERS = {"relevance": "weight DESC, at DESC, record", "date": "at DESC, record"}
_FOUND = "SELECT entry FROM sharing_search(%s, %s, '{}', %s, NULL, NULL, NULL, NULL, NULL)"


@dataclass(frozen=True)
class Asked:
    """What is searched for; None: of any kind, owner, marking, year, language."""

    query: str
    kind: str | None = None
    owner: UUID | None = None
    marking: Marking | None = None
    year: int | None = None
    language: str | None = None
    order: Literal["relevance", "date"] = "relevance"
    page: int = 1


@dataclass(frozen=True)
class Find:
    """A record that was found, and where in it; ``is_elsewhere`` when not in the record's own words.

    ``is_sealed``: reading its words is noted for its owner, so that a find shows none beyond the title.
    """

    record: UUID
    kind: str
    owner: UUID
    marking: Marking
    dated_at: datetime
    title: tuple[Fragment, ...]
    excerpt: tuple[Fragment, ...]
    is_elsewhere: bool
    is_sealed: bool


@dataclass(frozen=True)
class Facets:
    """How many finds there are of each kind, owner, marking, year and language, the most first."""

    kinds: tuple[tuple[str, int], ...] = ()
    owners: tuple[tuple[UUID, int], ...] = ()
    markings: tuple[tuple[Marking, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Finds:
    """One page of what was found; ``count`` is of what the reader may read, and stops at MOST_FINDS."""

    finds: tuple[Find, ...] = ()
    facets: Facets = Facets()
    count: int = 0
    has_next: bool = False
    is_cut: bool = False


def records_found(asked: Asked) -> Finds:
    """What the acting account reads and ``asked`` fits, a page of it, with counts over all of it."""
    wish = wanted(asked.query)
    if not wish:
        return Finds()
    rows = _rows(asked, wish)
    hits = [row for row in rows if row[0] is not None]
    facets, count = _facets(row for row in rows if row[0] is None)
    page = hits[:FINDS_ON_A_PAGE]
    return Finds(
        finds=_read(page, wish),
        facets=facets,
        count=count,
        has_next=len(hits) > FINDS_ON_A_PAGE,
        is_cut=count >= MOST_FINDS,
    )


def words_suggested(typed: str) -> list[str]:
    """``typed`` with its last word finished, the commonest first, by what the acting account reads."""
    wish = wanted(typed)
    if not wish or len(wish.words[-1]) < LEAST_LETTERS:
        return []
    *before, last = wish.words
    begun = wanted(last)
    head = text_before_last_word(typed)
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [list(begun.exact), list(begun.beginnings), READ_FOR_SUGGESTIONS])
        entries = [entry for (entry,) in cursor.fetchall()]
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    mine = acting_principals()
    for entry in SearchEntry.objects.filter(pk__in=entries).select_related("record"):
        for word, spelling in words_in(_open_words(entry, mine)).items():
            if word.startswith(last) and word not in before:
                counts[word] += 1
                spelt.setdefault(word, spelling)
    commonest = sorted(counts, key=lambda word: (-counts[word], word))
    return [head + spelt[word] for word in commonest[:MOST_SUGGESTIONS]]


def _open_words(entry: SearchEntry, mine: frozenset[UUID]) -> str:
    """What may be shown of a text without its reading being noted: all of it, or its record's title."""
    marking = strictest_marking([Marking(entry.record.marking), Marking(entry.marking or Marking.CLEAR)])
    if not _is_sealed(marking, entry, mine):
        return f"{entry.title}\n{entry.text[:LETTERS_READ]}"
    return entry.title if entry.source == entry.record_id else ""


def _is_sealed(marking: Marking, entry: SearchEntry, mine: frozenset[UUID]) -> bool:
    return is_reading_noted(marking) and entry.owner not in mine


_Row = tuple[Any, ...]
"""Record, entry and instant of a find, or three times None in a line of counts; what is counted; how many."""


def _rows(asked: Asked, wish: Wanted) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            _PAGE.format(order=_ORDERS[asked.order]),
            [
                *(list(wish.exact), list(wish.beginnings), list(wish.words), MOST_FINDS),
                *(asked.kind, asked.owner, asked.marking, asked.year, asked.language),
                *(FINDS_ON_A_PAGE + 1, (asked.page - 1) * FINDS_ON_A_PAGE),
            ],
        )
        rows: list[_Row] = cursor.fetchall()
    return rows


def _read(hits: list[_Row], wish: Wanted) -> tuple[Find, ...]:
    """What was found, read again under the row policies: the look-up gives no words."""
    wished = Q(pk__in=[hit[1] for hit in hits]) | Q(source__in=[hit[0] for hit in hits])
    entries = list(SearchEntry.objects.filter(wished).only("id", "source", "title", "text", "owner"))
    by_id = {entry.pk: entry for entry in entries}
    by_source = {entry.source: entry for entry in entries}
    mine = acting_principals()
    return tuple(
        _find(hit, by_id[hit[1]], by_source.get(hit[0]), wish, mine) for hit in hits if hit[1] in by_id
    )


def _find(
    hit: _Row, entry: SearchEntry, own: SearchEntry | None, wish: Wanted, mine: frozenset[UUID]
) -> Find:
    record, _, dated_at, kind, owner, marking, *_ = hit
    is_sealed = _is_sealed(Marking(marking), entry, mine)
    return Find(
        record=record,
        kind=kind,
        owner=owner,
        marking=Marking(marking),
        dated_at=dated_at,
        title=marked(own.title if own else "", wish),
        excerpt=() if is_sealed else excerpt(entry.text or entry.title, wish),
        is_elsewhere=entry.source != record,
        is_sealed=is_sealed,
    )


def _facets(rows: Iterable[_Row]) -> tuple[Facets, int]:
    sets: tuple[list[Any], ...] = ([], [], [], [], [])
    count = 0
    for _, _, _, *values, number in rows:
        place = next((place for place, value in enumerate(values) if value is not None), None)
        if place is None:
            count = number
        else:
            sets[place].append((values[place], number))
    kinds, owners, markings, years, languages = (
        tuple(sorted(found, key=lambda line: (-line[1], str(line[0])))) for found in sets
    )
    return Facets(kinds, owners, tuple((Marking(m), n) for m, n in markings), years, languages), count

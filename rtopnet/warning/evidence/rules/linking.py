"""Which signals tell of the same report or the same event, and how many sources say so independently.

Likeness is symmetric, and nothing depends on the order in which signals came. What a person split stays
split, whatever the program finds likely.
"""

import math
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, pairwise, product
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

DAY = timedelta(days=1)
LONGEST_EVENT = 7
"""Days for which an event is looked for; what a source dates more vaguely is found by its first ones."""
REPORT_DAYS = 4
"""A report is copied within so many days, or it is another one."""
SAME_TEXT, SAME_PASSAGE, SAME_EVENT = 0.8, 0.9, 0.7
LEAST_TEXT, LEAST_PASSAGE = 20, 80
ALIKE_NAMES, ALIKE_PLACES, ALIKE_WORDS = 0.6, 0.85, 0.3
"""What is less alike than that is taken for different."""
NEAR_KM = 25.0
_CELL, _REACH, _KM_PER_DEGREE = 0.5, 0.13, 111.2
_SKETCH, _SHINGLE, _GRAM = 6, 8, 3
_CROWDED, _WINDOW = 60, 30
_FIGURE = re.compile(r"[0-9]+")
_YEARS = range(1900, 2101)
_FEW = 2
_TRACKING = re.compile(r"^(utm_|fbclid$|gclid$|ref$|cmp$|at_)")


class Tie(StrEnum):
    """How two signals belong together."""

    SAME_REPORT = "same_report"
    SAME_EVENT = "same_event"


@dataclass(frozen=True, slots=True)
class Mention:
    """What the rule sees of a signal; make it with ``mention``."""

    id: str
    first_day: date
    last_day: date
    state: str
    place: str
    point: tuple[float, float] | None
    names: frozenset[str]
    grams: frozenset[str]
    figures: frozenset[int]
    numerals: frozenset[str]
    url: str
    published: date


@dataclass(frozen=True)
class Likeness:
    """Two signals that belong together, the lesser id first."""

    first: str
    second: str
    tie: Tie
    score: float


@dataclass(frozen=True)
class Judgement:
    """What a person said of two signals."""

    first: str
    second: str
    joined: bool


def mention(  # noqa: PLR0913 -- one argument for each thing that is compared
    *,
    id: str,  # noqa: A002 -- the signal's own word for it
    first_day: date,
    last_day: date | None = None,
    published: date | None = None,
    state: str = "",
    place: str = "",
    point: tuple[float, float] | None = None,
    names: Iterable[str] = (),
    text: str = "",
    url: str = "",
) -> Mention:
    """A signal as the rule compares it: text in any script, without what copies differ in."""
    plain = normal(text)
    return Mention(
        id=id,
        first_day=first_day,
        last_day=max(first_day, last_day or first_day),
        state=state,
        place=_name(place.split(",", 1)[0]),
        point=point,
        names=frozenset(found for found in map(_name, names) if found),
        grams=frozenset(plain[at : at + _GRAM] for at in range(len(plain) - _GRAM + 1)),
        figures=figures_in(plain),
        numerals=frozenset(_FIGURE.findall(plain)),
        url=plain_url(url),
        published=published or first_day,
    )


def normal(text: str) -> str:
    """Compatible characters as one, no case, no accents on Latin letters, no punctuation, plain digits.

    >>> normal("Été — १२ mort(e)s")
    'ete 12 mort e s'
    """
    found = []
    for letter in unicodedata.normalize("NFKD", text).casefold():
        kind = unicodedata.category(letter)
        if kind == "Nd":
            found.append(str(unicodedata.digit(letter)))
        elif kind[0] in "PSZC":
            found.append(" ")
        elif not "\u0300" <= letter <= "\u036f":
            found.append(letter)
    return " ".join("".join(found).split())


@lru_cache(maxsize=65536)
def _name(text: str) -> str:
    return normal(text)


def figures_in(plain: str) -> frozenset[int]:
    """Numbers that may count people; small ones and years say little, and no language translates them.

    >>> sorted(figures_in("in 2026 12 killed 1 house 340 fled"))
    [12, 340]
    """
    found = (int(figure) for figure in _FIGURE.findall(plain) if len(figure) < 7)  # noqa: PLR2004 -- a million
    return frozenset(number for number in found if number > _FEW and number not in _YEARS)


def plain_url(url: str) -> str:
    """An address without what tells only whence the reader came; empty where it cannot be read.

    >>> plain_url("HTTP://www.News.example/a/?utm_source=x&id=2#top")
    'news.example/a?id=2'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if not host:
        return ""
    query = ""
    if parts.query:
        kept = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)]
        query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def compare(one: Mention, other: Mention) -> Likeness | None:
    """How two signals belong together, or None where too little speaks for it.

    An event's score is 0.2 for the same day (less for neighbours), 0.3 for the same place and 0.5 for what
    speaks best for it otherwise: who took part, the words, or the figures in them.
    """
    if one.id == other.id:
        return None
    first, second = sorted((one.id, other.id))
    copied = _copied(one, other)
    if copied:
        return Likeness(first, second, Tie.SAME_REPORT, copied)
    score = _same_event(one, other)
    return Likeness(first, second, Tie.SAME_EVENT, score) if score >= SAME_EVENT else None


def _copied(one: Mention, other: Mention) -> float:
    if abs((one.published - other.published).days) > REPORT_DAYS:
        return 0.0
    if one.url and one.url == other.url:
        return 1.0
    least = min(len(one.grams), len(other.grams))
    if least < LEAST_TEXT or (least < LEAST_PASSAGE and one.numerals != other.numerals):
        # A short text that differs in a number is the next one of its series.
        return 0.0
    shared = len(one.grams & other.grams)
    alike = 2 * shared / (len(one.grams) + len(other.grams))
    if alike >= SAME_TEXT or (least >= LEAST_PASSAGE and shared / least >= SAME_PASSAGE):
        return round(max(alike, shared / least * SAME_PASSAGE), 3)
    return 0.0


def _same_event(one: Mention, other: Mention) -> float:
    if one.state and other.state and one.state != other.state:
        return 0.0
    gap = max(one.first_day, other.first_day) - min(one.last_day, other.last_day)
    if gap > DAY:
        return 0.0
    near = _nearness(one, other)
    if near == 0.0:
        return 0.0
    when = 1.0 if gap <= timedelta(0) else 0.6
    return round(0.2 * when + 0.3 * near + 0.5 * _substance(one, other), 3)


def _substance(one: Mention, other: Mention) -> float:
    """What speaks for one event besides day and place: names, words, or figures, which cross languages."""
    figures = 0.6 if one.figures & other.figures else 0.0
    words = 0.0
    if min(len(one.grams), len(other.grams)) >= LEAST_TEXT:
        dice = _dice(one.grams, other.grams)
        words = min(1.0, 1.6 * dice) if dice >= ALIKE_WORDS else 0.0
    return max(_alike_names(one.names, other.names), words, figures)


def _nearness(one: Mention, other: Mention) -> float:
    named = 0.0
    if one.place and other.place:
        named = 1.0 if one.place == other.place else _ratio(one.place, other.place)
        named = named if named >= ALIKE_PLACES else 0.0
    if one.point is None or other.point is None:
        return named
    away = _km(one.point, other.point)
    return max(0.0, 1.0 - away / NEAR_KM / 2) if away <= NEAR_KM else (named if away <= 2 * NEAR_KM else 0.0)


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Roughly; good enough below a hundred kilometres."""
    east = (one[1] - other[1] + 180) % 360 - 180
    # The mean of both latitudes keeps it symmetric.
    return _KM_PER_DEGREE * math.hypot(
        one[0] - other[0], east * math.cos(math.radians((one[0] + other[0]) / 2))
    )


def _alike_names(ours: frozenset[str], theirs: frozenset[str]) -> float:
    if ours & theirs:
        return 1.0
    best = max((_ratio(one, other) for one, other in product(ours, theirs)), default=0.0)
    return best if best >= ALIKE_NAMES else 0.0


@lru_cache(maxsize=65536)
def _ratio(one: str, other: str) -> float:
    first, second = sorted((one, other))
    return fuzz.token_sort_ratio(first, second) / 100


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def likenesses(mentions: Iterable[Mention], *, new: Collection[str] | None = None) -> list[Likeness]:
    """Every pair that belongs together, by ids; with ``new``, pairs of which one at least is new.

    Only signals that share an address, a passage, or a day and a place are compared, so that it scales.
    """
    found: dict[tuple[str, str], Likeness] = {}
    for one, other in _pairs(mentions, new):
        key = (one.id, other.id)
        if key not in found and (likeness := compare(one, other)):
            found[key] = likeness
    return [found[key] for key in sorted(found)]


def _pairs(mentions: Iterable[Mention], new: Collection[str] | None) -> Iterator[tuple[Mention, Mention]]:
    blocks: defaultdict[Hashable, list[Mention]] = defaultdict(list)
    for each in mentions:
        for key in _keys(each):
            blocks[key].append(each)
    for key, members in blocks.items():
        if len(members) > 1:
            members.sort(key=lambda each: (each.published, each.id))
            # One article's many rows, known by its address, hang together as a chain.
            chained = isinstance(key, str)
            for one, other in pairwise(members) if chained else _within(members):
                if new is None or one.id in new or other.id in new:
                    yield (one, other) if one.id < other.id else (other, one)


def _within(members: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """All pairs; in a crowd only those that stand near each other by who took part and by id."""
    if len(members) <= _CROWDED:
        yield from combinations(members, 2)
        return
    ordered = sorted(members, key=lambda each: (min(each.names, default=""), each.id))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + _WINDOW]:
            yield one, other


def _keys(each: Mention) -> Iterator[Hashable]:
    if each.url:
        yield each.url
    for sketch in _sketches(each.grams):
        yield ("passage", sketch)
    span = min((each.last_day - each.first_day).days, LONGEST_EVENT - 1)
    # The day after as well, so that neighbours in time share a key.
    for day in range(span + 2):
        on = (each.first_day + DAY * day).toordinal()
        if each.place:
            yield (on, each.place)
        if each.point is not None:
            for cell in _cells(each.point):
                yield (on, *cell)


def _cells(point: tuple[float, float]) -> set[tuple[int, int]]:
    """The cells that a small box about the point touches: points nearer than its width share one."""
    latitude, longitude = point
    across = _REACH / max(0.2, math.cos(math.radians(latitude)))
    return {
        (math.floor((latitude + north) / _CELL), math.floor(((longitude + east + 180) % 360) / _CELL))
        for north in (-_REACH, _REACH)
        for east in (-across, across)
    }


def _sketches(grams: frozenset[str]) -> list[int]:
    """The least hashes: texts that share most of their passages share one of these nearly always."""
    if len(grams) < LEAST_TEXT:
        return []
    return sorted(zlib.crc32(gram.encode()) for gram in grams)[:_SKETCH]


def groups(
    ids: Iterable[str], likely: Iterable[Likeness], judged: Iterable[Judgement] = ()
) -> list[frozenset[str]]:
    """Signals that belong together; persons' joins come first, then the likeliest, and splits always hold.

    Signals that a person split never meet in a group, not by way of others either; where a person joined and
    split the same two by different pairs, the split holds.
    """
    said = list(judged)
    parent = {each: each for each in sorted(set(ids))}
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        if not each.joined and each.first in parent and each.second in parent:
            apart[each.first].add(each.second)
            apart[each.second].add(each.first)
    joins = sorted((each.first, each.second) for each in said if each.joined)
    ordered = sorted(likely, key=lambda each: (-each.score, each.first, each.second))
    members = {each: {each} for each in parent}
    for one, other in [*joins, *((each.first, each.second) for each in ordered)]:
        if one in parent and other in parent:
            _unite(_root(parent, one), _root(parent, other), parent, members, apart)
    return sorted((frozenset(each) for each in members.values()), key=min)


def _unite(
    one: str,
    other: str,
    parent: dict[str, str],
    members: dict[str, set[str]],
    apart: defaultdict[str, set[str]],
) -> None:
    if one == other or apart[one] & members[other]:
        return
    keeps, goes = sorted((one, other))
    parent[goes] = keeps
    members[keeps] |= members.pop(goes)
    # What any of them is kept apart from, all of them are.
    apart[keeps] |= apart.pop(goes, set())


def _root(parent: dict[str, str], each: str) -> str:
    while parent[each] != each:
        parent[each] = parent[parent[each]]
        each = parent[each]
    return each


@dataclass(frozen=True)
class Told:
    """A signal of a group, and the newsrooms or bodies that it goes back to."""

    id: str
    outlets: frozenset[str]


def independent_sources(told: Iterable[Told], likely: Iterable[Likeness]) -> int:
    """How many tell of it independently: copies of one report, and reports of one outlet, count once."""
    group = {each.id: each for each in told}
    parent: dict[str, str] = {each: each for each in group}
    by_outlet: defaultdict[str, list[str]] = defaultdict(list)
    for each in group.values():
        for outlet in each.outlets:
            by_outlet[_name(outlet)].append(each.id)
    pairs = [(ids[0], other) for ids in by_outlet.values() for other in ids[1:]]
    copies = [(each.first, each.second) for each in likely if each.tie is Tie.SAME_REPORT]
    for one, other in [*pairs, *copies]:
        if one in parent and other in parent:
            ours, theirs = _root(parent, one), _root(parent, other)
            parent[max(ours, theirs)] = min(ours, theirs)
    return len({_root(parent, each) for each in parent})

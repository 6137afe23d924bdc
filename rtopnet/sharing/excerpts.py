"""The part of a text where a search found its words, with those words told apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from icu4py.breakers import WordBreaker

from rtopnet.sharing.wording import UNSPACED, Wanted, folded, folded_letter

BEFORE, SHOWN = 70, 260
"""Letters before the first find, and in all."""
LOOKED_THROUGH = 20_000
"""How far into a text a find is looked for; beyond it the text's beginning is shown."""


@dataclass(frozen=True)
class Fragment:
    """A stretch of text; ``is_find`` where it is what was searched for."""

    text: str
    is_find: bool = False


def excerpt(text: str, asked: Wanted) -> tuple[Fragment, ...]:
    """About two lines of ``text`` around its first find, cut between words."""
    text = text[:LOOKED_THROUGH]
    first = next(_finds(text, asked), (0, 0))
    start = _boundary(text, max(0, first[0] - BEFORE))
    end = _boundary(text, start + SHOWN)
    fragments = marked(text[start:end], asked)
    before = (Fragment("… "),) if start else ()
    return (*before, *fragments, *((Fragment(" …"),) if end < len(text) else ()))


def marked(text: str, asked: Wanted) -> tuple[Fragment, ...]:
    """The whole of ``text`` in fragments."""
    edges = [0, *(edge for find in _finds(text, asked) for edge in find), len(text)]
    parts = (
        Fragment(text[start:end], bool(number % 2)) for number, (start, end) in enumerate(pairwise(edges))
    )
    return tuple(part for part in parts if part.text)


def _finds(text: str, asked: Wanted) -> Iterator[tuple[int, int]]:
    if not asked.words:
        return
    smooth = folded(text)
    if len(smooth) == len(text):
        yield from (found.span() for found in _pattern(asked).finditer(smooth))
        return
    # Some letters fold to two or to none: where each begins in the folded text.
    starts = [0, *accumulate(len(folded_letter(letter)) for letter in text)]
    origin = [place for place, (start, end) in enumerate(pairwise(starts)) for _ in range(start, end)]
    for found in _pattern(asked).finditer(smooth):
        end = origin[found.end() - 1] + 1
        # A letter's accents may stand after it as letters of their own.
        while end < len(text) and starts[end] == starts[end + 1]:
            end += 1
        yield origin[found.start()], end


def _pattern(asked: Wanted) -> re.Pattern[str]:
    unfinished = set(asked.beginnings)
    alternatives = []
    for word in sorted(asked.words, key=len, reverse=True):
        if re.match(f"[{UNSPACED}]", word):
            alternatives.append(re.escape(word))
        else:
            alternatives.append(rf"(?<!\w){re.escape(word)}" + (r"\w*" if word in unfinished else r"(?!\w)"))
    return re.compile("|".join(alternatives))


def _boundary(text: str, wished: int) -> int:
    """The nearest place between two words at or after ``wished``."""
    if wished <= 0 or wished >= len(text):
        return max(0, min(wished, len(text)))
    begin = max(0, wished - BEFORE)
    place = begin
    for segment in WordBreaker(text[begin : wished + BEFORE], "en"):
        if place >= wished:
            return place
        place += len(segment)
    return place

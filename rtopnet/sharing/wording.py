"""Words of a text in any of the region's languages, folded so that one spelling finds the others."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from icu4py.breakers import WordBreaker

LONGEST_WORD = 64
"""Letters of a word that count; what is longer is no word that anybody types."""
LONGEST_QUERY = 200
MOST_WORDS_ASKED = 12
GRAM = "~"
"""Stands before a token that is a piece of a text without spaces, so that no word equals one."""
GRAM_LETTERS = 4
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Thai, Lao, Burmese and Khmer: written without spaces between words."""

_RUN = re.compile(f"[{UNSPACED}]+")
_PIECE = re.compile(f"[{UNSPACED}]+|[^\\s{UNSPACED}]+")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[.,\u2019']\d{3})+(?!\d)")
_ZERO_WIDTH_SPACE = 0x200B
# Letters that no decomposition takes their stroke or ligature from.
_LETTERS = {"đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "ŧ": "t"}
_LATIN_MARKS = re.compile("[\u0300-\u036f\u1dc0-\u1dff]")


def _swept() -> dict[int, str]:
    table = dict.fromkeys([*range(32), *range(127, 160), *range(55296, 57344)], " ")
    # Marks of direction, soft hyphens, joiners: nobody types them into a search.
    for code in [0xAD, 0x61C, 0x180E, *range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]:
        table[code] = ""
    return table | {_ZERO_WIDTH_SPACE: " ", 0xFEFF: ""}


_SWEPT = _swept()


@dataclass(frozen=True)
class Wanted:
    """What a search asks for: ``exact`` and ``beginnings`` must all be found; ``words`` weigh the finds."""

    exact: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.exact or self.beginnings)


def plain(text: str) -> str:
    """The text composed (NFC), without control characters and marks that nobody sees."""
    return unicodedata.normalize("NFC", text.translate(_SWEPT))


def folded(text: str) -> str:
    """Letter by letter without case, Latin accents and compatibility forms; digits 0 to 9, else spaces."""
    return "".join(map(folded_letter, text))


@cache
def folded_letter(letter: str) -> str:
    """One letter as :func:`folded` writes it; several letters, or none, for some."""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    taken_apart = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", letter)).casefold()
    parts = (_LETTERS.get(part, part) if _is_of_a_word(part) else " " for part in taken_apart)
    return unicodedata.normalize("NFC", "".join(parts))


def words_of(text: str) -> list[str]:
    """The words of a text in their order, as ICU breaks them, folded.

    >>> words_of("Việt Nam: 1,200 người")
    ['viet', 'nam', '1200', 'nguoi']
    """
    return [word for segment in _segments(plain(text)) for word in pieces_of(segment)]


@lru_cache(maxsize=4096)
def pieces_of(segment: str) -> tuple[str, ...]:
    """The folded words in one segment as ICU broke it: none in a space, two in ``l'eau``."""
    return tuple(piece[:LONGEST_WORD] for piece in _PIECE.findall(folded(segment)))


def words_in(text: str) -> dict[str, str]:
    """The folded words of a text, each with a spelling that it has there."""
    found: dict[str, str] = {}
    for segment in _segments(plain(text)):
        pieces = pieces_of(segment)
        for piece in pieces:
            found.setdefault(piece, segment.strip() if len(pieces) == 1 else piece)
    return found


def text_before_last_word(query: str) -> str:
    """What stands before the last word that was typed.

    >>> text_before_last_word("two words")
    'two '
    """
    segments = list(_segments(plain(query)))
    places = [place for place, segment in enumerate(segments) if pieces_of(segment)]
    return "".join(segments[: places[-1]]) if places else ""


def tokens_of(text: str) -> list[str]:
    """What a text is found by, each once: its words, and the pieces of what is written without spaces.

    Where no space says where a word ends, a word alone and the same word in a sentence are broken alike only
    mostly; so pieces of four letters stand in the index, and a word is found where all of its pieces are.
    """
    tokens = [word for word in words_of(text) if not _RUN.match(word)]
    tokens += [gram for run in _RUN.findall(folded(plain(text))) for gram in _grams(run)]
    return list(dict.fromkeys(tokens))


def wanted(query: str) -> Wanted:
    """What somebody who typed ``query`` looks for: all its words, the last perhaps not typed to its end."""
    words = list(dict.fromkeys(words_of(query[:LONGEST_QUERY])))[:MOST_WORDS_ASKED]
    exact: list[str] = []
    beginnings: list[str] = []
    for word in words:
        is_last = word == words[-1]
        if _RUN.match(word):
            (exact if len(word) >= GRAM_LETTERS else beginnings).extend(_chain(word))
        else:
            (beginnings if is_last and len(word) > 1 else exact).append(word)
    return Wanted(tuple(dict.fromkeys(exact)), tuple(dict.fromkeys(beginnings)), tuple(words))


def language_of(text: str) -> str:
    """The language that a text's script tells of; empty where the script is shared by many."""
    counts = {code: len(re.findall(f"[{letters}]", text)) for code, letters in _LETTERS_OF.items()}
    code = max(counts, key=lambda code: counts[code])
    return code if counts[code] * 4 > len(re.findall(r"[^\W\d_]", text)) * _SHARE.get(code, 1) else ""


_LETTERS_OF = {
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    # Letters that Vietnamese alone is written with.
    "vi": "ăằắẳẵặầấẩẫậđẹẻẽềếểễệỉịọỏốồổỗộớờởỡợơưụủứừửữựỳỵỷỹĂẰẮẲẴẶẦẤẨẪẬĐẸẺẼỀẾỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢƠƯỤỦỨỪỬỮỰỲỴỶỸ",
}
# Most letters of a Vietnamese text are plain Latin.
_SHARE = {"vi": 0.3}


def _is_of_a_word(letter: str) -> bool:
    # Letters, numbers, and the marks that many scripts write vowels with.
    return unicodedata.category(letter)[0] in "LNM"


def _segments(text: str) -> Iterator[str]:
    # Asking the breaker for strings, for its positions count UTF-16 units.
    return iter(WordBreaker(_THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text), "en"))


def _grams(run: str) -> Iterator[str]:
    # Near the end of a run they are shorter, so that a beginning finds each of its letters.
    return (GRAM + run[start : start + GRAM_LETTERS] for start in range(len(run)))


def _chain(word: str) -> list[str]:
    return [
        GRAM + word[start : start + GRAM_LETTERS] for start in range(max(1, len(word) - GRAM_LETTERS + 1))
    ]

"""Reading one mapping key by key, noting every fault with its line and going on with a stand-in value."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from yaml.nodes import Node

from rtopnet.network.region_pack import documents
from rtopnet.network.region_pack.faults import FaultBook, Near, quoted

LONGEST_TEXT = 2000
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_BOOLEANS = {"true": True, "false": False}


class Entry:
    """A mapping of a pack's YAML file.

    A value that is missing or wrong is noted as a fault and comes back as a stand-in (empty text, zero,
    an empty tuple), so that reading goes on; whoever asked for a pack never sees a stand-in, because a pack
    with faults is refused.
    """

    def __init__(self, node: Node, *, what: str, file: str, faults: FaultBook) -> None:
        self.what, self.file, self.line = what, file, documents.line_of(node)
        self._faults = faults
        self._pairs = documents.pairs(node, what=what, file=file, faults=faults)
        self._asked: dict[str, None] = {}

    def fault(self, message: str, *, key: str = "", near: Near | None = None) -> None:
        """Note a fault on the line of a key, or of the mapping where it has no such key."""
        self.fault_at(self.line_of(key), message, near=near)

    def fault_at(self, line: int, message: str, *, near: Near | None = None) -> None:
        """Note a fault on a line of this entry's file."""
        self._faults.note(self.file, line, message, near=near)

    def note_twice(self, lines: Iterable[tuple[int, str]]) -> None:
        """Note each label that comes again, on its line in this entry's file."""
        self._faults.note_twice(self.file, lines)

    def line_of(self, key: str) -> int:
        return self._pairs[key][0] if key in self._pairs else self.line

    def has(self, key: str) -> bool:
        self._asked[key] = None
        return key in self._pairs

    def text(self, key: str, *, required: bool = True, form: re.Pattern[str] | None = None) -> str:
        """A plain value; empty when it is absent. ``form`` must match the whole of it."""
        node = self._value(key, required=required)
        if node is None:
            return ""
        return self._checked_text(node, key, form)

    def choice(self, key: str, options: Collection[str], *, required: bool = True) -> str:
        """One of the words of a list."""
        word = self.text(key, required=required)
        if word and word not in options:
            listed = f"; one of {', '.join(options)}" if len(options) <= 20 else ""  # noqa: PLR2004 - a line's worth
            self.fault(f"{key} {quoted(word)} is unknown{listed}", key=key, near=(word, options))
            return ""
        return word

    def integer(self, key: str, *, least: int) -> int:
        """A whole number of at least ``least``."""
        number = self._number(key, _INTEGER, "a whole number", low=least, high=1e15)
        return 0 if number is None else int(number)

    def number(self, key: str, *, low: float, high: float) -> float:
        """A decimal number between two bounds; NaN stands in."""
        number = self._number(key, _NUMBER, "a number", low=low, high=high)
        return math.nan if number is None else number

    def boolean(self, key: str) -> bool:
        """``true`` or ``false``; false when it is absent."""
        word = self.text(key, required=False)
        if word.lower() not in {"", *_BOOLEANS}:
            self.fault(f"{key} must be true or false, not {quoted(word)}", key=key)
        return _BOOLEANS.get(word.lower(), False)

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date written YYYY-MM-DD."""
        word = self.text(key, required=required)
        if not word:
            return None
        try:
            return date.fromisoformat(word)
        except ValueError:
            self.fault(f"{key} must be a date written YYYY-MM-DD, not {quoted(word)}", key=key)
            return None

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of plain values."""
        found = [self._checked_text(node, key, None) for node in self._items(key, required=required)]
        return tuple(word for word in found if word)

    def names(self, key: str, known: Collection[str], *, required: bool = True) -> Mapping[str, str]:
        """Texts by language code; every code must be one of ``known``, whose first must be there."""
        if (node := self._value(key, required=required)) is None:
            return {}
        entry = Entry(node, what=key, file=self.file, faults=self._faults)
        found = {code: entry.text(code, required=False) for code in known if entry.has(code)}
        first = next(iter(known), "")
        if first and first not in found:
            entry.fault(f"{key} of {self.what} lacks the working language, {first}")
        entry.close(of="language code")
        return found

    def entry(self, key: str, *, required: bool = True) -> "Entry | None":
        """A mapping inside this one."""
        node = self._value(key, required=required)
        if node is None:
            return None
        return Entry(node, what=f"{key} of {self.what}", file=self.file, faults=self._faults)

    def entries(self, key: str, *, what: str, required: bool = True) -> Iterator["Entry"]:
        """The mappings of a list; ``what`` names one of them in messages."""
        for node in self._items(key, required=required):
            yield Entry(node, what=what, file=self.file, faults=self._faults)

    def close(self, *, of: str = "key") -> None:
        """Note every key that nobody asked for."""
        for key in self._pairs:
            if key not in self._asked:
                self.fault(f"unknown {of} {quoted(key)} in {self.what}", key=key, near=(key, self._asked))

    def _value(self, key: str, *, required: bool) -> Node | None:
        if self.has(key):
            return self._pairs[key][1]
        if required:
            self.fault(f"{self.what} lacks {quoted(key)}")
        return None

    def _items(self, key: str, *, required: bool) -> list[Node]:
        node = self._value(key, required=required)
        if node is None:
            return []
        return documents.items(node, what=key, file=self.file, faults=self._faults)

    def _checked_text(self, node: Node, key: str, form: re.Pattern[str] | None) -> str:
        text, problem = documents.scalar(node), ""
        if text is None:
            problem = f"must be text, not {documents.kind_of(node)}"
        elif not text:
            problem = "is empty"
        elif len(text) > LONGEST_TEXT:
            problem = f"is longer than {LONGEST_TEXT} characters"
        elif form is not None and form.fullmatch(text) is None:
            problem = f"{quoted(text)} does not have the form {form.pattern}"
        if problem:
            self._faults.note(self.file, documents.line_of(node), f"{key} of {self.what} {problem}")
            return ""
        return text or ""

    def _number(self, key: str, form: re.Pattern[str], kind: str, *, low: float, high: float) -> float | None:
        word = self.text(key)
        if not word:
            return None
        if form.fullmatch(word) is None:
            self.fault(f"{key} must be {kind}, not {quoted(word)}", key=key)
            return None
        if not low <= float(word) <= high:
            self.fault(f"{key} {quoted(word)} must lie between {low:g} and {high:g}", key=key)
            return None
        return float(word)

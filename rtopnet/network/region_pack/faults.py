"""Faults of a region pack: where they stand and what is wrong, in one line each."""

import difflib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from rtopnet.kernel.errors import SetUpError

MOST_FAULTS_A_FILE = 200
LONGEST_LIKENED = 60

Near = tuple[str, Collection[str]]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend in a pack.

    Attributes:
        file: path inside the pack, with forward slashes; ``.`` for the folder itself.
        line: counted from 1; 1 where the whole file is meant.
        message: one line that names the field, what stands there and what should.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """As editors and terminals link it: ``file:line: message``."""
        return f"{self.file}:{self.line}: {self.message}"


class PackRefusedError(SetUpError):
    """A pack that has faults was asked for; ``faults`` holds them all."""

    def __init__(self, folder: str, faults: list[Fault]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"region pack {folder} has {count}, the first at {faults[0]}")


@dataclass
class FaultBook:
    """Collects faults while reading goes on, so that a pack's writer sees all of them at once."""

    _faults: dict[tuple[str, int, str], Fault] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def note(self, file: str, line: int, message: str, *, near: Near | None = None) -> None:
        """Take one fault; past ``MOST_FAULTS_A_FILE`` of one file they are only counted.

        ``near`` is a word that is wrong and the words it could have been; a like one is suggested.
        """
        name = printable(file)
        if self._counts[name] >= MOST_FAULTS_A_FILE:
            self._counts[name] += 1
            return
        if (name, line, message) not in self._faults:
            whole = message + (_suggestion(*near) if near else "")
            self._faults[name, line, message] = Fault(name, line, whole)
            self._counts[name] += 1

    def note_twice(self, file: str, lines: Iterable[tuple[int, str]]) -> None:
        """Note each label that comes again, on its line, with the line it came on first."""
        first: dict[str, int] = {}
        for line, label in lines:
            if label in first:
                self.note(file, line, f"{label} is there twice, first on line {first[label]}")
            first.setdefault(label, line)

    def sorted(self) -> list[Fault]:
        """All faults by file and line, then what was only counted."""
        more = [
            Fault(file, 1, f"and {count - MOST_FAULTS_A_FILE} more faults in this file")
            for file, count in sorted(self._counts.items())
            if count > MOST_FAULTS_A_FILE
        ]
        return sorted(self._faults.values()) + more

    def __bool__(self) -> bool:
        return bool(self._faults)


def printable(text: str) -> str:
    """The text without control characters and lone surrogates, so that it stays on its one line."""
    if text.isprintable():
        return text
    return "".join(character if _shows(character) else "\N{REPLACEMENT CHARACTER}" for character in text)


def quoted(value: object) -> str:
    r"""A value as it may stand in a message: on one line, in quotes and no longer than sixty characters.

    >>> quoted("12\n")
    '"12�"'
    """
    try:
        text = printable(str(value))
    except RecursionError:  # lists in lists in lists, from a hostile JSON file
        text = type(value).__name__
    return f'"{text[:57]}..."' if len(text) > 60 else f'"{text}"'  # noqa: PLR2004 - the docstring says it


def _suggestion(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word[:LONGEST_LIKENED], known, n=1)
    return f" (did you mean {quoted(near[0])}?)" if near else ""


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}

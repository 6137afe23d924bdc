"""What changed between two versions of a text, word by word; pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Scripts that write no spaces are compared by character, others by word.
_PIECE = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff'\u2019-]+|\s+|.", re.DOTALL)
MOST_PIECES = 20_000
"""Longer texts are compared line by line: word by word would take minutes."""

Change = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces that make ``after`` of ``before``, in reading order.

    >>> [(piece.change, piece.text) for piece in differences("two dead", "three dead")]
    [('removed', 'two'), ('added', 'three'), ('same', ' dead')]
    """
    old, new = _pieces(before), _pieces(after)
    if len(old) + len(new) > MOST_PIECES:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("added", "".join(new[j1:j2])))
    return found


def is_changed(pieces: list[Piece]) -> bool:
    """Whether anything came or went."""
    return any(piece.change != "same" for piece in pieces)


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)

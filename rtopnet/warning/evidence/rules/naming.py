"""Which state a text is about, by the names it uses."""

from collections.abc import Iterable, Mapping

from rtopnet.warning.evidence.rules.linking import normal


def state_named(text: str, names: Mapping[str, Iterable[str]]) -> str:
    """The code of the only state that ``text`` names; empty where it names none or several.

    >>> state_named("Riots in Upper Arlen", {"XAR": ["Arlen"], "XBO": ["Bo"]})
    'XAR'
    """
    plain = normal(text)
    found = {code for code, called in names.items() if any(_names(plain, normal(name)) for name in called)}
    return found.pop() if len(found) == 1 else ""


def _names(plain: str, name: str) -> bool:
    """As a word of its own; scripts that put no blanks between words have no such limit."""
    if not name:
        return False
    if name.isascii():
        return f" {name} " in f" {plain} "
    return name in plain

"""An exact place as the words of a protected part, and back."""

import re

from rtopnet.warning.evidence.rules.facts import ExactPlace

_POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
DIGITS = 6
"""Of a degree: about ten centimetres."""


def place_as_words(place: ExactPlace) -> str:
    """The words, and in a last line latitude and longitude in degrees."""
    lines = [place.words.strip()] if place.words.strip() else []
    if place.latitude is not None and place.longitude is not None:
        lines.append(f"{place.latitude:.{DIGITS}f}, {place.longitude:.{DIGITS}f}")
    return "\n".join(lines)


def place_in_words(words: str) -> ExactPlace:
    """What ``place_as_words`` wrote, or somebody by hand; without such a line there are words alone."""
    lines = words.strip().splitlines()
    found = _POINT.match(lines[-1]) if lines else None
    if found is None:
        return ExactPlace(words.strip())
    return ExactPlace("\n".join(lines[:-1]).strip(), float(found[1]), float(found[2]))

"""The code lists a pack may draw on: languages, digits, time zones, states."""

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

# CLDR's names of decimal numbering systems, each with its digit zero; the other nine follow it in Unicode.
NUMERALS = {
    "latn": "0",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "deva": "\u0966",
    "gujr": "\u0ae6",
    "guru": "\u0a66",
    "khmr": "\u17e0",
    "knda": "\u0ce6",
    "laoo": "\u0ed0",
    "mlym": "\u0d66",
    "mymr": "\u1040",
    "olck": "\u1c50",
    "orya": "\u0b66",
    "tamldec": "\u0be6",
    "telu": "\u0c66",
    "thai": "\u0e50",
    "tibt": "\u0f20",
}

DIRECTIONS = ("ltr", "rtl")
ISO2 = re.compile(r"[A-Z]{2}")
ISO3 = re.compile(r"[A-Z]{3}")
M49 = re.compile(r"[0-9]{3}")

# Ranges that ISO 3166-1 leaves to its users and so never gives to a state.
INVENTED_ISO3 = re.compile(r"X[A-Z]{2}|Q[M-Z][A-Z]")
INVENTED_ISO2 = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
FIRST_INVENTED_GW_ID = 9001  # Gleditsch and Ward's numbers end below 1000

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?")


@cache
def _english() -> Locale:
    return Locale("en")


def is_language(code: str) -> bool:
    """Whether CLDR knows every part of a language code such as ``km``, ``zh-Hans`` or ``pt-TL``."""
    match = _LANGUAGE.fullmatch(code)
    if match is None:
        return False
    language, script, territory = match.groups()
    names = _english()
    return (
        language in names.languages
        and (script is None or script in names.scripts)
        and (territory is None or territory in names.territories)
    )


def languages() -> tuple[str, ...]:
    """Every two-letter and three-letter language code CLDR names, for suggestions."""
    return tuple(_english().languages)


def is_territory(iso2: str) -> bool:
    """Whether CLDR knows the two-letter code as a territory."""
    return iso2 in _english().territories


@cache
def time_zones() -> frozenset[str]:
    """Names of the IANA time zones this machine knows."""
    return frozenset(available_timezones())

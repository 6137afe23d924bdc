"""Rules of the network that need no database."""

from collections.abc import Mapping
from enum import StrEnum

LONGEST_TOKEN_DAYS = 365
"""A token outlives no year: whoever still needs it makes a new one."""


class Scope(StrEnum):
    """What a token lets a program do, always within what its account may."""

    RECORDS_READ = "records:read"
    RECORDS_WRITE = "records:write"
    RECORDS_RELEASE = "records:release"
    NOTICES_READ = "notices:read"
    DIRECTORY_READ = "directory:read"
    LEDGER_READ = "ledger:read"


def name_in(names: Mapping[str, str], language: str) -> str:
    """The name in ``language``, else in its base language, English, or whichever comes first.

    >>> name_in({"en": "Arlen", "km": "អាឡែន"}, "km-kh")
    'អាឡែន'
    """
    for wanted in (language, language.split("-", 1)[0], "en"):
        if wanted in names:
            return names[wanted]
    return next(iter(names.values()), "")

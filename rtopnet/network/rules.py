"""Rules of the network that need no database."""

from base64 import b32encode
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256

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


def written_code(secret: bytes) -> str:
    """A secret as letters and figures that can be read out and typed, in groups of four.

    >>> written_code(bytes(15))
    'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa'
    """
    letters = b32encode(secret).decode().rstrip("=").lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def code_digest(code: str) -> str:
    """What is kept of a code; capitals, spaces and hyphens make no difference.

    >>> code_digest("ABCD efgh") == code_digest("abcd-efgh")
    True
    """
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return sha256(letters.encode(errors="replace")).hexdigest()

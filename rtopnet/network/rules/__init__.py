"""Rules of the network that need no database."""

from base64 import b32encode
from collections.abc import Mapping, Sequence
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


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Mac OS", "macOS"), ("Linux", "Linux")),
)


def browser_family(agent: str) -> str:
    """Browser and system by their families, enough to know one's own devices by.

    >>> browser_family("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Windows'
    """
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def why_session_is_over(*, began: float, seen: float, at: float, idle: float, longest: float) -> str:
    """``idle`` or ``long``, or nothing where the session goes on; all in seconds.

    >>> why_session_is_over(began=0, seen=0, at=1801, idle=1800, longest=43200)
    'idle'
    """
    if at - seen > idle:
        return "idle"
    return "long" if at - began > longest else ""


def says_multi_factor(claims: Mapping[str, object], multi_factor_acr: Sequence[str]) -> bool:
    """Whether an identity provider says that it saw more than one factor (RFC 8176 ``amr``, or ``acr``).

    >>> says_multi_factor({"amr": ["pwd", "mfa"]}, [])
    True
    >>> says_multi_factor({"amr": "mfa", "acr": "low"}, ["high"])
    False
    """
    methods = claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in list(multi_factor_acr)

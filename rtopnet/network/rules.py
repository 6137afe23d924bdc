"""Rules of the network that need no database."""

from collections.abc import Mapping


def name_in(names: Mapping[str, str], language: str) -> str:
    """The name in ``language``, else in its base language, English, or whichever comes first.

    >>> name_in({"en": "Arlen", "km": "អាឡែន"}, "km-kh")
    'អាឡែន'
    """
    for wanted in (language, language.split("-", 1)[0], "en"):
        if wanted in names:
            return names[wanted]
    return next(iter(names.values()), "")

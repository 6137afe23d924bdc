"""What a file is called, so that no reader is misled by it; pure."""

import unicodedata

LONGEST = 200
LONGEST_ENDING = 20
NAMELESS = "file"
JOINERS = "\u200c\u200d"
"""Format characters that scripts need inside words; all others, turners of direction among them, go."""


def display_name(given: str) -> str:
    """The file's own name: no folders, nothing invisible, at most 200 characters with its ending kept."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_visible(sign))
    name = " ".join(visible.split()).strip(". ")
    return _shortened(name) or NAMELESS


def clean_name(name: str) -> str:
    """What a copy without metadata is called: ``photo-clean.jpg``."""
    ending = ending_of(name)
    stem = name[: -len(ending) - 1] if ending else name
    return display_name(f"{stem}-clean.{ending}" if ending else f"{stem}-clean")


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters; nothing where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= LONGEST_ENDING else ""


def _is_visible(sign: str) -> bool:
    # Cc, Cf, Cs, Co, Cn: controls, formats, halves of pairs, private and unassigned signs; Zl, Zp: line ends.
    category = unicodedata.category(sign)
    return sign in JOINERS or not (category.startswith("C") or category in {"Zl", "Zp"})


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = ending_of(name)
    kept = LONGEST - len(ending) - 2
    return f"{name[:kept].rstrip('. ')}….{ending}" if ending else name[: LONGEST - 1] + "…"

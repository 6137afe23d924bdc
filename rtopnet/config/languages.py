"""Which languages the interface is offered in: the union of what the region packs say."""

from pathlib import Path
from typing import Any

import yaml


def offered_languages(folder: Path) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Languages as (code, own name), English first, and the numerals each is written with.

    Packs that cannot be read are passed over here; ``rtopnet region check`` says what is wrong with them.
    """
    names, numerals = {"en": "English"}, {"en": "latn"}
    for pack in sorted(folder.glob("*/region.yaml")):
        for language in _languages(pack):
            names.setdefault(language["code"], language.get("name", language["code"]))
            numerals.setdefault(language["code"], language.get("numerals", "latn"))
    return list(names.items()), numerals


def _languages(pack: Path) -> list[dict[str, Any]]:
    try:
        found = yaml.safe_load(pack.read_text(encoding="utf-8"))
        return [entry for entry in found["languages"] if isinstance(entry["code"], str)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        return []

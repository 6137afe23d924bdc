"""Which languages the interface is offered in: the union of what the region packs say."""

from pathlib import Path
from typing import Any

import yaml
from babel import Locale


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


def document_languages(folder: Path, offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Languages of documents: those offered, and those that packs name for documents alone."""
    names = dict(offered)
    for pack in sorted(folder.glob("*/region.yaml")):
        for code in _document_languages(pack):
            names.setdefault(
                code, Locale.parse(code, sep="-").get_display_name(code.replace("-", "_")) or code
            )
    return list(names.items())


def _document_languages(pack: Path) -> list[str]:
    try:
        found = yaml.safe_load(pack.read_text(encoding="utf-8"))
        return [code for code in found.get("document_languages", ()) if isinstance(code, str)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
        return []


def _languages(pack: Path) -> list[dict[str, Any]]:
    try:
        found = yaml.safe_load(pack.read_text(encoding="utf-8"))
        return [entry for entry in found["languages"] if isinstance(entry["code"], str)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        return []

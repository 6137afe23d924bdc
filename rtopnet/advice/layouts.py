"""Layouts of papers: Typst files that begin with their sections, ours and a region's own in their place."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from rtopnet.advice.wording import FORMS, SECTIONS
from rtopnet.kernel.errors import SetUpError
from rtopnet.network.public import name_in, pack_documents

OURS = Path(__file__).parent / "data" / "documents"
KINDS = ("advice", "summit_paper")
_HEAD = re.compile(r"\A\s*/\*\s*---\s*\n(.*?)\n---\s*\*/", re.DOTALL)
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,49}")


@dataclass(frozen=True)
class Section:
    """A section of a layout; ``is_needed``: a paper without it is not circulated."""

    key: str
    names: dict[str, str]
    is_needed: bool

    def title(self, language: str) -> str:
        """Its heading: the region's own word, or ours in the language in force."""
        return name_in(self.names, language) or str(SECTIONS.get(self.key, self.key.replace("_", " ")))


@dataclass(frozen=True)
class Layout:
    """A form of paper: its name, the kind of record that it makes, its sections and how it is set."""

    key: str
    names: dict[str, str]
    kind: str
    sections: tuple[Section, ...]
    source: str

    def name(self, language: str) -> str:
        """What the form is called."""
        return name_in(self.names, language) or str(FORMS.get(self.key, self.key.replace("_", " ")))


def layouts_of(region_slug: str) -> dict[str, Layout]:
    """The forms that a region writes in: ours, with the region's own in their place or beside them.

    Raises:
        SetUpError: a file's beginning cannot be read.
    """
    ours = {file.stem: file.read_text(encoding="utf-8") for file in sorted(OURS.glob("*.typ"))}
    return {key: layout_from(key, text) for key, text in (ours | pack_documents(region_slug)).items()}


@lru_cache(maxsize=64)
def layout_from(key: str, text: str) -> Layout:
    """A layout from its file.

    Raises:
        SetUpError: it does not begin with a comment that names its sections.
    """
    head = _HEAD.match(text)
    try:
        said = yaml.safe_load(head[1]) if head else None
    except yaml.YAMLError:
        said = None
    if not isinstance(said, dict) or not _is_sound(said) or not _KEY.fullmatch(key):
        raise SetUpError(
            f"documents/{key}.typ does not begin with its sections: see docs/reference/advice.md"
        )
    sections = tuple(
        Section(one["key"], one.get("names") or {}, bool(one.get("needed", False)))
        for one in said["sections"]
    )
    return Layout(key, said.get("names") or {}, said.get("kind", KINDS[0]), sections, text)


def _is_sound(said: dict[str, Any]) -> bool:
    sections = said.get("sections")
    return (
        isinstance(sections, list)
        and bool(sections)
        and all(isinstance(one, dict) and _KEY.fullmatch(str(one.get("key", ""))) for one in sections)
        and said.get("kind", KINDS[0]) in KINDS
    )

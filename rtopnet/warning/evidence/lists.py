"""The room's controlled list of acts, and the gazetteer of first-level regions from a region's pack."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from rtopnet.network.public import first_level_boundaries_of, name_in

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Act:
    """A kind of act, by its code for good."""

    code: str
    names: Mapping[str, str]


@cache
def acts() -> Mapping[str, Act]:
    """Every kind of act by code, in their order."""
    listed = yaml.safe_load((_FOLDER / "acts.yaml").read_text(encoding="utf-8"))
    return {one["code"]: Act(one["code"], one["names"]) for one in listed}


def act_name(code: str, language: str) -> str:
    """An act in the reader's language; a code that is not on the list any more stands for itself."""
    act = acts().get(code)
    return name_in(act.names, language) if act else code


def gazetteer(slug: str) -> Mapping[str, tuple[str, ...]]:
    """The names of each state's first-level regions by the state's code, in the order of the alphabet."""
    file = first_level_boundaries_of(slug)
    return _regions_in(file, file.stat().st_mtime_ns) if file else {}


def region_called(typed: str, names: tuple[str, ...]) -> str:
    """Which of the regions is meant by ``typed``, whatever its case and accents; empty where none is."""
    meant = _plain(typed)
    return next((name for name in names if _plain(name) == meant), "") if meant else ""


@lru_cache(maxsize=8)
def _regions_in(file: Path, changed_at: int) -> Mapping[str, tuple[str, ...]]:  # noqa: ARG001 -- read anew when changed
    found: dict[str, set[str]] = {}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        found.setdefault(said["iso3"], set()).add(said["region"])
    return {iso3: tuple(sorted(names)) for iso3, names in found.items()}


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold().strip()

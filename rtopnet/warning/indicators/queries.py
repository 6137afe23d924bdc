"""The Framework as a region uses it: its own file, or the paraphrase that comes with the platform."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext, override

from rtopnet.network.public import RegionSummary, framework_file_of, name_in
from rtopnet.warning.indicators.rules import (
    Framework,
    FrameworkFaultyError,
    Version,
    framework_from,
    version_of,
)

OURS = Path(__file__).parent / "data" / "un_framework.yaml"


@dataclass(frozen=True)
class KeptFramework:
    """A version as something made with it keeps it, whatever becomes of the file."""

    version: Version
    content: dict[str, Any]


def framework_for(region: RegionSummary, language: str) -> Framework:
    """The Framework that the region uses now, in ``language``; a faulty file of its own is passed over."""
    return framework_of(kept_framework(region), language)


def framework_fault(region: RegionSummary) -> str:
    """Why the region's own file is passed over; empty where nothing is wrong."""
    file = framework_file_of(region.slug)
    return _read(file, file.stat().st_mtime_ns)[1] if file else ""


def kept_framework(region: RegionSummary) -> KeptFramework:
    """The version that the region uses now, to be kept with what is made by it."""
    file = framework_file_of(region.slug)
    own = _read(file, file.stat().st_mtime_ns)[0] if file else None
    return own or _ours()


def framework_of(kept: KeptFramework, language: str) -> Framework:
    """A version that was kept, in ``language``."""
    with override(language):
        return framework_from(kept.content, kept.version, lambda text: _say(text, language))


def _say(text: Any, language: str) -> str:
    if isinstance(text, dict):
        return name_in(text, language)
    return gettext(str(text)) if text else ""


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> tuple[KeptFramework | None, str]:
    """The file's version, and what is wrong with it."""
    content = file.read_bytes()
    try:
        said = yaml.safe_load(content.decode("utf-8-sig"))
        # As JSON, so that what is kept beside an assessment is what was read.
        kept = KeptFramework(version_of(content, said), json.loads(json.dumps(said)))
        framework_from(kept.content, kept.version, str)
    except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, FrameworkFaultyError) as error:
        return None, " ".join(str(error).split())
    return kept, ""


def _ours() -> KeptFramework:
    kept, fault = _read(OURS, OURS.stat().st_mtime_ns)
    if kept is None:
        raise FrameworkFaultyError(fault)
    return kept

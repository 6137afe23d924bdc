"""What a region agreed on for warnings, from the file ``warning.yaml`` of its pack where there is one."""

from functools import lru_cache
from pathlib import Path

import yaml

from rtopnet.network.public import pack_folders
from rtopnet.warning.alerts.rules.terms import AgreedTerms, terms_from

FILE = "warning.yaml"


def agreed_terms(slug: str) -> AgreedTerms:
    """The region's own terms, or those that hold everywhere.

    Raises:
        TermsFaultError: the file says something that cannot be.
    """
    for folder in pack_folders():
        file = folder / FILE
        if folder.name == slug and file.is_file():
            return _read(file, file.stat().st_mtime_ns)
    return AgreedTerms()


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> AgreedTerms:  # noqa: ARG001 -- a changed file is read anew
    return terms_from(yaml.safe_load(file.read_text(encoding="utf-8")) or {})

"""Finds the sources: every package beside this module that has a ``SOURCE``."""

import pkgutil
from functools import cache
from importlib import import_module

from forewarn.contracts.store import Source


@cache
def sources() -> dict[str, Source]:
    """Each source under the name it is called by on the command line, in alphabetical order."""
    package = import_module("forewarn.ingest")
    folders = (module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg)
    modules = (import_module(f"{package.__name__}.{name}") for name in folders)
    found = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}

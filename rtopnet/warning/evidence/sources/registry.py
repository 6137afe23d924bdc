"""Finds the connectors: every module beside this one that has a ``CONNECTOR``."""

import pkgutil
from functools import cache
from importlib import import_module

from rtopnet.warning.evidence.sources.contract import Connector


@cache
def connectors() -> dict[str, Connector]:
    """Each connector by its kind, in alphabetical order."""
    package = import_module("rtopnet.warning.evidence.sources")
    modules = [
        import_module(f"{package.__name__}.{each.name}") for each in pkgutil.iter_modules(package.__path__)
    ]
    found: list[Connector] = [module.CONNECTOR for module in modules if hasattr(module, "CONNECTOR")]
    return {each.kind: each for each in sorted(found, key=lambda each: each.kind)}

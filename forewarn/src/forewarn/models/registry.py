"""Models by name. Every module of this folder is scanned, so a new model is a new file and nothing else."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

import forewarn.models
from forewarn.contracts.errors import UnknownModelError
from forewarn.contracts.forecasts import Model

DEFAULT_MODEL = "analogues"
BENCHMARKS = ("zeros", "last-poisson", "own-history-12", "own-history-24", "geomean-6")
_NOT_SCANNED = {"registry", "template"}
_registered: dict[str, type[Model]] = {}
_Registered = TypeVar("_Registered", bound=type[Model])


def register(model: _Registered) -> _Registered:
    """Enter a model under its ``name``; used as a decorator on the model's class.

    Raises:
        ValueError: two models claim the same name.
    """
    if model.name in _registered:
        raise ValueError(f"two models are called {model.name!r}")
    _registered[model.name] = model
    return model


def model_names() -> tuple[str, ...]:
    """Every model's name: the default first, then the benchmarks, then the others in alphabetical order."""
    _scan()
    first = (DEFAULT_MODEL, *BENCHMARKS)
    return (*first, *sorted(set(_registered) - set(first)))


def make_model(name: str) -> Model:
    """A fresh model of that name.

    Raises:
        UnknownModelError: there is none; the message lists those there are.
    """
    _scan()
    if name not in _registered:
        raise UnknownModelError(f"no model is called {name!r}; there are {', '.join(model_names())}")
    return _registered[name]()


@cache
def _scan() -> None:
    for module in iter_modules(forewarn.models.__path__):
        if module.name not in _NOT_SCANNED:
            import_module(f"forewarn.models.{module.name}")

"""Models by name. Every module of this folder is scanned, so a new model is a new file and nothing else."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import ClassVar, Generic, Protocol, TypeVar

import forewarn.models
from forewarn.contracts.errors import UnknownModelError
from forewarn.contracts.forecasts import Model
from forewarn.contracts.onsets import OnsetModel
from forewarn.contracts.regions import AttackModel

_NOT_SCANNED = {"registry", "template"}


class _Named(Protocol):
    name: ClassVar[str]


_M = TypeVar("_M", bound=_Named)


class Register(Generic[_M]):
    """The models of one task.

    Attributes:
        default: the name of the one used where none is asked for.
        benchmarks: the names of the plain ones.
    """

    def __init__(self, default: str, benchmarks: tuple[str, ...]) -> None:
        self.default = default
        self.benchmarks = benchmarks
        self._entered: dict[str, type[_M]] = {}

    def enter(self, model: type[_M]) -> type[_M]:
        """Enter a model under its ``name``; used as a decorator on the model's class.

        Raises:
            ValueError: two models claim the same name.
        """
        name = model.name
        if name in self._entered:
            raise ValueError(f"two models are called {name!r}")
        self._entered[name] = model
        return model

    def names(self) -> tuple[str, ...]:
        """Every model's name: the default first, then the benchmarks, then the others by alphabet."""
        _scan()
        first = (self.default, *self.benchmarks)
        return (*first, *sorted(set(self._entered) - set(first)))

    def make(self, name: str) -> _M:
        """A fresh model of that name.

        Raises:
            UnknownModelError: there is none; the message lists those there are.
        """
        _scan()
        if name not in self._entered:
            raise UnknownModelError(f"no model is called {name!r}; there are {', '.join(self.names())}")
        return self._entered[name]()


count_models: Register[Model] = Register(
    "analogues", ("zeros", "last-poisson", "own-history-12", "own-history-24", "geomean-6")
)
attack_models: Register[AttackModel] = Register(
    "attack-ensemble", ("one-sided-12", "battle-6", "neighbours-3")
)
onset_models: Register[OnsetModel] = Register("onset-ensemble", ("elastic-net",))

DEFAULT_MODEL = count_models.default
BENCHMARKS = count_models.benchmarks
register = count_models.enter
model_names = count_models.names
make_model = count_models.make


@cache
def _scan() -> None:
    for module in iter_modules(forewarn.models.__path__):
        if module.name not in _NOT_SCANNED:
            import_module(f"forewarn.models.{module.name}")

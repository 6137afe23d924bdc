"""The examples in the documentation of every score run, and there is one for each."""

import doctest
import inspect
from importlib import import_module

import pytest

MODULES = (
    "forewarn.evaluate.counts",
    "forewarn.evaluate.occurrence",
    "forewarn.evaluate.bootstrap",
    "forewarn.evaluate.risks",
    "forewarn.models.logit",
    "forewarn.features.trailing",
    "forewarn.cli.options",
)
SCORES = [
    (name, function)
    for module in MODULES[:3]
    for name, function in vars(import_module(module)).items()
    if inspect.isfunction(function) and function.__module__ == module and not name.startswith("_")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module):
    result = doctest.testmod(import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(("name", "function"), SCORES)
def test_every_score_shows_an_example(name, function):
    assert ">>>" in function.__doc__, f"{name} has no example"

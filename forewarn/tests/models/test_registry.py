import shutil
from pathlib import Path

import forewarn.models
import pytest
from forewarn.contracts.errors import UnknownModelError
from forewarn.models import registry, template
from forewarn.models.registry import (
    BENCHMARKS,
    DEFAULT_MODEL,
    attack_models,
    count_models,
    make_model,
    model_names,
    onset_models,
    register,
)
from forewarn.pipelines import forecast_countries


def test_default_comes_first_then_the_benchmarks():
    assert model_names()[: 1 + len(BENCHMARKS)] == (DEFAULT_MODEL, *BENCHMARKS)


@pytest.mark.parametrize("models", [attack_models, onset_models])
def test_every_task_has_a_default_and_benchmarks_that_can_be_made(models):
    assert models.names()[: 1 + len(models.benchmarks)] == (models.default, *models.benchmarks)
    assert [models.make(name).name for name in models.names()] == list(models.names())


def test_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(UnknownModelError, match=r"no model is called 'oracle'; there are .*own-history-12"):
        make_model("oracle")


def test_a_copy_of_the_template_is_found_and_forecasts(tmp_path, monkeypatch, world):
    copy = tmp_path / "my_model.py"
    shutil.copy(Path(template.__file__), copy)
    monkeypatch.setattr(forewarn.models, "__path__", [*forewarn.models.__path__, str(tmp_path)])
    monkeypatch.setattr(count_models, "_entered", {})
    monkeypatch.setattr(registry, "_scan", registry._scan.__wrapped__)
    monkeypatch.setattr(registry, "_NOT_SCANNED", {"registry", "template", "benchmarks", "analogues"})
    name = template.SameMonthOfYear.name
    registry._scan()
    assert name in model_names()
    forecast = forecast_countries(world, origin=world.end, steps=(1, 12), model=name, draws=10, seed=1)
    assert forecast.draws.shape == (20, 2, 10)


def test_two_models_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(count_models, "_entered", {})
    register(template.SameMonthOfYear)
    with pytest.raises(ValueError, match="two models are called 'same-month-of-year'"):
        register(template.SameMonthOfYear)

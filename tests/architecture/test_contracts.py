"""The house's contracts hold, and each of them catches a violation planted in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

PLANTS = {
    # contract: (file in the copy, line planted in it)
    "The platform's floors": ("rtopnet/audit/planted_floor.py", "import rtopnet.network.public"),
    "Floors inside the warning room": (
        "rtopnet/warning/evidence/planted_warning.py",
        "import rtopnet.warning.forecasts.public",
    ),
    "Floors inside a room": ("rtopnet/network/queries/planted_inside.py", "import rtopnet.network.services"),
    "One room enters another only by its public module": (
        "rtopnet/portal/planted_door.py",
        "import rtopnet.network.queries",
    ),
    "Rules decide without Django, a database or a clock": (
        "rtopnet/warning/forecasts/rules/planted_rule.py",
        "import django.utils.timezone",
    ),
    "Pages and commands reach data through services and queries": (
        "rtopnet/network/views/planted_view.py",
        "import rtopnet.network.models",
    ),
    "Only the adapter speaks to forewarn": (
        "rtopnet/warning/forecasts/planted_adapter.py",
        "import forewarn",
    ),
    "Floors of forewarn": ("forewarn/src/forewarn/panel/planted_floor.py", "import forewarn.models"),
    "forewarn knows neither Django nor the platform": (
        "forewarn/src/forewarn/contracts/planted_django.py",
        "import django",
    ),
    "Only forewarn.engines names an engine": (
        "forewarn/src/forewarn/panel/planted_engine.py",
        "import duckdb",
    ),
    "No cycles between siblings": (
        "rtopnet/kernel/planted_one.py",
        "import rtopnet.kernel.planted_two",
        "rtopnet/kernel/planted_two.py",
        "import rtopnet.kernel.planted_one",
    ),
}


def lint(folder):
    environment = os.environ | {"PYTHONPATH": str(folder / "forewarn" / "src"), "COLUMNS": "300"}
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    ).stdout


def plant(folder, name, line):
    file = folder / name
    module = file.parent.with_suffix(".py")
    if module.exists():  # a module that must become a package to hold the plant
        file.parent.mkdir()
        module.rename(file.parent / "__init__.py")
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text(f'"""Planted."""\n\n{line}\n')


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    keep_code = shutil.ignore_patterns("node_modules", "dist", "__pycache__", "regions", "locale", "data")
    for name in ("rtopnet", "forewarn/src", "tools"):
        shutil.copytree(PROJECT / name, folder / name, ignore=keep_code)
    shutil.copy(PROJECT / ".importlinter", folder)
    return folder


def test_every_contract_is_declared_here():
    declared = {
        line.removeprefix("name = ")
        for line in (PROJECT / ".importlinter").read_text().splitlines()
        if line.startswith("name = ")
    }
    assert declared == set(PLANTS)


def test_each_contract_holds_and_catches_its_planted_violation(copy):
    whole = lint(copy)
    assert "0 broken" in whole, whole
    for planted in PLANTS.values():
        for name, line in zip(planted[::2], planted[1::2], strict=True):
            plant(copy, name, line)
    broken = lint(copy)
    for contract, (name, *_) in PLANTS.items():
        assert f"{contract} BROKEN" in broken, f"{contract} did not see {name}\n{broken}"
        assert Path(name).stem in broken

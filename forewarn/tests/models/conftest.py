"""Panels of fictional states, made by a seeded generator."""

import numpy as np
import pytest
from forewarn.contracts.months import parse_month
from forewarn.contracts.panels import Panel


def fictional_panel(units: int, months: int, *, seed: int = 1, outcome: str = "state_based") -> Panel:
    """Wars that begin, smoulder and end; the first state stays at peace throughout."""
    rng = np.random.default_rng(seed)
    at_war = np.zeros((units, months), dtype=bool)
    for month in range(1, months):
        stay = rng.random(units) < np.where(at_war[:, month - 1], 0.97, 0.02)
        at_war[:, month] = np.where(at_war[:, month - 1], stay, stay)
    at_war[0] = False
    level = rng.lognormal(3, 1, (units, 1)) * rng.lognormal(0, 0.6, (units, months))
    values = np.where(at_war, rng.poisson(level), 0).astype(float)
    names = tuple(f"X{chr(65 + index // 26)}{chr(65 + index % 26)}" for index in range(units))
    return Panel(names, parse_month("1990-01"), values, outcome)


@pytest.fixture
def world():
    return fictional_panel(20, 240)


@pytest.fixture
def make_panel():
    return fictional_panel

"""Panels of fictional states, made by a seeded generator."""

import numpy as np
import pytest
from forewarn.contracts.months import parse_month
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.panels import Panel
from forewarn.contracts.regions import RegionHistory


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


def fictional_regions(regions: int, months: int, *, seed: int = 2) -> RegionHistory:
    """Regions of different danger; attacks come in spells and follow battles; the last region is calm."""
    rng = np.random.default_rng(seed)
    danger = np.linspace(0.6, 0.02, regions)[:, None]
    spell = np.repeat(rng.random((regions, months // 12 + 1)) < 0.4, 12, axis=1)[:, :months]
    battle = rng.poisson(10.0, (regions, months)) * spell
    attacked = rng.random((regions, months)) < np.where(spell, danger, danger / 8)
    attacked[-1], battle[-1] = False, 0
    events = attacked + (battle > 0)
    centres = np.stack([np.arange(regions), np.arange(regions) % 3, np.ones(regions)], axis=-1)
    return RegionHistory(
        tuple(f"XAA:{chr(65 + region)}" for region in range(regions)),
        parse_month("1990-01"),
        attacked * 3.0,
        battle.astype(float),
        events[..., None] * centres[:, None].astype(float),
        np.arange(regions) == regions - 1,
    )


def fictional_country_years(countries: int, years: int, *, seed: int = 3) -> CountryYears:
    """Onsets come where two of four predictors are high; one predictor is blank here and there."""
    rng = np.random.default_rng(seed)
    year = np.repeat(np.arange(1970, 1970 + years), countries).astype(float)
    lasting = np.tile(rng.standard_normal((countries, 2)), (years, 1))
    predictors = np.concatenate([lasting, rng.standard_normal((len(year), 2))], axis=1)
    danger = 1 / (1 + np.exp(4 - 1.5 * predictors[:, 0] - predictors[:, 1]))
    onset = (rng.random(len(year)) < danger).astype(float)
    grid = onset.reshape(years, countries)
    ahead = np.full(grid.shape, np.nan)
    ahead[:-2] = np.maximum(grid[1:-1], grid[2:])
    predictors[rng.random(len(year)) < 0.02, 3] = np.nan
    return CountryYears(
        tuple(f"Land {chr(65 + index // 26)}{chr(65 + index % 26)}" for index in range(countries)) * years,
        year,
        predictors,
        ("poverty", "exclusion", "noise", "other noise"),
        onset,
        ahead.ravel(),
    )


@pytest.fixture
def regions():
    return fictional_regions(8, 200)


@pytest.fixture
def country_years():
    return fictional_country_years(40, 35)


@pytest.fixture
def world():
    return fictional_panel(20, 240)


@pytest.fixture
def make_panel():
    return fictional_panel

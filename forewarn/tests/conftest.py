"""Small invented GED downloads and a way to read them in; panels of fictional states by seed."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forewarn.contracts.months import parse_month
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.panels import Panel
from forewarn.contracts.regions import RegionHistory
from forewarn.ingest.registry import sources
from forewarn.ingest.ucdp_ged.columns import GED_COLUMNS
from forewarn.pipelines.ingestion import Taken, ingest_files

Row = dict[str, Any]


def _event(number: int, **changes: Any) -> Row:
    row: Row = dict.fromkeys(GED_COLUMNS, "")
    row |= {
        "id": number,
        "relid": f"XAA-{number}",
        "year": 2020,
        "active_year": "True",
        "code_status": "Clear",
        "type_of_violence": 1,
        "conflict_new_id": 11,
        "conflict_name": "Land A: Front",
        "side_a": "Government of Land A",
        "side_b": "Front",
        "number_of_sources": -1,
        "source_article": 'Wire, "quoted", two\nlines',
        "where_prec": 1,
        "where_coordinates": "Place",
        "adm_1": "Upper province",
        "latitude": 9.5,
        "longitude": 41.25,
        "priogrid_gid": 143723,
        "country": "Land A",
        "country_id": 991,
        "region": "Asia",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2020-03-10",
        "date_end": changes.get("date_start", "2020-03-10"),
        "deaths_a": 1,
        "deaths_b": 1,
        "deaths_civilians": 1,
        "deaths_unknown": 0,
        "best": 3,
        "high": 4,
        "low": 2,
    }
    return row | changes


def _text(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, header: bool, delimiter: str = ","
) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", delimiter=delimiter)
    if header:
        writer.writerow(columns)
    writer.writerows([[row[name] for name in columns] for row in rows])
    return buffer.getvalue()


@pytest.fixture
def event() -> Callable[..., Row]:
    """An invented event; any column can be given another value."""
    return _event


@pytest.fixture
def ged_text() -> Callable[..., str]:
    """The text of a GED download of some events."""

    def text(
        rows: Sequence[Row],
        *,
        columns: Sequence[str] = GED_COLUMNS,
        header: bool = True,
        delimiter: str = ",",
    ) -> str:
        return _text(rows, columns, header=header, delimiter=delimiter)

    return text


@pytest.fixture
def ged_file(tmp_path: Path) -> Callable[..., Path]:
    """A GED download of some events, in a file."""

    def file(rows: Sequence[Row], name: str = "GEDEvent_v23_1.csv", *, header: bool = True) -> Path:
        path = tmp_path / name
        path.write_text(_text(rows, GED_COLUMNS, header=header), encoding="utf-8")
        return path

    return file


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def read_in(store: Path) -> Callable[..., Taken]:
    """Read a file into the store."""

    def read(path: Path, *, by: str = "ucdp-ged", **settings: str) -> Taken:
        given = {name.replace("_", "-"): value for name, value in settings.items()}
        return ingest_files(sources()[by], [path], store=store, settings=given)[0]

    return read


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


@pytest.fixture(scope="session")
def make_panel():
    return fictional_panel


@pytest.fixture(scope="session")
def make_regions():
    return fictional_regions


@pytest.fixture(scope="session")
def make_country_years():
    return fictional_country_years

"""Small invented GED downloads, and a way to read them in."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
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

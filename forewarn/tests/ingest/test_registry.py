"""A source is one folder: put there, it is found, called and listed without anything else being edited."""

import sys

import forewarn.ingest
import pytest
from forewarn.cli import main
from forewarn.ingest.registry import sources

PACKAGE = '''
"""Sightings, counted on fingers."""

import polars as pl

from forewarn.contracts.rejects import Rejects
from forewarn.contracts.store import Holding, Option


class Fingers:
    name = "fingers"
    summary = "figures counted on fingers"
    options = (Option("hand", "which hand", choices=("left", "right"), required=True),)

    def version(self, path, settings):
        return settings["hand"]

    def read(self, arrival, folder, watch):
        folder.mkdir()
        table = pl.DataFrame({"iso3": ["XAA"], "month": [24240], "deaths": [5.0]})
        table.write_parquet(folder / "table.parquet")
        holding = Holding(
            source=self.name, version=arrival.settings["hand"], kind="table", outcome="all", licence="none",
            citation="fingers", fetched_at=arrival.fetched_at, sha256=arrival.sha256, file=arrival.path.name,
            rows=1, rejected=0, first_month=24240, last_month=24240, units=("XAA",),
        )
        return holding, Rejects()


SOURCE = Fingers()
'''


@pytest.fixture
def fingers(tmp_path, monkeypatch):
    folder = tmp_path / "sources" / "fingers"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(PACKAGE)
    monkeypatch.setattr(forewarn.ingest, "__path__", [*forewarn.ingest.__path__, str(folder.parent)])
    sources.cache_clear()
    yield
    sources.cache_clear()
    sys.modules.pop("forewarn.ingest.fingers", None)


def test_the_sources_that_come_with_it():
    assert {"country-month", "ucdp-ged"} <= set(sources())


def test_a_folder_added_is_a_command_added(fingers, tmp_path, store, monkeypatch, capsys):
    path = tmp_path / "fingers.csv"
    path.write_text("whatever\n")
    monkeypatch.setattr(
        "sys.argv", ["forewarn", "ingest", "fingers", str(path), "--hand", "left", "--store", str(store)]
    )

    with pytest.raises(SystemExit) as ended:
        main()

    assert not ended.value.code
    assert capsys.readouterr().out == f"{path}: 1 rows added as fingers left\n"

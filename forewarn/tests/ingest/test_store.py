"""A store only ever grows by whole files; what prevails is decided when it is read."""

import os
import signal
import subprocess
import sys

import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.engines import open_engine
from forewarn.ingest import holdings, recent_events
from forewarn.ingest.registry import sources
from forewarn.ingest.vintage import as_it_stood, prevailing_events
from forewarn.pipelines.ingestion import ingest_files


def figures(store, as_of=None):
    """The prevailing ``best`` by id."""
    with open_engine() as engine:
        events = prevailing_events(engine, store, as_it_stood(holdings(store), as_of), ["best"])
        return dict(engine.fetch(events).select("id", "best").sort("id").iter_rows())


def contents(store):
    return {path.relative_to(store): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_the_same_file_twice_changes_nothing(event, ged_file, read_in, store):
    first = read_in(ged_file([event(1)]))
    before = contents(store)
    second = read_in(ged_file([event(1)]))

    assert (first.was_there, second.was_there) == (False, True)
    assert second.holding == first.holding
    assert contents(store) == before


def test_a_newer_version_replaces_by_id_and_the_old_vintage_stays_readable(event, ged_file, read_in, store):
    read_in(ged_file([event(1), event(2)], "ged231.csv"), fetched_at="2023-06-06")
    read_in(ged_file([event(2, best=20), event(3)], "ged241.csv"), fetched_at="2024-05-22")

    assert figures(store) == {1: 3, 2: 20, 3: 3}
    assert figures(store, "24.1") == {1: 3, 2: 20, 3: 3}
    assert figures(store, "23.1") == figures(store, "2023-12-31") == {1: 3, 2: 3}


def test_the_order_of_reading_does_not_matter(event, ged_file, read_in, store):
    read_in(ged_file([event(1, best=20)], "ged241.csv"))
    read_in(ged_file([event(1)], "ged231.csv"))

    assert figures(store) == {1: 20}
    assert figures(store, "23.1") == {1: 3}


def test_a_release_of_the_whole_world_withdraws_what_it_no_longer_lists(event, ged_file, read_in, store):
    read_in(ged_file([event(1), event(2), event(3, date_start="2023-05-01")], "ged231.csv"))
    read_in(ged_file([event(2), event(4, date_start="2020-01-01")], "ged241.csv"), scope="world")

    # event 1 lies between the first and the last day that 24.1 speaks of, event 3 does not
    assert figures(store) == {2: 3, 3: 3, 4: 3}


def test_five_regions_make_a_release_of_the_world(event, ged_file, read_in):
    regions = ["Africa", "Americas", "Asia", "Europe", "Middle East"]
    rows = [event(number, region=region) for number, region in enumerate(regions)]

    assert not read_in(ged_file(rows[1:], "ged221.csv")).holding.world
    assert read_in(ged_file(rows, "ged231.csv")).holding.world
    assert not read_in(ged_file(rows, "ged241.csv"), scope="extract").holding.world


def test_a_final_release_supersedes_candidates_of_the_months_and_countries_it_covers(
    event, ged_file, read_in, store
):
    candidates = [
        event(901, date_start="2025-02-03"),
        event(902, date_start="2025-02-04", country_id=992),
        event(903, date_start="2026-01-05"),
    ]
    read_in(ged_file(candidates, "GEDEvent_v25_0_2.csv"))
    read_in(ged_file([event(1, date_start="2025-01-01"), event(2, date_start="2025-12-31")], "ged261.csv"))

    assert list(figures(store)) == [1, 2, 902, 903]
    assert list(figures(store, "25.0.2")) == [901, 902, 903]


def test_a_later_candidate_revises_an_earlier_one(event, ged_file, read_in, store):
    read_in(ged_file([event(901, date_start="2026-04-03")], "GEDEvent_v26_0_4.csv"))
    read_in(ged_file([event(901, date_start="2026-04-03", best=9)], "GEDEvent_v26_0_5.csv"))

    assert figures(store) == {901: 9}


def test_two_extracts_of_one_version_stand_side_by_side(event, ged_file, read_in, store):
    read_in(ged_file([event(1), event(2)], "ged231_a.csv"))
    read_in(ged_file([event(2, best=4), event(3, country_id=992)], "ged231_b.csv"))

    assert figures(store) == {1: 3, 2: 4, 3: 3}


def test_an_unknown_vintage_names_those_there_are(event, ged_file, read_in, store):
    read_in(ged_file([event(1)]), fetched_at="2023-06-06")

    for as_of in ("24.1", "2023-06-05"):
        with pytest.raises(UnusableInputError, match=r"it holds 23\.1 \(2023-06-06\)"):
            as_it_stood(holdings(store), as_of)
    with pytest.raises(UnusableInputError, match="not a date"):
        as_it_stood(holdings(store), "2023-13-01")


def test_what_it_holds_is_told_with_its_source(event, ged_file, read_in, store):
    taken = read_in(ged_file([event(1), event(2, date_start="2021-12-31", country_id=992)]))

    [holding] = holdings(store)
    assert holding == taken.holding
    assert (holding.source, holding.version, holding.licence) == ("ucdp-ged", "23.1", "CC BY 4.0")
    assert "version 23.1" in holding.citation
    assert (holding.rows, holding.units) == (2, ("991", "992"))
    assert (holding.first_month, holding.last_month) == (12 * 2020 + 2, 12 * 2021 + 11)


def test_several_files_are_added_together_or_not_at_all(event, ged_file, store, tmp_path):
    sound, broken = ged_file([event(1)], "ged231.csv"), tmp_path / "ged241.csv"
    broken.write_bytes(b"")

    with pytest.raises(UnusableInputError, match="ged241"):
        ingest_files(sources()["ucdp-ged"], [sound, broken], store=store, settings={})

    assert holdings(store) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from forewarn.ingest.registry import sources
from forewarn.pipelines import ingestion
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
ingestion.publish = killed
ingestion.ingest_files(sources()["ucdp-ged"], [Path(sys.argv[1])], store=Path(sys.argv[2]), settings={})
"""


def test_a_kill_in_the_middle_leaves_the_store_as_it_was(event, ged_file, read_in, store):
    read_in(ged_file([event(1)], "ged221.csv"))
    before = contents(store)
    newer = ged_file([event(1, best=8)], "ged231.csv")

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, newer, store], check=False, env=os.environ, timeout=60
    )

    assert ended.returncode == -signal.SIGKILL
    assert list(store.glob(".staging-*/0/data/year=2020/*.parquet"))
    assert figures(store) == {1: 3}
    read_in(newer)
    assert figures(store) == {1: 8}
    assert not list(store.glob(".staging-*"))
    assert before.items() <= contents(store).items()


def test_a_store_that_cannot_be_written_to_is_one_line(event, ged_file, tmp_path):
    in_the_way = tmp_path / "store"
    in_the_way.write_text("a file")

    with pytest.raises(UnusableInputError, match="cannot be written to"):
        ingest_files(sources()["ucdp-ged"], [ged_file([event(1)])], store=in_the_way, settings={})


def test_recent_events_come_newest_first_with_source_and_precision(event, ged_file, read_in, store):
    rows = [
        event(1),
        event(2, date_start="2020-05-01", type_of_violence=3, where_prec=4),
        event(3, country_id=992),
    ]
    read_in(ged_file(rows))

    recent = recent_events(store, country="GW991", limit=5)

    assert recent.select("id", "type", "where_prec", "source", "version").rows() == [
        (2, "one_sided", 4, "ucdp-ged", "23.1"),
        (1, "state_based", 1, "ucdp-ged", "23.1"),
    ]
    assert recent_events(store, country="GW991", limit=1).height == 1
    assert recent_events(store, country="XZZ", limit=5).columns == recent.columns
    assert recent.schema["date_start"] == pl.Date


def test_a_damaged_holding_is_one_line(event, ged_file, read_in, store):
    read_in(ged_file([event(1)]))
    [file] = store.rglob("holding.json")
    file.write_text('{"source": "ucdp-ged"}')

    with pytest.raises(UnusableInputError, match="damaged"):
        holdings(store)

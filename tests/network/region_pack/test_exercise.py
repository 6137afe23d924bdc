"""The exercise region's invented content: made anew it is the same, and it tells the story it should."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from forewarn.contracts.months import parse_month
from forewarn.ingest import holdings
from forewarn.ingest.registry import sources
from forewarn.pipelines.ingestion import ingest_files

import rtopnet
from rtopnet.network.region_pack import read_pack
from rtopnet.network.region_pack.boundaries import positions
from rtopnet.network.region_pack.faults import FaultBook
from rtopnet.network.region_pack.features import features
from tools.make_exercise_boundaries import SEATS, owners_of_cells
from tools.make_exercise_events import RELEASES, SEED, Chronicle, priogrid_gid

FOLDER = Path(rtopnet.__file__).parent / "regions" / "exercise"


@pytest.fixture(scope="module")
def pack():
    return read_pack(FOLDER)


@pytest.fixture(scope="module")
def events(pack):
    files = [pl.read_csv(pack.path(source), infer_schema_length=None) for source in pack.holding("events")]
    return pl.concat(files, how="vertical_relaxed").with_columns(month=pl.col("date_start").str.slice(0, 7))


def table(pack, outcome):
    (source,) = pack.holding("country_month", outcome)
    return pl.read_csv(pack.path(source))


def test_the_same_seed_makes_the_same_events(pack, events):
    states = {state.iso3: state for state in pack.region.states}
    chronicle = Chronicle(states, SEED)
    made = [row for release in RELEASES for row in chronicle.rows(release)]
    assert sorted(row["id"] for row in made) == sorted(events["id"])
    assert sum(row["best"] for row in made) == events["best"].sum()


def test_forewarn_reads_every_event(tmp_path, pack, events):
    files = [pack.path(source) for source in pack.holding("events")]
    ingest_files(sources()["ucdp-ged"], files, store=tmp_path, settings={"scope": "world"})
    held = holdings(tmp_path)
    assert sum(release.rows for release in held) == events.height
    assert sum(release.rejected for release in held) == 0
    assert not any(release.warnings for release in held)


def test_about_as_much_as_a_demonstration_needs(events):
    assert 2_200 <= events.height <= 2_800
    assert set(events["type_of_violence"]) == {1, 2, 3}
    assert set(events["where_prec"]) == {1, 2, 3, 4, 5, 6}
    assert set(events["date_prec"]) == {1, 2, 3, 4, 5}
    assert (events["low"] <= events["best"]).all()
    assert (events["best"] <= events["high"]).all()


def test_deaths_add_up(events):
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert events.select(pl.sum_horizontal(parts) == pl.col("best")).to_series().all()


def test_one_state_has_no_event_and_is_zero_in_every_month(pack, events):
    without = [state for state in pack.region.states if state.gw_id not in set(events["country_id"])]
    assert len(without) == 1
    months = table(pack, "all").filter(pl.col("iso3") == without[0].iso3)
    assert months.height == parse_month("2026-10") - parse_month("2012-01") + 1
    assert months["deaths"].sum() == 0


def test_one_state_is_quiet_and_then_attacked(events):
    ildony = events.filter(pl.col("country_id") == 9002)
    before, since = (
        ildony.filter(is_before) for is_before in (pl.col("year") < 2026, pl.col("year") == 2026)
    )
    assert before.height < 15
    assert since.filter(pl.col("type_of_violence") == 3).height > 150


def test_attacks_spread_between_neighbours(events):
    attacks = events.filter((pl.col("country_id") == 9002) & (pl.col("type_of_violence") == 3))
    first = attacks.drop_nulls("adm_1").group_by("adm_1").agg(pl.col("month").min()).sort("month")
    order = first["adm_1"].to_list()
    assert order == ["Peshalor", "Karruvane", "Sovareth", "Ilmetha"]
    beside = neighbours()
    for place, reached in enumerate(order[1:], start=1):
        assert any(("XID", earlier) in beside["XID", reached] for earlier in order[:place])


def neighbours():
    cells = owners_of_cells()
    found = {unit: set() for unit in SEATS}
    for (x, y), unit in cells.items():
        for cell in ((x + 1, y), (x, y + 1)):
            if cell in cells:
                found[unit].add(cells[cell])
                found[cells[cell]].add(unit)
    return found


def test_one_state_simmers_and_one_has_subsided(pack):
    deaths = table(pack, "all").with_columns(year=pl.col("month").str.slice(0, 4).cast(int))
    yearly = deaths.group_by("iso3", "year").agg(pl.col("deaths").sum())
    simmering = yearly.filter(pl.col("iso3") == "XNM")["deaths"]
    assert simmering.min() > 100
    subsided = yearly.filter(pl.col("iso3") == "XPE")
    assert subsided.filter(pl.col("year") <= 2015)["deaths"].min() > 400
    assert subsided.filter(pl.col("year") >= 2021)["deaths"].sum() == 0


def test_types_add_up_to_all(pack):
    every = table(pack, "all")
    parts = [table(pack, outcome)["deaths"] for outcome in ("state_based", "non_state", "one_sided")]
    assert (every["deaths"] == parts[0] + parts[1] + parts[2]).all()


def test_places_of_precise_events_lie_in_their_region(events):
    cells = owners_of_cells()
    precise = events.filter(pl.col("where_prec") <= 3).select("adm_1", "longitude", "latitude").unique()
    for name, longitude, latitude in precise.rows():
        cell = (int((longitude + 152) / 0.4), int((latitude - 17) / 0.4))
        assert cells[cell][1] == name


def test_neighbours_share_their_border():
    file = "boundaries.geojson"
    found = features((FOLDER / file).read_text(encoding="utf-8"), file=file, faults=FaultBook())
    shared = Counter(place for feature in found for place in set(positions(feature.geometry)))
    assert sum(count > 1 for count in shared.values()) > 100


def test_cells_are_numbered_as_in_prio_grid():
    assert priogrid_gid(97.75, 17.5) == 155356
    assert priogrid_gid(96.25, 18.25) == 156073

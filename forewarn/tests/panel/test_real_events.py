"""Myanmar 1989 to 2015, from the published events, against published country-month tables."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from forewarn.contracts.months import parse_month
from forewarn.ingest import holdings
from forewarn.ingest.country_month import read_country_month
from forewarn.ingest.store import parquet_files
from forewarn.panel import country_month_panel, region_month_panel

DATA = Path(__file__).parents[3].parent / "shared" / "data"
EVENTS = DATA / "ucdp_ged231_myanmar_1989_2015.csv"
pytestmark = pytest.mark.skipif(
    not EVENTS.exists(), reason="the measured data does not lie beside the project"
)


@pytest.fixture
def myanmar(read_in, store):
    taken = read_in(EVENTS)
    assert (taken.holding.rows, taken.holding.rejected, taken.holding.version) == (2448, 0, "23.1")
    assert taken.holding.warnings == {"best above high": 4}
    return store


def published(file):
    """Myanmar's months to 2015 of a published table."""
    table, rejects = read_country_month(DATA / file)
    assert not rejects
    return table.filter((pl.col("iso3") == "MMR") & (pl.col("month") <= parse_month("2015-12")))


def differing(table, events, month):
    """Months in which a table and the deaths of events, each counted in one month, are not the same."""
    day = pl.col(month)
    counted = events.group_by((day.dt.year() * 12 + day.dt.month() - 1).cast(pl.Int64).alias("month")).agg(
        "best"
    )
    joined = table.join(counted.with_columns(pl.col("best").list.sum()), on="month", how="left")
    return joined.filter(pl.col("best").fill_null(0) != pl.col("deaths")).height


@pytest.fixture
def events(myanmar):
    files = [file for holding in holdings(myanmar) for file in parquet_files(myanmar, holding)]
    return pl.read_parquet(files, hive_partitioning=False)


def test_published_tables_leave_events_of_several_months_out_or_count_them_at_their_end(events):
    day = (pl.col("date_start"), pl.col("date_end"))
    within = events.filter(day[0].dt.truncate("1mo") == day[1].dt.truncate("1mo"))
    all_types = published("country_month_all_types_1989_2023.csv")
    state_based = published("country_month_state_based_1990_2020.csv")

    # GED 25.1 there, 23.1 here: no month of 324 differs
    assert (all_types.height, differing(all_types, within, "date_start")) == (324, 0)
    # another release again: 5 months of 312 differ, by 3 deaths at most
    assert (state_based.height, differing(state_based, events.filter(type_of_violence=1), "date_end")) == (
        312,
        5,
    )


def test_our_months_hold_every_death(myanmar, events):
    panel = country_month_panel(myanmar, outcome="all")

    assert (panel.start, panel.end) == (parse_month("1989-01"), parse_month("2015-12"))
    assert np.sum(panel.values) == events["best"].sum() == 17563
    # 101 events of several months, which the published table leaves out
    assert 17563 - published("country_month_all_types_1989_2023.csv")["deaths"].sum() == 4231


def test_regions_and_what_is_not_placed_make_up_the_country(myanmar):
    regions = region_month_panel(myanmar, country="MMR", outcome="all")
    assert len(regions.units) == 15
    assert np.sum(regions.values) == 17563 - 3157

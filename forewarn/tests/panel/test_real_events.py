"""Myanmar 1989 to 2015, from the published events, against a country-month table of a later release."""

from pathlib import Path

import numpy as np
import pytest
from forewarn.contracts.months import parse_month
from forewarn.ingest.country_month import read_country_month
from forewarn.panel import country_month_panel, panel_from_table, region_month_panel

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


def test_monthly_sums_agree_with_a_later_release(myanmar):
    panel = country_month_panel(myanmar, outcome="all")
    table, rejects = read_country_month(DATA / "country_month_all_types_1989_2023.csv")
    later = panel_from_table(table, outcome="all")
    first, last = parse_month("1989-01"), parse_month("2015-12")

    ours = panel.window(first, last)[panel.units.index("MMR")]
    theirs = later.window(first, last)[later.units.index("MMR")]

    assert not rejects
    assert (panel.start, panel.end) == (first, last)
    assert np.nansum(ours) == 17563
    assert np.corrcoef(ours, theirs)[0, 1] > 0.9


def test_regions_and_what_is_not_placed_make_up_the_country(myanmar):
    regions = region_month_panel(myanmar, country="MMR", outcome="all")
    assert len(regions.units) == 15
    assert np.sum(regions.values) == 17563 - 3157

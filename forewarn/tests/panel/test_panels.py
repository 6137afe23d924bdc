import numpy as np
import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import parse_month
from forewarn.panel import cell_month_panel, country_month_panel, panel_from_table, region_month_panel


def test_a_table_becomes_a_complete_grid_with_unobserved_months_kept_apart():
    frame = pl.DataFrame({"iso3": ["XAB", "XAA", "XAB"], "month": [24, 25, 26], "deaths": [1.0, 2.0, 0.0]})

    panel = panel_from_table(frame, outcome="all")

    assert (panel.units, panel.start, panel.end, panel.outcome) == (("XAA", "XAB"), 24, 26, "all")
    np.testing.assert_array_equal(panel.values, [[np.nan, 2, np.nan], [1, np.nan, 0]])


def test_two_rows_for_one_unit_and_month_are_refused():
    frame = pl.DataFrame({"iso3": ["XAA", "XAA"], "month": [24, 24], "deaths": [1.0, 2.0]})
    with pytest.raises(UnusableInputError, match="two rows"):
        panel_from_table(frame, outcome="all")


def test_an_empty_table_is_refused():
    frame = pl.DataFrame(schema={"iso3": pl.String, "month": pl.Int64, "deaths": pl.Float64})
    with pytest.raises(UnusableInputError, match="no figures for outcome all"):
        panel_from_table(frame, outcome="all")


@pytest.fixture
def filled(event, ged_file, read_in, store, tmp_path):
    """Events of one country with regions and cells, a table of another."""
    rows = [
        event(
            1, country_id=775, adm_1="Karen state", date_start="2020-01-05", latitude=17.5, longitude=97.75
        ),
        event(2, country_id=775, adm_1="Kayin State", date_start="2020-03-05", type_of_violence=3),
        event(3, country_id=775, adm_1="", where_prec=6, best=4, date_start="2020-03-05"),
        event(4, country_id=991, date_start="2020-02-05"),
    ]
    read_in(ged_file(rows))
    table = tmp_path / "table.csv"
    table.write_text("iso3,month,deaths\nXAA,2019-12,6\nXAA,2020-02,0\n")
    read_in(table, by="country-month", outcome="all", source="Invented")
    return store


def test_countries_from_events_and_tables(filled):
    panel = country_month_panel(filled, outcome="all")

    assert (panel.units, panel.start) == (("GW991", "MMR", "XAA"), parse_month("2019-12"))
    nan = np.nan
    np.testing.assert_array_equal(panel.values, [[nan, 0, 3, 0], [nan, 3, 0, 7], [6, nan, 0, nan]])


def test_an_outcome_that_no_table_has_is_of_the_events_alone(filled):
    panel = country_month_panel(filled, outcome="one_sided")

    assert (panel.units, panel.start) == (("GW991", "MMR"), parse_month("2020-01"))
    np.testing.assert_array_equal(panel.values, [[0, 0, 0], [0, 0, 3]])


def test_regions_of_one_country(filled):
    panel = region_month_panel(filled, country="MMR", outcome="all")

    assert len(panel.units) == 15
    np.testing.assert_array_equal(panel.values[panel.units.index("MMR:Kayin")], [3, 0, 3])
    assert np.nansum(panel.values) == 6
    assert region_month_panel(filled, country=None, outcome="all").units[0] == "GW991:Upper"


def test_cells_that_had_an_event(filled):
    panel = cell_month_panel(filled, outcome="all")

    assert panel.units == ("143723", "155356")
    np.testing.assert_array_equal(panel.values, [[0, 3, 3], [3, 0, 0]])


def test_questions_without_an_answer_are_one_line(filled, tmp_path):
    with pytest.raises(UnusableInputError, match="no outcome 'most'"):
        country_month_panel(filled, outcome="most")
    with pytest.raises(UnusableInputError, match="no such store"):
        country_month_panel(tmp_path / "none", outcome="all")
    with pytest.raises(UnusableInputError, match=r"--as-of 22\.1"):
        country_month_panel(filled, outcome="all", as_of="22.1")
    with pytest.raises(UnusableInputError, match="no figures for outcome all"):
        region_month_panel(filled, country="XZZ", outcome="all")


def test_tables_alone_know_no_regions(store, read_in, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("iso3,month,deaths\nXAA,2020-01,6\n")
    read_in(table, by="country-month", outcome="all", source="Invented")

    assert country_month_panel(store, outcome="all").values.tolist() == [[6.0]]
    with pytest.raises(UnusableInputError, match="holds no figures for outcome one_sided"):
        country_month_panel(store, outcome="one_sided")
    with pytest.raises(UnusableInputError, match="tables know countries only"):
        region_month_panel(store, country=None, outcome="all")

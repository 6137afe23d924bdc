"""A store's panel is the same on every engine: counted, zero, or not observed."""

from forewarn.contracts.months import format_month, parse_month
from forewarn.panel import Question, long_panel


def drawn(engine, store, outcome, **asked):
    """Deaths by unit, a letter a month from 2020-01: a figure, ``.`` for not observed."""
    rows = long_panel(engine, store, Question("country", **asked)).rows
    frame = engine.fetch(rows.filter(rows.outcome == outcome)).sort("unit", "month")
    assert format_month(frame["month"].min()) == "2020-01"
    lines = {}
    for unit, deaths in frame.select("unit", "deaths").iter_rows():
        lines[unit] = lines.get(unit, "") + ("." if deaths is None else f"{deaths:g}")
    return lines


def test_zero_is_not_the_same_as_not_observed(engine, event, ged_file, read_in, store):
    rows = [
        event(1, date_start="2020-01-05"),
        event(2, date_start="2020-03-05", type_of_violence=3, best=5),
        event(3, date_start="2020-02-05", country_id=992),
    ]
    read_in(ged_file(rows))
    read_in(ged_file([event(9, date_start="2020-05-05", country_id=993)], "GEDEvent_v20_0_5.csv"))

    assert drawn(engine, store, "all") == {"GW991": "305..", "GW992": "030..", "GW993": "....3"}
    assert drawn(engine, store, "one_sided") == {"GW991": "005..", "GW992": "000..", "GW993": "....0"}


def test_a_candidate_of_the_world_observes_countries_it_does_not_name(
    engine, event, ged_file, read_in, store
):
    read_in(ged_file([event(1, date_start="2020-01-05"), event(2, date_start="2020-02-05", country_id=992)]))
    read_in(
        ged_file([event(9, date_start="2020-03-05", country_id=993)], "GEDEvent_v20_0_3.csv"), scope="world"
    )

    assert drawn(engine, store, "all") == {"GW991": "300", "GW992": "030", "GW993": "..3"}


def test_tables_fill_what_no_release_of_events_speaks_of(engine, event, ged_file, read_in, store, tmp_path):
    read_in(ged_file([event(1, country_id=775, date_start="2020-02-05")]))
    older, newer = tmp_path / "older.csv", tmp_path / "newer.csv"
    older.write_text("iso3,month,deaths\nMMR,2020-01,1\nMMR,2020-02,1\nXAB,2020-01,1\nXAB,2020-03,1\n")
    newer.write_text("iso3,month,deaths\nXAB,2020-03,7\n")
    read_in(newer, by="country-month", outcome="all", source="New", fetched_at="2026-02-01")
    read_in(older, by="country-month", outcome="all", source="Old", fetched_at="2026-01-01")

    assert drawn(engine, store, "all") == {"MMR": "13.", "XAB": "1.7"}
    assert drawn(engine, store, "state_based")["MMR"] == ".3."
    assert drawn(engine, store, "all", as_of="2026-01-15") == {"MMR": "1" + "1.", "XAB": "1.1"}
    assert drawn(engine, store, "all", as_of="Old") == {"MMR": "11.", "XAB": "1.1"}


def test_regions_of_the_crosswalk_are_there_without_any_event(engine, event, ged_file, read_in, store):
    rows = [
        event(1, country_id=775, adm_1="Karen state", date_start="2020-01-05"),
        event(2, country_id=775, adm_1="Pegu division", where_prec=6, best=4, date_start="2020-01-05"),
        event(3, country_id=992, adm_1="Lower region", date_start="2020-01-05"),
    ]
    read_in(ged_file(rows))

    panel = long_panel(engine, store, Question("region"))
    every = engine.fetch(panel.rows.filter(panel.rows.outcome == "all"))
    deaths = dict(every.select("unit", "deaths").iter_rows())
    assert len(deaths) == 15 + 1
    assert {unit: count for unit, count in deaths.items() if count} == {"MMR:Kayin": 3, "GW992:Lower": 3}
    assert engine.fetch(panel.unplaced).rows() == [("MMR", "all", 4, 1), ("MMR", "state_based", 4, 1)]
    assert every["month"].unique().to_list() == [parse_month("2020-01")]


def test_precedence_is_the_same_everywhere(engine, event, ged_file, read_in, store):
    read_in(ged_file([event(1, date_start="2020-01-05"), event(2, date_start="2020-01-06")], "ged231.csv"))
    read_in(ged_file([event(2, date_start="2020-02-06", best=9)], "ged241.csv"))

    assert drawn(engine, store, "all") == {"GW991": "39"}
    assert drawn(engine, store, "all", as_of="23.1") == {"GW991": "6"}

"""The tasks ``attacks`` and ``onset`` as a person meets them."""

import json

import numpy as np
import pytest

COLUMNS = "ewp_name,year,poverty,exclusion,mk_onset,mk_onset_1or2"


@pytest.fixture
def events(event, ged_file):
    """Six years of a land with two regions: attacks in one, battles in both."""
    rng = np.random.default_rng(6)
    rows = []
    for month in range(72):
        for place, name in enumerate(("Upper province", "Lower province")):
            for kind, share in ((1, 0.4), (3, 0.3 - 0.2 * place)):
                if rng.random() < share:
                    day = f"{2000 + month // 12}-{month % 12 + 1:02d}-15"
                    where = {"adm_1": name, "latitude": 9.5 + place, "year": 2000 + month // 12}
                    rows.append(event(len(rows) + 1, date_start=day, type_of_violence=kind, **where))
    return rows


@pytest.fixture
def attacks(forewarn, events, ged_file, tmp_path):
    out = tmp_path / "attacks.json"

    def run(rows=None, **changed):
        options = {
            "task": "attacks",
            "events": ged_file(rows or events),
            "country": "GW991",
            "train-to": "2004-06",
            "test": "2004-07:2005-09",
            "json": out,
        } | changed
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return (*forewarn("evaluate", *words), out)

    return run


@pytest.fixture
def onset(forewarn, tmp_path):
    out, table = tmp_path / "onset.json", tmp_path / "years.csv"
    rng = np.random.default_rng(7)
    lines = [
        f"Land {chr(65 + land)},{year},{land / 20:.2f},{rng.normal():.3f},"
        f"{int(rng.random() < land / 40)},{int(rng.random() < land / 25) if year < 2004 else ''}"
        for year in range(1980, 2006)
        for land in range(20)
    ]
    table.write_text("\n".join([COLUMNS, *lines]) + "\n")

    def run(extra="", **changed):
        table.write_text(table.read_text() + extra)
        options = {"task": "onset", "table": table, "years": "2000-2004", "json": out} | changed
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return (*forewarn("evaluate", *words), out)

    return run


def test_attacks_are_scored_overall_and_where_it_was_quiet(attacks):
    status, shown, errors, out = attacks(model="echoes,one-sided-12")
    assert (status, errors) == (0, "")
    made = json.loads(out.read_text())
    assert list(made["models"]) == ["echoes", "one-sided-12"]
    scores = made["models"]["echoes"]
    assert {"roc_auc", "average_precision", "brier", "n", "base_rate", "reliability"} <= scores.keys()
    assert {"roc_auc", "average_precision", "brier", "n", "base_rate"} <= scores["quiet"].keys()
    assert list(scores["by_year"]) == ["2004", "2005"]
    assert scores["n"] == made["n"] == 2 * 15
    assert made["test"] == ["2004-07", "2005-09"]
    assert "quiet: auc" in shown


def test_the_last_year_of_a_release_is_whole(attacks, events):
    before_december = [row for row in events if row["date_start"] < "2005-11"]
    assert attacks(before_december, model="echoes")[0] == 0


def test_a_file_whose_name_states_no_version_will_do(attacks, events, ged_file):
    assert attacks(events=ged_file(events, "events.csv"), model="one-sided-12")[0] == 0


def test_a_bad_event_is_named_and_the_rest_scored(attacks, events, event):
    status, _, errors, _ = attacks([*events, event(9999, best="few")], model="one-sided-12")
    assert status == 3
    assert f"1 row(s) left out, first row {len(events) + 2}: best 'few'" in errors


def test_onsets_are_scored_with_how_many_were_among_the_highest(onset):
    status, shown, errors, out = onset(model="onset-ridge,elastic-net")
    assert (status, errors) == (0, "")
    made = json.loads(out.read_text())
    scores = made["models"]["onset-ridge"]
    wanted = {"roc_auc", "average_precision", "brier", "recall_10", "recall_20", "recall_30", "n", "onsets"}
    assert wanted <= scores.keys()
    assert scores["recall_20"] == scores["onsets"]
    assert made["years"] == [2000, 2004]
    assert made["differences"][0]["benchmark"] == "elastic-net"
    assert "within the 30 highest" in shown


def test_same_file_same_bytes(onset):
    first = onset(model="onset-ridge")[-1].read_bytes()
    assert onset(model="onset-ridge")[-1].read_bytes() == first


def test_a_bad_country_year_is_named_and_the_rest_scored(onset):
    status, _, errors, _ = onset("Land Z,2001,poor,0,0,0\n", model="onset-ridge")
    assert status == 3
    assert "1 row(s) left out, first row 522: poverty 'poor' not a number" in errors


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"test": "2005-01"}, "not a first and a last month such as 2006-01:2015-09"),
        ({"test": "2004-07:2005-10"}, "origin 2005-10 with 3 months ahead lies outside the data"),
        ({"train-to": "2004-07"}, "it must begin after 2004-07"),
        ({"country": "XAB"}, "holds no events in first-level regions of XAB"),
        ({"model": "oracle"}, "no model is called 'oracle'; there are attack-ensemble"),
        ({"steps": "1-3"}, "--task attacks takes no --steps"),
    ],
)
def test_unusable_attacks_are_said_without_a_trace(attacks, change, said):
    status, _, errors, _ = attacks(**({"model": "one-sided-12"} | change))
    assert status == 2
    assert said in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"years": "later"}, "not years such as 1994-2009: 'later'"),
        ({"years": "2005-2006"}, "whether a mass killing began in 2006"),
        ({"table": "nowhere.csv"}, "nowhere.csv"),
        ({"history": "x.csv"}, "--task onset takes no --history"),
    ],
)
def test_unusable_onsets_are_said_without_a_trace(onset, change, said):
    status, _, errors, _ = onset(**({"model": "onset-ridge"} | change))
    assert status == 2
    assert said in errors
    assert "Traceback" not in errors


def test_a_task_says_what_it_needs(forewarn, tmp_path):
    status, _, errors = forewarn("evaluate", "--task", "onset", "--json", tmp_path / "x.json")
    assert status == 2
    assert "--task onset needs --table" in errors

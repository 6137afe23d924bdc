import json

import pytest
from forewarn.models.registry import model_names


@pytest.fixture
def evaluate(forewarn, table, tmp_path):
    out = tmp_path / "scores.json"

    def run(**changed):
        options = {
            "task": "fatalities",
            "history": table,
            "origins": "2001-10,2002-10",
            "steps": "3-14",
            "draws": 40,
            "seed": 1,
            "json": out,
        } | changed
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return (*forewarn("evaluate", *words), out)

    return run


def test_every_model_is_scored_the_default_first(evaluate):
    status, shown, errors, out = evaluate()
    assert (status, errors) == (0, "")
    made = json.loads(out.read_text())
    assert made["task"] == "fatalities"
    assert tuple(made["models"]) == model_names()
    assert made["n"] == 6 * 2 * 12
    for scores in made["models"].values():
        assert {"crps", "ign", "mis", "msle", "coverage_90"} <= scores.keys()
        assert list(scores["by_origin"]) == ["2001-10", "2002-10"]
        assert {"crps", "ign", "mis", "msle"} <= scores["by_origin"]["2001-10"].keys()
    assert "own-history-12" in shown


def test_same_seed_same_bytes(evaluate):
    first = evaluate(model="analogues,own-history-12")[-1].read_bytes()
    assert evaluate(model="analogues,own-history-12")[-1].read_bytes() == first
    assert evaluate(model="analogues,own-history-12", seed=2)[-1].read_bytes() != first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"origins": "2004-10"}, "origin 2004-10 with step 14 lies outside the data, 1990-01 to 2004-12"),
        ({"origins": "2004-13"}, "not a month (YYYY-MM): '2004-13'"),
        ({"steps": "3-"}, "not steps such as 1-36 or 1,3,6: '3-'"),
        ({"steps": "9-3"}, "not steps such as"),
        ({"steps": "1-99999999999"}, "not steps such as"),
        ({"steps": "30-40"}, "steps must lie between 1 and 36 months, got 30 to 40"),
        ({"model": "oracle"}, "no model is called 'oracle'"),
        ({"history": "nowhere.csv"}, "nowhere.csv"),
        ({"json": "no/such/folder/out.json"}, "no/such/folder/out.json: can't be written"),
        ({"draws": 0}, "0"),
    ],
)
def test_unusable_input_is_said_without_a_trace(evaluate, change, said):
    status, _, errors, _ = evaluate(model=change.pop("model", "zeros"), **change)
    assert status == 2
    assert said in errors
    assert "Traceback" not in errors


def test_a_bad_row_is_named_and_the_rest_scored(evaluate, table):
    table.write_text(table.read_text() + "XAG,2001-01,many\n")
    status, _, errors, out = evaluate(model="zeros")
    assert status == 3
    assert "1 row(s) left out, first row 1082: deaths 'many'" in errors
    assert json.loads(out.read_text())["n"] == 6 * 2 * 12

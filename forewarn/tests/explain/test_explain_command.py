"""``forewarn explain`` from a store or a table to sentences and JSON."""

import json

import pytest
from click.testing import CliRunner
from forewarn.cli import cli
from forewarn.contracts.months import format_month


@pytest.fixture
def filled(make_panel, tmp_path, read_in):
    """A store with a country-month table of fictional states; and its last month."""
    panel = make_panel(6, 120)
    rows = [
        f"{unit},{format_month(panel.start + month)},{int(deaths)}"
        for unit, values in zip(panel.units, panel.values, strict=True)
        for month, deaths in enumerate(values)
    ]
    table = tmp_path / "table.csv"
    table.write_text("\n".join(["iso3,month,deaths", *rows]) + "\n")
    about = {"outcome": "all", "source": "Invented, 1", "licence": "CC0-1.0", "citation": "none"}
    read_in(table, by="country-month", **about)
    return panel


@pytest.fixture
def eventful(read_in, ged_file, event):
    """A store with five years of attacks and battles in two regions of a country."""
    events = [
        event(
            12 * year + month + 1,
            date_start=f"{2015 + year}-{month + 1:02d}-10",
            type_of_violence=3 if (year + month) % 3 else 1,
            adm_1="Upper province" if month % 2 else "Lower province",
        )
        for year in range(5)
        for month in range(12)
    ]
    read_in(ged_file(events), scope="world")


def run(*arguments):
    return CliRunner().invoke(cli, ["explain", *map(str, arguments)], catch_exceptions=False)


def test_deaths_are_explained_in_sentences_and_as_json(store, filled, tmp_path):
    out = tmp_path / "why.json"
    origin = format_month(filled.end)
    since = format_month(filled.end - 1)
    asked = ("--task", "fatalities", "--store", store, "--outcome", "all", "--country", "XAB")
    result = run(*asked, "--origin", origin, "--since", since, "--json", out)
    assert result.exit_code == 0
    assert "its own last three months" in result.output
    assert "own_last_3" not in result.output
    told = json.loads(out.read_text())
    (explained,) = told["explanations"]
    drivers = explained["drivers"]
    total = drivers["base"] + sum(each["contribution"] for each in drivers["drivers"])
    assert total == pytest.approx(explained["output"])
    change = told["changes"]["XAB"]
    parts = change["revised_data"] + change["new_data"] + change["model"]
    assert change["before"] + parts == pytest.approx(change["after"])
    assert change["after"] == pytest.approx(explained["output"])


def test_attacks_are_explained_with_the_events_behind_them(store, eventful, tmp_path):
    out = tmp_path / "why.json"
    asked = ("--task", "attacks", "--store", store, "--country", "GW991", "--origin", "2019-12")
    result = run(*asked, "--region", "Upper", "--json", out)
    assert result.exit_code == 0
    (explained,) = json.loads(out.read_text())["explanations"]
    events = [event for listed in explained["events"].values() for event in listed]
    assert events
    assert all("Upper province" in event["place"] for event in events)
    assert {(event["source"], event["version"]) for event in events} == {("ucdp-ged", "23.1")}
    assert all(event["licence"] for event in events)
    assert "  Behind " in result.output


def test_what_a_task_cannot_do_without_is_named(store):
    result = CliRunner().invoke(cli, ["explain", "--task", "fatalities", "--store", str(store)])
    assert result.exit_code == 2
    assert "--task fatalities needs --outcome" in result.output


def test_options_of_another_task_are_refused(store):
    asked = ["--task", "attacks", "--store", str(store), "--country", "X", "--origin", "2019-12"]
    result = CliRunner().invoke(cli, ["explain", *asked, "--year", "2000"])
    assert "--task attacks takes no --year" in result.output

"""The commands as scripts call them: exit status, one line on stderr, the same bytes for the same input."""

import polars as pl
import pytest
from forewarn.cli import main


@pytest.fixture
def forewarn(monkeypatch, capsys):
    """Run a command; gives its exit status, stdout and stderr."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["forewarn", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


def test_a_sound_file_twice(forewarn, event, ged_file, store):
    path = ged_file([event(1)])
    assert forewarn("ingest", "ucdp-ged", path, "--store", store) == (
        0,
        f"{path}: 1 rows added as ucdp-ged 23.1\n",
        "",
    )
    code, out, err = forewarn("ingest", "ucdp-ged", path, "--store", store)
    assert (code, err) == (0, "")
    assert "already in store" in out


def test_a_partly_rejected_file_names_its_rejects_each_time(forewarn, event, ged_file, store):
    path = ged_file([event(1), event(2, best=-1), event(3, low=9)])
    for _ in range(2):
        code, _, err = forewarn("ingest", "ucdp-ged", path, "--store", store)
        warned, refused = err.splitlines()
        assert code == 3
        assert warned.endswith("1 rows kept with low above best")
        assert "1 rows refused, listed in " in refused
        assert pl.read_csv(refused.rpartition(" listed in ")[2])["row"].to_list() == [3]


def test_an_unusable_file_is_one_line(forewarn, tmp_path, store):
    path = tmp_path / "ged231.csv"
    path.write_bytes(b"")
    assert forewarn("ingest", "ucdp-ged", path, "--store", store) == (
        2,
        "",
        f"forewarn: {path}: the file is empty\n",
    )


def test_the_version_can_be_told(forewarn, event, ged_file, store):
    path = ged_file([event(1)], "events.csv")
    code, _, err = forewarn("ingest", "ucdp-ged", path, "--store", store)
    assert (code, err.count("\n")) == (2, 1)
    assert "--version" in err
    code, out, _ = forewarn("ingest", "ucdp-ged", path, "--store", store, "--version", "24.1")
    assert (code, "ucdp-ged 24.1" in out) == (0, True)


def test_country_month_takes_outcome_and_source(forewarn, tmp_path, store):
    path = tmp_path / "table.csv"
    path.write_text("iso3,month,deaths\nXAA,2020-01,1\nXAA,2020-13,1\n")
    words = ("ingest", "country-month", path, "--source", "Invented", "--store", store)
    assert forewarn(*words)[0] == 2
    assert forewarn(*words, "--outcome", "most")[0] == 2
    assert forewarn(*words, "--outcome", "all")[0] == 3


@pytest.mark.parametrize("unit", ["country", "region", "cell"])
def test_a_panel_is_the_same_bytes_for_the_same_input(forewarn, event, ged_file, store, tmp_path, unit):
    rows = [
        event(1),
        event(2, where_prec=6, best=5),
        event(3, date_start="2021-01-31", date_end="2021-02-01"),
    ]
    forewarn("ingest", "ucdp-ged", ged_file(rows), "--store", store)
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for file in files:
        code, _, err = forewarn("panel", "--store", store, "--unit", unit, "--out", file)
        assert code == 0
        assert err == (
            ""
            if unit == "country"
            else f"forewarn: 1 events with 5 deaths are not placed closely enough for a {unit}\n"
        )
    assert files[0].read_bytes() == files[1].read_bytes()

    frame = pl.read_parquet(files[0])
    assert frame.schema == {
        "unit": pl.String,
        "month": pl.String,
        "outcome": pl.String,
        "deaths": pl.Float64,
        "observed": pl.Boolean,
        "events": pl.Int64,
    }
    assert frame.rows() == frame.sort("unit", "month", "outcome").rows()
    assert frame.height == 12 * 4
    assert frame.filter(outcome="all")["deaths"].sum() == (11 if unit == "country" else 6)


def test_a_panel_of_one_outcome_at_a_vintage(forewarn, event, ged_file, store, tmp_path):
    forewarn("ingest", "ucdp-ged", ged_file([event(1)], "ged231.csv"), "--store", store)
    forewarn("ingest", "ucdp-ged", ged_file([event(1, best=9)], "ged241.csv"), "--store", store)
    words = (
        "panel",
        "--store",
        store,
        "--unit",
        "country",
        "--outcome",
        "all",
        "--out",
        tmp_path / "p.parquet",
    )

    assert forewarn(*words)[0] == 0
    assert pl.read_parquet(tmp_path / "p.parquet")["deaths"].to_list() == [9.0]
    assert forewarn(*words, "--as-of", "23.1")[0] == 0
    assert pl.read_parquet(tmp_path / "p.parquet")["deaths"].to_list() == [3.0]


def test_questions_without_an_answer_are_one_line(forewarn, event, ged_file, store, tmp_path):
    words = ("panel", "--unit", "country", "--out", tmp_path / "p.parquet", "--store", store)
    for extra in ((), ("--as-of", "22.1"), ("--engine", "abacus")):
        code, _, err = forewarn(*words, *extra)
        assert (code, err.count("\n"), err.startswith("forewarn: ")) == (2, 1, True)
        if not extra:
            forewarn("ingest", "ucdp-ged", ged_file([event(1)]), "--store", store)
    assert not (tmp_path / "p.parquet").exists()

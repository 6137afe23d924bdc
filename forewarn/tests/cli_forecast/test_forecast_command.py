import polars as pl
import pyarrow.parquet as pq
import pytest


@pytest.fixture
def store(forewarn, table, tmp_path):
    folder = tmp_path / "store"
    read = forewarn(
        "ingest", "country-month", table, "--outcome", "state_based", "--source", "made up", "--store", folder
    )
    assert read[0] == 0, read
    return folder


@pytest.fixture
def forecast(forewarn, store, tmp_path):
    def run(out="forecast.parquet", **changed):
        options = {
            "store": store,
            "unit": "country",
            "outcome": "state_based",
            "origin": "2003-06",
            "steps": "1-36",
            "draws": 50,
            "seed": 1,
            "out": tmp_path / out,
        } | changed
        words = [word for name, value in options.items() if value for word in (f"--{name}", value)]
        return (*forewarn("forecast", *words), tmp_path / out)

    return run


def test_rows_are_units_and_steps_with_their_draws(forecast):
    status, _, errors, out = forecast()
    assert (status, errors) == (0, "")
    frame = pl.read_parquet(out)
    assert frame.columns == ["unit", "month", "step", "outcome", "draws"]
    assert frame.height == 6 * 36
    first = frame.row(0, named=True)
    assert (first["unit"], first["month"], first["step"]) == ("XAA", "2003-07", 1)
    assert frame["draws"].list.len().unique().to_list() == [50]
    assert set(frame["outcome"]) == {"state_based"}


def test_the_file_says_what_made_it(forecast):
    metadata = pq.read_schema(forecast()[-1]).metadata
    assert metadata[b"forewarn.origin"] == b"2003-06"
    assert metadata[b"forewarn.seed"] == b"1"
    assert metadata[b"forewarn.model"] == b"analogues"
    assert {b"forewarn.code_version", b"forewarn.settings", b"forewarn.data_vintage"} <= metadata.keys()


def test_same_seed_same_bytes(forecast):
    first = forecast()[-1].read_bytes()
    assert forecast(out="again.parquet")[-1].read_bytes() == first
    assert forecast(out="other.parquet", seed=2)[-1].read_bytes() != first


def test_a_store_cut_at_the_origin_gives_the_same_draws(forecast, forewarn, table, tmp_path):
    whole = pl.read_parquet(forecast()[-1])
    cut = tmp_path / "cut.csv"
    kept = [line for line in table.read_text().splitlines() if line[4:11] <= "2003-06" or "iso3" in line]
    cut.write_text("\n".join(kept) + "\n")
    folder = tmp_path / "store cut"
    words = ("--outcome", "state_based", "--source", "made up", "--store", folder)
    assert forewarn("ingest", "country-month", cut, *words)[0] == 0
    assert pl.read_parquet(forecast(out="cut.parquet", store=folder)[-1]).equals(whole)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"origin": "2005-01"}, "origin 2005-01 lies outside the data, 1990-01 to 2004-12"),
        ({"origin": "1991-01"}, "analogues needs 24 months up to the origin, there are 13"),
        ({"steps": "1-37"}, "steps must lie between 1 and 36 months"),
        ({"steps": "0"}, "steps must lie between 1 and 36 months"),
        ({"model": "oracle"}, "no model is called 'oracle'"),
        ({"outcome": None}, "--unit country needs --outcome"),
        ({"outcome": "all"}, "all"),
        ({"store": "nowhere"}, "nowhere"),
        ({"unit": "region", "outcome": None}, "holds no events"),
    ],
)
def test_unusable_input_is_said_without_a_trace(forecast, change, said):
    status, _, errors, out = forecast(**change)
    assert status == 2
    assert said in errors
    assert "Traceback" not in errors
    assert not out.exists()

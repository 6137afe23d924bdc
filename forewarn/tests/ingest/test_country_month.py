import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import parse_month
from forewarn.ingest import holdings
from forewarn.ingest.country_month import read_country_month

BAD = [
    ("XAB,2020-13,1", "month", "2020-13", "not a month (YYYY-MM)"),
    ("XAB,2020-1,1", "month", "2020-1", "not a month (YYYY-MM)"),
    ("XAB,2020-01,-1", "deaths", "-1", "not a number of deaths (0 or more)"),
    ("XAB,2020-01,abc", "deaths", "abc", "not a number of deaths (0 or more)"),
    ("XAB,2020-01,", "deaths", "", "not a number of deaths (0 or more)"),
    ("Xab,2020-01,1", "iso3", "Xab", "not three capital letters"),
    (",2020-01,1", "iso3", "", "not three capital letters"),
    ("XAA,2020-01,7", "month", "2020-01", "second row for this country and month"),
    ("XAB,2020-01", "", "XAB,2020-01", "too few fields"),
    ("XAB,2020-01,1,2", "", "XAB,2020-01,1,2", "too many fields"),
]


@pytest.fixture
def table(tmp_path):
    def write(*lines, header="iso3,month,deaths"):
        path = tmp_path / "table.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def test_rows_come_typed_and_sorted(table):
    frame, rejects = read_country_month(table("XAB,2020-02,1.5", "XAA,2020-01,3", "XAA,2019-12,0"))

    january = parse_month("2020-01")
    assert frame.rows() == [("XAA", january - 1, 0.0), ("XAA", january, 3.0), ("XAB", january + 1, 1.5)]
    assert not rejects


@pytest.mark.parametrize(("line", "field", "value", "reason"), BAD)
def test_a_bad_row_is_refused_and_the_others_are_kept(table, line, field, value, reason):
    frame, rejects = read_country_month(table("XAA,2020-01,3", line, "XAC,2020-01,4"))

    assert frame["iso3"].to_list() == ["XAA", "XAC"]
    assert rejects.frame.rows() == [(3, field, value, reason)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"iso3,month\nXAA,2020-01\n", "column deaths is missing"),
        (b"iso3,month,deaths\n", "no usable row"),
        (b"iso3,month,deaths\nXAA,2020-01,-1\n", "no usable row; row 2: deaths '-1'"),
        (b"iso3,month,deaths\nXAA,2020-01,1\nXAB,2020", "cut off"),
        (b'iso3,month,deaths\nXAA,2020-01,"1\n', "never closed"),
        (b"\x00\x00\x00", "not a text file"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, content, reason):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=reason):
        read_country_month(path)


def test_a_missing_table_is_one_line(tmp_path):
    with pytest.raises(UnusableInputError, match="No such file"):
        read_country_month(tmp_path / "none.csv")


def test_a_table_goes_into_the_store_with_its_source(table, read_in, store):
    path = table("XAA,2020-01,3", "XAA,2020-02,x")
    taken = read_in(path, by="country-month", outcome="all", source="Invented Institute 3")

    assert taken.holding in holdings(store)
    assert (taken.holding.version, taken.holding.outcome, taken.holding.units) == (
        "Invented Institute 3",
        "all",
        ("XAA",),
    )
    assert pl.read_csv(taken.rejects)["row"].to_list() == [3]
    assert read_in(path, by="country-month", outcome="all", source="Invented Institute 3").was_there
    assert not read_in(
        path, by="country-month", outcome="state_based", source="Invented Institute 3"
    ).was_there

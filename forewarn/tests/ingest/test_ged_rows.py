"""Rows that are no events are set aside with row, field, value and reason; the rest is kept."""

import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.ingest.store import parquet_files

BAD = [
    ({"date_start": "2020-02-30"}, "date_start", "2020-02-30", "not a possible date"),
    ({"date_start": "last week"}, "date_start", "last week", "not a possible date"),
    ({"date_end": "9999-01-01"}, "date_end", "9999-01-01", "not a possible date"),
    ({"date_end": "2020-03-09"}, "date_end", "2020-03-09", "before date_start"),
    ({"latitude": 200}, "latitude", "200", "not a latitude (-90 to 90)"),
    ({"latitude": "north"}, "latitude", "north", "not a latitude (-90 to 90)"),
    ({"longitude": -181}, "longitude", "-181", "not a longitude (-180 to 180)"),
    ({"best": -1}, "best", "-1", "not a whole number of deaths (0 or more)"),
    ({"best": "many"}, "best", "many", "not a whole number of deaths (0 or more)"),
    ({"best": "2.5"}, "best", "2.5", "not a whole number of deaths (0 or more)"),
    ({"best": "inf"}, "best", "inf", "not a whole number of deaths (0 or more)"),
    ({"best": "nan"}, "best", "nan", "not a whole number of deaths (0 or more)"),
    ({"best": ""}, "best", "", "missing"),
    ({"deaths_civilians": -3}, "deaths_civilians", "-3", "not a whole number of deaths (0 or more)"),
    ({"low": "x"}, "low", "x", "not a whole number of deaths (0 or more)"),
    ({"type_of_violence": 4}, "type_of_violence", "4", "not a type of violence (1, 2 or 3)"),
    ({"type_of_violence": 1.5}, "type_of_violence", "1.5", "not a type of violence (1, 2 or 3)"),
    ({"type_of_violence": ""}, "type_of_violence", "", "missing"),
    ({"id": ""}, "id", "", "missing"),
    ({"id": "abc"}, "id", "abc", "not an event number"),
    ({"country_id": "Land"}, "country_id", "Land", "not a country number"),
    ({"id": 1}, "id", "1", "second row with this id"),
    ({"country_id": ""}, "country_id", "", "missing"),
    ({"country": "  "}, "country", "  ", "missing"),
    ({"where_prec": 8}, "where_prec", "8", "not a precision of place (1 to 7)"),
    ({"date_prec": 0}, "date_prec", "0", "not a precision of time (1 to 5)"),
]


def test_bad_rows_are_listed_and_the_others_are_kept(event, ged_file, read_in, store):
    rows = [event(1), *(event(number) | changes for number, (changes, *_) in enumerate(BAD, 2)), event(99)]

    taken = read_in(ged_file(rows))

    listed = pl.read_csv(taken.rejects, infer_schema=False).with_columns(pl.col("value").fill_null(""))
    assert listed.rows() == [(str(row), *fault) for row, (_, *fault) in enumerate(BAD, 3)]
    assert (taken.holding.rows, taken.holding.rejected) == (2, len(BAD))
    kept = pl.read_parquet(parquet_files(store, taken.holding), hive_partitioning=False)
    assert sorted(kept["id"]) == [1, 99]


def test_a_row_with_two_faults_is_listed_twice_and_counted_once(event, ged_file, read_in):
    taken = read_in(ged_file([event(1), event(2, best=-1, latitude=95)]))

    assert pl.read_csv(taken.rejects)["field"].to_list() == ["best", "latitude"]
    assert taken.holding.rejected == 1


def test_rows_are_numbered_as_records_of_the_file_whatever_stands_before_them(
    event, ged_text, read_in, tmp_path
):
    good, bad, twice = ged_text([event(n) for n in (1, 2, 3)]), [event(4, best="x")], [event(1)]
    records = good + "too,few\n" + ged_text(bad, header=False) + "too,few\n" + ged_text(twice, header=False)
    path = tmp_path / "ged231.csv"
    path.write_text(records, encoding="utf-8")

    assert pl.read_csv(read_in(path).rejects)["row"].to_list() == [5, 6, 7, 8]


def test_bytes_that_are_not_utf8_cost_their_row_only(event, ged_text, read_in, tmp_path):
    lines = ged_text([event(n, source_article="", adm_1=f"Région {n}") for n in (1, 2, 3)]).splitlines()
    encoded = [line.encode("latin-1" if place == 2 else "utf-8") for place, line in enumerate(lines)]
    path = tmp_path / "ged231.csv"
    path.write_bytes(b"\n".join(encoded) + b"\n")

    taken = read_in(path)

    assert pl.read_csv(taken.rejects).select("row", "reason").rows() == [(3, "not UTF-8")]
    assert taken.holding.rows == 2


def test_estimates_out_of_order_are_kept_and_counted(event, ged_file, read_in):
    taken = read_in(ged_file([event(1, low=5), event(2, high=1, low=1), event(3)]))

    assert taken.holding.warnings == {"best above high": 1, "low above best": 1}
    assert (taken.holding.rows, taken.rejects) == (3, None)


def test_blank_optional_fields_are_null(event, ged_file, read_in, store):
    blank = dict.fromkeys(
        ("latitude", "longitude", "low", "high", "where_prec", "date_prec", "adm_1", "gwnoa"), ""
    )
    taken = read_in(ged_file([event(1, **blank)]))

    kept = pl.read_parquet(parquet_files(store, taken.holding), hive_partitioning=False)
    assert kept.select(list(blank)).row(0) == (None,) * len(blank)


def test_a_file_of_bad_rows_only_is_refused(event, ged_file, read_in, store):
    with pytest.raises(UnusableInputError, match=r"no usable row; row 2: best '-1' not a whole number"):
        read_in(ged_file([event(1, best=-1)]))
    assert not [path for path in store.rglob("*") if path.name != ".lock"]


def test_text_keeps_its_quotes_and_lines(event, ged_file, read_in, store):
    taken = read_in(ged_file([event(1)]))

    kept = pl.read_parquet(parquet_files(store, taken.holding), hive_partitioning=False)
    assert kept["source_article"].to_list() == ['Wire, "quoted", two\nlines']

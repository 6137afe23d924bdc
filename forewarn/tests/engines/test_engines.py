from pathlib import Path

import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.engines import Dialect, open_delimited, open_engine, opening


@pytest.mark.parametrize("name", ["", "duck", "spark", "postgres://there"])
def test_an_unknown_engine_is_named_with_those_there_are(name):
    with pytest.raises(UnusableInputError, match="there are duckdb, spark-local or spark://HOST:PORT"):
        open_engine(name)


def test_spark_says_when_it_is_not_installed(monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(UnusableInputError, match="pyspark is not installed"):
        open_engine("spark-local")


def test_the_same_rows_are_written_as_the_same_bytes(tmp_path):
    frame = pl.DataFrame({"a": range(1000), "b": [f"text {n % 7}" for n in range(1000)]})
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    with open_engine() as engine:
        rows = engine.table(frame)
        for file in files:
            engine.write_parquet(rows.order_by("a"), file)
        assert engine.fetch(engine.read_parquet(files)).height == 2000
    assert files[0].read_bytes() == files[1].read_bytes()


def read(path: Path, columns: list[str], dialect: Dialect | None = None):
    text = open_delimited(path, dict.fromkeys(columns, "string"), dialect or Dialect())
    try:
        rows = [row for batch in text.batches(text.table, 1000) for row in pl.DataFrame(batch).rows()]
        malformed = text.malformed()
        ordinals = pl.int_range(len(rows), eager=True)
        return rows, malformed.rows(), text.file_rows(ordinals, malformed["row"]).to_list()
    finally:
        text.close()


def test_broken_records_are_set_aside_and_the_others_keep_their_numbers(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b'a,b\n1,"x\ny"\nshort\n2,"x ""y"""\n3,x,y\n4,caf\xe9\n5,\n')

    rows, malformed, numbers = read(path, ["a", "b"])

    assert rows == [("1", "x\ny"), ("2", 'x "y"'), ("5", None)]
    assert [(row, reason) for row, _, _, reason in malformed] == [
        (3, "too few fields"),
        (5, "too many fields"),
        (6, "not UTF-8"),
    ]
    assert numbers == [2, 4, 7]


def test_record_numbers_hold_in_a_file_that_is_read_in_parallel(tmp_path):
    path = tmp_path / "table.csv"
    broken = {10, 40_000, 90_001, 150_000}
    lines = ["a,b"] + [f"{n}" if n in broken else f'{n},"{"x" * 200}\n{n}"' for n in range(2, 160_001)]
    path.write_text("\n".join(lines) + "\n")

    rows, malformed, numbers = read(path, ["a", "b"])

    assert {row for row, *_ in malformed} == broken
    assert [int(a) for a, _ in rows] == numbers


def test_a_file_without_header_counts_from_one(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("1;x\n2\n3;y\n")

    _, malformed, numbers = read(path, ["a", "b"], Dialect(";", has_header=False))

    assert ([row for row, *_ in malformed], numbers) == ([2], [1, 3])


def test_a_value_that_is_not_of_its_columns_type_is_set_aside_by_name(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2020-01-01\nx,yesterday\n 2.5 ,2020-01-02 00:00:00.000\n,\n")

    text = open_delimited(path, {"a": "float64", "b": "timestamp"}, Dialect())
    rows = [row for batch in text.batches(text.table, 10) for row in pl.DataFrame(batch)["a"]]
    listed = text.malformed().rows()
    text.close()

    assert rows == [1.0, 2.5, None]
    assert listed == [(3, "a", "x", ""), (3, "b", "yesterday", "")]

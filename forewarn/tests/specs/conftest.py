"""The engines that every spec runs on; a spec states its input and its outcome as tiny tables."""

import ibis
import polars as pl
import pytest
from forewarn.engines import open_engine


@pytest.fixture(scope="session", params=["duckdb", pytest.param("spark-local", marks=pytest.mark.spark)])
def engine(request):
    with open_engine(request.param) as running:
        yield running


@pytest.fixture
def outcome_of(engine):
    """Run an expression and give its rows, in order."""

    def run(expression: ibis.Table) -> list[tuple]:
        return engine.fetch(expression.order_by(expression.columns)).rows()

    return run


@pytest.fixture
def tiny(engine):
    """A tiny table from a drawing: a line of names and types, then a line a row; ``-`` is null."""

    def table(drawing: str) -> ibis.Table:
        head, *lines = (line.split() for line in drawing.strip().splitlines())
        names, types = zip(*(name.split(":") for name in head), strict=True)
        text = pl.DataFrame(lines, schema=list(names), orient="row").with_columns(pl.all().replace("-", None))
        kinds = {"int": pl.Int64, "text": pl.String, "date": pl.Date, "float": pl.Float64}
        cast = [
            pl.col(name).str.to_date() if kind == "date" else pl.col(name).cast(kinds[kind])
            for name, kind in zip(names, types, strict=True)
        ]
        return engine.table(text.with_columns(cast))

    return table

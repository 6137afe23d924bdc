"""Spark, through Ibis: on this machine (``local[2]``) or on a cluster (``spark://HOST:PORT``)."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import ibis.expr.types as ir
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from forewarn.engines.quiet import known_to_work

# Dates are days, not instants: a session in another zone would shift them. Few partitions, since a local
# session with Spark's 200 spends its time on empty ones.
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def _session(master: str) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("forewarn")
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")  # stderr is for what the person asked about
    return session


class SparkEngine:
    """A Spark session; the store must lie where every worker can read it."""

    name = "spark"

    def __init__(self, master: str) -> None:
        with known_to_work():
            self._session = _session(master)
            self.backend = ibis.pyspark.connect(self._session)

    def read_parquet(self, files: Sequence[Path]) -> ir.Table:
        name = ibis.util.gen_name("parquet")
        with known_to_work():
            self._session.read.parquet(*(str(file) for file in files)).createOrReplaceTempView(name)
            table: ir.Table = self.backend.table(name)
        return table

    def table(self, frame: pl.DataFrame) -> ir.Table:
        name = ibis.util.gen_name("rows")
        with known_to_work():
            self._session.createDataFrame(frame.to_arrow()).createOrReplaceTempView(name)
            table: ir.Table = self.backend.table(name)
        return table

    def fetch(self, expression: ir.Table) -> pl.DataFrame:
        frame = pl.from_arrow(self._arrow(expression))
        assert isinstance(frame, pl.DataFrame)  # noqa: S101 -- a table in, a frame out
        return frame

    def write_parquet(self, expression: ir.Table, path: Path) -> None:
        pq.write_table(self._arrow(expression), path, compression="zstd")

    def _arrow(self, expression: ir.Table) -> pa.Table:
        with known_to_work():
            name = ibis.util.gen_name("asked")
            self.backend.create_view(name, expression)
            table = self._session.table(name).toArrow()
            self._session.catalog.dropTempView(name)
        return table

    def close(self) -> None:
        self._session.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

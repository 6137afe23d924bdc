"""DuckDB in this process, through Ibis."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
import ibis.expr.types as ir
import polars as pl

from forewarn.engines.quiet import known_to_work

_ROWS_A_GROUP = 122_880


class DuckEngine:
    """An in-memory DuckDB; it spills to the machine's temporary folder when a query outgrows memory."""

    name = "duckdb"

    def __init__(self) -> None:
        self.backend = ibis.duckdb.connect()
        self.backend.raw_sql("SET enable_progress_bar = false")

    def read_parquet(self, files: Sequence[Path]) -> ir.Table:
        paths = [str(file) for file in files]
        with known_to_work():
            table: ir.Table = self.backend.read_parquet(paths, hive_partitioning=False)
        return table

    def fetch(self, expression: ir.Table) -> pl.DataFrame:
        with known_to_work():
            frame: pl.DataFrame = self.backend.to_polars(expression)
        return frame

    def write_parquet(self, expression: ir.Table, path: Path) -> None:
        with known_to_work():
            self.backend.to_parquet(expression, str(path), row_group_size=_ROWS_A_GROUP, compression="zstd")

    def close(self) -> None:
        self.backend.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

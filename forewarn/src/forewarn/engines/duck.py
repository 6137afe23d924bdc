"""DuckDB in this process, through Ibis."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType
from typing import Self

import duckdb
import ibis
import ibis.expr.types as ir
import polars as pl

from forewarn.engines.quiet import known_to_work

_ROWS_A_GROUP = 122_880
# A panel of all PRIO-GRID cells has some twenty-five million rows; what does not fit goes to disk.
_MEMORY = "3GB"
_SPILL = str(Path(gettempdir()) / f"forewarn-{os.getpid()}").replace("'", "''")
_WHOLE = (pl.Int8, pl.Int16, pl.Int32, pl.Int64)


class DuckEngine:
    """An in-memory DuckDB; it spills to the machine's temporary folder when a query outgrows memory."""

    name = "duckdb"

    def __init__(self) -> None:
        self.backend = ibis.duckdb.connect()
        self.backend.raw_sql("SET enable_progress_bar = false")
        self.backend.raw_sql(f"SET memory_limit = '{_MEMORY}'")
        self.backend.raw_sql(f"SET temp_directory = '{_SPILL}'")

    def read_parquet(self, files: Sequence[Path]) -> ir.Table:
        paths = [str(file) for file in files]
        with known_to_work():
            table: ir.Table = self.backend.read_parquet(paths, hive_partitioning=False)
        return table

    def table(self, frame: pl.DataFrame) -> ir.Table:
        name = ibis.util.gen_name("rows")
        self.backend.con.register(name, frame.to_arrow())
        with known_to_work():
            table: ir.Table = self.backend.table(name)
        return table

    def fetch(self, expression: ir.Table) -> pl.DataFrame:
        # not by Ibis, which would load pandas for it, and that takes longer than most of the questions
        frame: pl.DataFrame = self.backend.con.sql(self.backend.compile(expression)).pl()
        whole = [name for name, kind in expression.schema().items() if kind.is_integer()]
        # sums of whole numbers come 128 bits wide
        return frame.with_columns(
            pl.col(name).cast(pl.Int64) for name in whole if frame[name].dtype not in _WHOLE
        )

    def write_parquet(self, expression: ir.Table, path: Path) -> None:
        query = self.backend.compile(expression)
        target = str(path).replace("'", "''")
        copy = (
            f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP})"
        )
        try:
            self.backend.raw_sql(copy)
        except duckdb.IOException as error:
            raise OSError(str(error).partition("\n")[0]) from error

    def close(self) -> None:
        self.backend.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

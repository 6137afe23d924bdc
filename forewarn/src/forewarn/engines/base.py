"""What the floors above may ask of an engine; expressions themselves are Ibis and know no engine."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import polars as pl


ENGINE_NAMES = "duckdb, spark-local or spark://HOST:PORT"


class Engine(Protocol):
    """Runs Ibis expressions over Parquet files."""

    name: str

    def read_parquet(self, files: Sequence[Path]) -> "ir.Table":
        """All files as one table; they must agree on their columns."""
        ...

    def table(self, frame: "pl.DataFrame") -> "ir.Table":
        """Rows that are in memory, to be joined with others; for a crosswalk, not for events."""
        ...

    def fetch(self, expression: "ir.Table") -> "pl.DataFrame":
        """The expression's rows, in memory."""
        ...

    def write_parquet(self, expression: "ir.Table", path: Path) -> None:
        """Write the rows to one Parquet file in the order the expression gives; equal rows, equal bytes.

        Raises:
            OSError: the file cannot be written.
        """
        ...

    def close(self) -> None:
        """Give back memory and threads."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

"""Rows of an input that could not be kept, each with its row, field, value and reason."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

REJECT_SCHEMA = pl.Schema({"row": pl.Int64, "field": pl.String, "value": pl.String, "reason": pl.String})


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema=REJECT_SCHEMA)


@dataclass(frozen=True)
class Rejects:
    """What was refused of an input that was otherwise read.

    Attributes:
        frame: columns ``row`` (record number in the file, counting from 1, the header included), ``field``,
            ``value`` as it stood in the file, ``reason``; one line for each fault of a row.
    """

    frame: pl.DataFrame = field(default_factory=_no_rows)

    def __len__(self) -> int:
        """How many rows of the input were refused; a row with two faults counts once."""
        return int(self.frame["row"].n_unique()) if self.frame.height else 0

    def first(self) -> str:
        """The first fault in words, for a message that has room for one."""
        if not self.frame.height:
            return "it holds a header and nothing else"
        fault = self.frame.sort("row").row(0, named=True)
        return f"row {fault['row']}: {fault['field']} {fault['value']!r} {fault['reason']}"

    def write(self, path: Path) -> None:
        """Write the faults as CSV, in the order of the input."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.frame.sort("row", "field", "reason").write_csv(path)

"""Reads delimited text of any size as a stream, and sets aside the records whose structure is broken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl
import pyarrow as pa

from forewarn.contracts.rejects import REJECT_SCHEMA
from forewarn.engines.quiet import known_to_work

_LONGEST_RECORD = 4_000_000
_SHOWN = 200
_REASONS = {
    "MISSING COLUMNS": "too few fields",
    "TOO MANY COLUMNS": "too many fields",
    "UNQUOTED VALUE": "a quotation mark is not closed",
    "INVALID ENCODING": "not UTF-8",
    "LINE SIZE OVER MAXIMUM": "the record is too long",
}


@dataclass(frozen=True)
class Dialect:
    """How a file separates its fields, and whether its first record names them."""

    delimiter: str = ","
    has_header: bool = True


class DelimitedText:
    """A delimited file as a table of text; each field is as it stood, a blank one is null."""

    def __init__(self, path: Path, columns: Sequence[str], dialect: Dialect) -> None:
        self._backend = ibis.duckdb.connect()
        self._backend.raw_sql("SET enable_progress_bar = false")
        self.first_row = 2 if dialect.has_header else 1
        with known_to_work():
            self.table: ir.Table = self._backend.read_csv(
                str(path),
                header=dialect.has_header,
                delim=dialect.delimiter,
                quote='"',
                escape='"',
                auto_detect=False,
                columns=dict.fromkeys(columns, "VARCHAR"),
                store_rejects=True,
                max_line_size=_LONGEST_RECORD,
            )

    def batches(self, expression: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """Stream an expression over ``table`` in the file's order; run one stream at a time."""
        self._backend.raw_sql("DROP TABLE IF EXISTS reject_errors")
        self._backend.raw_sql("DROP TABLE IF EXISTS reject_scans")
        yield from self._backend.con.sql(self._backend.compile(expression)).to_arrow_reader(rows)

    def malformed(self) -> pl.DataFrame:
        """The records the last stream could not split into fields, as ``row, field, value, reason``."""
        faults: pl.DataFrame = self._backend.con.sql(
            "SELECT line::BIGINT AS row, error_type::VARCHAR AS kind, csv_line AS value FROM reject_errors"
        ).pl()
        known = pl.col("kind").replace_strict(_REASONS, default="cannot be read")
        return (
            faults.select(
                "row",
                pl.lit("").alias("field"),
                pl.col("value").str.strip_chars().str.slice(0, _SHOWN),
                known.alias("reason"),
            )
            .cast(REJECT_SCHEMA)
            .unique(["row"], keep="first", maintain_order=True)
            .sort("row")
        )

    def file_rows(self, ordinals: pl.Series, malformed: pl.Series) -> pl.Series:
        """Turn ordinals (0 for the first record streamed) into record numbers in the file, from 1.

        ``malformed`` are the record numbers of the records that were never streamed, ascending.
        """
        ahead = malformed - pl.int_range(malformed.len(), eager=True) - self.first_row
        return ordinals + self.first_row + ahead.search_sorted(ordinals, side="right").cast(pl.Int64)

    def close(self) -> None:
        """Give back memory and threads."""
        self._backend.disconnect()


def open_delimited(path: Path, columns: Sequence[str], dialect: Dialect) -> DelimitedText:
    """Open a delimited file whose records have exactly these columns."""
    return DelimitedText(path, columns, dialect)

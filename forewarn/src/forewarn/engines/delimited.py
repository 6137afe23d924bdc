"""Reads delimited text of any size as a stream, and sets aside the records whose structure is broken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.rejects import REJECT_SCHEMA
from forewarn.engines.quiet import known_to_work

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

_SHOWN = 200
_DUCKDB_TYPES = {"string": "VARCHAR", "float64": "DOUBLE", "timestamp": "TIMESTAMP"}
_UNREADABLE = r"(?s)Could not convert string \"(.*)\" to '"
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
    """A delimited file as a table; a blank field is null."""

    def __init__(self, path: Path, columns: Mapping[str, str], dialect: Dialect, shown_as: Path) -> None:
        import ibis  # here, since it takes longer to load than a small file to read

        self._path = shown_as
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
                columns={name: _DUCKDB_TYPES[kind] for name, kind in columns.items()},
                store_rejects=True,
            )

    def batches(self, expression: "ir.Table", rows: int) -> "Iterator[pa.RecordBatch]":
        """Stream an expression over ``table`` in the file's order; run one stream at a time.

        Raises:
            UnusableInputError: the text breaks the rules of delimited text beyond single records.
        """
        import duckdb

        self._backend.raw_sql("DROP TABLE IF EXISTS reject_errors")
        self._backend.raw_sql("DROP TABLE IF EXISTS reject_scans")
        try:
            yield from self._backend.con.sql(self._backend.compile(expression)).to_arrow_reader(rows)
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise UnusableInputError(f"{self._path}: cannot be read as delimited text ({reason})") from error

    def malformed(self) -> pl.DataFrame:
        """The records that the last stream left out, as ``row, field, value, reason``.

        ``field`` is blank where the record could not be split into fields, and names the column where a
        value is not of its type; ``reason`` is blank then.
        """
        faults: pl.DataFrame = self._backend.con.sql(
            "SELECT line::BIGINT AS row, error_type::VARCHAR AS kind, column_name AS field, "
            "csv_line AS record, error_message AS message FROM reject_errors"
        ).pl()
        is_value = pl.col("kind") == "CAST"
        known = pl.col("kind").replace_strict(_REASONS, default="cannot be read")
        listed = faults.select(
            "row",
            pl.when(is_value).then("field").otherwise(pl.lit("")).alias("field"),
            pl.when(is_value)
            .then(pl.col("message").str.extract(_UNREADABLE))
            .otherwise(pl.col("record").str.strip_chars())
            .str.slice(0, _SHOWN)
            .alias("value"),
            pl.when(is_value).then(pl.lit("")).otherwise(known).alias("reason"),
        )
        misshapen = listed.filter(pl.col("field") == "")["row"]
        # a record of the wrong shape has its values in the wrong columns; what those say is no help
        told = listed.filter((pl.col("field") == "") | ~pl.col("row").is_in(misshapen.implode()))
        return told.cast(REJECT_SCHEMA).unique(["row", "field"], keep="first").sort("row", "field")

    def file_rows(self, ordinals: pl.Series, malformed: pl.Series) -> pl.Series:
        """Turn ordinals (0 for the first record streamed) into record numbers in the file, from 1.

        ``malformed`` are the record numbers of the records that were never streamed.
        """
        malformed = malformed.unique().sort()
        ahead = malformed - pl.int_range(malformed.len(), eager=True) - self.first_row
        return ordinals + self.first_row + ahead.search_sorted(ordinals, side="right").cast(pl.Int64)

    def close(self) -> None:
        """Give back memory and threads."""
        self._backend.disconnect()


def open_delimited(
    path: Path, columns: Mapping[str, str], dialect: Dialect, *, shown_as: Path | None = None
) -> DelimitedText:
    """Open a delimited file whose records have exactly these columns, in this order.

    Args:
        path: the file.
        columns: the type of each: ``string``, ``float64`` or ``timestamp``.
        dialect: how it separates its fields.
        shown_as: what to call the file in errors.
    """
    return DelimitedText(path, columns, dialect, shown_as or path)

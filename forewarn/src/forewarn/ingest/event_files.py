"""Writes a stream of events as Parquet by year, and finds ids that come twice."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from forewarn.contracts.events import EVENT_FIELDS

# Rows held back before they are written out, each year's as one row group: enough that groups are worth
# reading, little enough that two million wide rows never stand in memory together.
_MOST_HELD = 400_000
_THREADS = 2

# `record` is the row's place among the readable rows of its file, from 0.
EVENT_SCHEMA = pa.schema([*EVENT_FIELDS, ("record", pa.int64())])

# Nearly every row has its own: a dictionary of them costs time and saves nothing.
_HARDLY_REPEATED = {
    "where_coordinates",
    "latitude",
    "longitude",
    "id",
    "record",
    "relid",
    "source_article",
    "source_headline",
    "where_description",
    "geom_wkt",
}


def arrow_of(numbers: npt.NDArray[np.integer]) -> pa.Array:
    """Whole numbers as an Arrow array over the same memory.

    ``pa.array`` would do, and import pandas, which takes longer than reading a small file.
    """
    kind = pa.from_numpy_dtype(numbers.dtype)
    return pa.Array.from_buffers(kind, numbers.size, [None, pa.py_buffer(numbers)])


def _repeated(text: str, times: int) -> pa.Array:
    each = text.encode()
    ends = np.arange(0, (times + 1) * len(each), len(each), dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), times, [None, pa.py_buffer(ends), pa.py_buffer(each * times)])


class EventWriter:
    """Writes a file's events into ``folder/year=YYYY``, each row with the constants that say where from."""

    def __init__(self, folder: Path, constants: Mapping[str, str]) -> None:
        self._folder = folder
        self._constants = constants
        self._ids: list[npt.NDArray[np.int64]] = []
        self._records: list[npt.NDArray[np.int64]] = []
        self._years: list[npt.NDArray[np.int64]] = []
        self._schema = pa.schema([*EVENT_SCHEMA, *((name, pa.string()) for name in constants)])
        self._held: dict[int, list[pa.RecordBatch]] = defaultdict(list)
        self._writers: dict[int, pq.ParquetWriter] = {}
        self._writing: list[Future[None]] = []

    def write(self, batches: Iterable[pa.RecordBatch]) -> pl.DataFrame:
        """Write all batches (columns of ``EVENT_SCHEMA`` and ``year``); the first row of an id is kept.

        Returns:
            The rows that were not kept since their id had come before: ``record``, ``id``.
        """
        held = 0
        with ThreadPoolExecutor(_THREADS) as pool:
            for batch in batches:
                self._remember(batch)
                self._hold(batch)
                held += batch.num_rows
                if held >= _MOST_HELD:
                    self._write_out(pool)
                    held = 0
            self._write_out(pool)
            self._settle()
            list(pool.map(pq.ParquetWriter.close, self._writers.values()))
        return self._drop_repeated()

    def _hold(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        years = self._years[-1]
        order = np.argsort(years, kind="stable")
        by_year = batch.drop_columns(["year"]).take(arrow_of(order))
        found, starts = np.unique(years[order], return_index=True)
        ends = np.append(starts[1:], years.size)
        for year, start, end in zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True):
            self._held[year].append(by_year.slice(start, end - start))

    def _write_out(self, pool: ThreadPoolExecutor) -> None:
        for year in self._held.keys() - self._writers.keys():
            self._writers[year] = _open_writer(self._folder / f"year={year}", self._schema)
        self._settle()  # a year's groups are written one after the other
        self._writing = [pool.submit(self._write_year, year, parts) for year, parts in self._held.items()]
        self._held.clear()

    def _settle(self) -> None:
        for writing in self._writing:
            writing.result()
        self._writing.clear()

    def _write_year(self, year: int, parts: list[pa.RecordBatch]) -> None:
        table = pa.Table.from_batches(parts)
        for name, value in self._constants.items():
            table = table.append_column(name, _repeated(value, table.num_rows))
        self._writers[year].write_table(table.cast(self._schema))

    def _remember(self, batch: pa.RecordBatch) -> None:
        rows = pl.DataFrame(batch.select(["id", "record", "year"]))
        # copied, since a view of one column would keep the whole batch in memory
        for kept, name in ((self._ids, "id"), (self._records, "record"), (self._years, "year")):
            kept.append(rows[name].to_numpy().astype(np.int64, copy=True))

    def _drop_repeated(self) -> pl.DataFrame:
        ids = np.concatenate(self._ids) if self._ids else np.empty(0, dtype=np.int64)
        kept = np.unique(ids, return_index=True)[1]
        if kept.size == ids.size:
            return pl.DataFrame(schema={"record": pl.Int64, "id": pl.Int64})
        again = np.setdiff1d(np.arange(ids.size), kept)
        records, years = np.concatenate(self._records)[again], np.concatenate(self._years)[again]
        for year in np.unique(years):
            _drop(self._folder / f"year={year}", records[years == year])
        return pl.DataFrame({"record": records, "id": ids[again]})


def _open_writer(folder: Path, schema: pa.Schema) -> pq.ParquetWriter:
    folder.mkdir(parents=True)
    return pq.ParquetWriter(
        folder / "events.parquet",
        schema,
        compression="snappy",
        use_dictionary=[name for name in schema.names if name not in _HARDLY_REPEATED],
        # nobody asks for events by a range of texts, and keeping the least and greatest takes time
        write_statistics=[field.name for field in schema if field.type != pa.string()],
    )


def _drop(folder: Path, records: npt.NDArray[np.int64]) -> None:
    """Write a year again without these records."""
    unwanted = arrow_of(records)
    for file in sorted(folder.glob("*.parquet")):
        table = pq.read_table(file, partitioning=None)
        kept = table.filter(pc.invert(pc.is_in(table["record"], value_set=unwanted)))
        if kept.num_rows:
            pq.write_table(kept, file, compression="snappy")
        else:
            file.unlink()
    if not any(folder.iterdir()):
        shutil.rmtree(folder)

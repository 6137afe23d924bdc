"""Ingest of a generated GED download of two million events against DuckDB's own CSV to Parquet."""

import argparse
import tempfile
from pathlib import Path

from rivals.children import Task, generate, report, rivals

GOAL = 2.0
MOST_MIB = 1536

OURS = """
import shutil
from pathlib import Path
from forewarn.ingest.registry import sources
from forewarn.pipelines.ingestion import ingest_files
store = Path({store!r})
shutil.rmtree(store, ignore_errors=True)
[taken] = ingest_files(sources()["ucdp-ged"], [Path({file!r})], store=store, settings={{}})
assert taken.holding.rows == {rows}
"""

THEIRS = """
import duckdb
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
connection.execute("COPY (SELECT * FROM read_csv('{file}')) TO '{out}' (FORMAT parquet)")
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        file = folder / "GEDEvent_v24_1.csv"
        generate(file, rows=given.rows, seed=given.seed)
        print(f"ingest: {given.rows} events, {file.stat().st_size / 2**20:.0f} MiB")
        ours = OURS.format(file=str(file), store=str(folder / "store"), rows=given.rows)
        theirs = THEIRS.format(file=file, out=folder / "duckdb.parquet")
        measured = rivals(3, Task(ours), Task(theirs), folder)
    report("ingest", *measured, GOAL)
    if measured[0].peak_mib > MOST_MIB:
        print(f"ingest: peak {measured[0].peak_mib:.0f} MiB is above {MOST_MIB} MiB")


if __name__ == "__main__":
    main()

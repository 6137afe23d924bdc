"""Derive a pack's starter figures from country-month tables and from UCDP events.

    python -m tools.derive_starter_figures FOLDER --country-months FILE --outcome all
    python -m tools.derive_starter_figures FOLDER --events FILE ...

Tables are read by forewarn's own reader, events through its command line. A state of the region without a row
in a table gets zeros, so give only tables in which a state's absence means that no death was recorded.
"""

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from forewarn.contracts.months import Month, format_month
from forewarn.ingest.country_month import read_country_month

from rtopnet.network.region_pack import Region, read_region
from tools.pack_sources import stamp

REGION_MONTHS = "starter/region_month.csv"
TYPES = ("state_based", "non_state", "one_sided")


def main() -> None:
    """Read the arguments, write the figures asked for, and record their hashes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--country-months", type=Path)
    parser.add_argument("--outcome", choices=("all", "state_based", "non_state", "one_sided"), default="all")
    parser.add_argument("--events", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    region = read_region(options.folder)
    if options.country_months:
        target = f"starter/country_month_{options.outcome}.csv"
        table = _whole_table(options.country_months)
        _write(options.folder, target, ("iso3", "month", "deaths"), country_months(table, region))
    if options.events:
        rows = list(region_months(_panel_of(options.events), region))
        _write(options.folder, REGION_MONTHS, ("iso3", "region", "month", "type", "deaths", "events"), rows)


def country_months(table: pl.DataFrame, region: Region) -> Iterator[tuple[str, str, int]]:
    """The complete grid of the region's states by the table's months, zero where the table has no row.

    Args:
        table: columns ``iso3``, ``month`` (months as integers) and ``deaths``.
        region: its states, in the order of region.yaml, are the rows.
    """
    deaths = {(iso3, month): count for iso3, month, count in table.select("iso3", "month", "deaths").rows()}
    months = {month for _, month in deaths}
    for state in region.states:
        for month in range(min(months), max(months) + 1):
            yield state.iso3, format_month(Month(month)), round(deaths.get((state.iso3, month), 0))


def region_months(panel: pl.DataFrame, region: Region) -> Iterator[tuple[str, str, str, str, int, int]]:
    """First-level region-months of the region's states in which something was recorded.

    Args:
        panel: forewarn's region panel in long form; ``unit`` is ``ISO3:first-level region``.
        region: whose states are kept.
    """
    states = [state.iso3 for state in region.states]
    recorded = panel.filter(
        pl.col("outcome").is_in(TYPES) & ((pl.col("deaths") > 0) | (pl.col("events") > 0))
    )
    for unit, month, outcome, deaths, events in (
        recorded.select("unit", "month", "outcome", "deaths", "events")
        .sort("unit", "month", "outcome")
        .rows()
    ):
        iso3, _, name = unit.partition(":")
        if iso3 in states:
            yield iso3, name, month, outcome, round(deaths), round(events)


def _whole_table(file: Path) -> pl.DataFrame:
    table, rejects = read_country_month(file)
    if len(rejects):
        raise SystemExit(f"{file}: {len(rejects)} rows cannot be read; starter figures need all of them")
    return table


def _panel_of(events: Iterable[Path]) -> pl.DataFrame:
    with TemporaryDirectory() as folder:
        store, panel = Path(folder) / "store", Path(folder) / "panel.parquet"
        _forewarn("ingest", "ucdp-ged", *map(str, events), "--store", str(store))
        _forewarn("panel", "--store", str(store), "--unit", "region", "--out", str(panel))
        return pl.read_parquet(panel)


def _forewarn(*arguments: str) -> None:
    program = Path(sys.executable).with_name("forewarn")
    finished = subprocess.run([str(program), *arguments], check=False)
    if finished.returncode:
        raise SystemExit(f"forewarn {' '.join(arguments[:2])} ended with {finished.returncode}")


def _write(folder: Path, file: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    path, count = folder / file, 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    stamp(folder, file)
    print(f"{path}: {count} rows")


if __name__ == "__main__":
    main()

"""Derive a pack's starter figures from country-month tables and from UCDP events.

    python -m tools.derive_starter_figures FOLDER --country-months FILE --outcome all
    python -m tools.derive_starter_figures FOLDER --events FILE ... [--whole-region]

Tables are read by forewarn's own reader, events through its command line. A state of the region without a row
in a table gets zeros, so give only tables in which a state's absence means that no death was recorded. Events
give first-level figures; with --whole-region, where the files speak of every state, also country-months.
"""

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from forewarn.contracts.months import format_month
from forewarn.ingest.country_month import read_country_month

from rtopnet.network.region_pack import Region, read_region
from rtopnet.network.region_pack.tables import COUNTRY_MONTH, REGION_MONTH, TYPES, months_between
from tools.pack_sources import stamp

REGION_MONTHS = "starter/region_month.csv"


def main() -> None:
    """Read the arguments, write the figures asked for, and record their hashes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--country-months", type=Path)
    parser.add_argument("--outcome", choices=("all", "state_based", "non_state", "one_sided"), default="all")
    parser.add_argument("--events", type=Path, nargs="+", default=[])
    parser.add_argument("--whole-region", action="store_true")
    options = parser.parse_args()
    region = read_region(options.folder)
    if options.country_months:
        target = f"starter/country_month_{options.outcome}.csv"
        table = _whole_table(options.country_months)
        _write(options.folder, target, COUNTRY_MONTH, country_months(table, region))
    if options.events:
        _from_events(options.folder, options.events, region, whole_region=options.whole_region)


def _from_events(folder: Path, events: Iterable[Path], region: Region, *, whole_region: bool) -> None:
    with TemporaryDirectory() as temporary:
        store = Path(temporary) / "store"
        scope = "world" if whole_region else "extract"
        _forewarn("ingest", "ucdp-ged", *map(str, events), "--scope", scope, "--store", str(store))
        rows = region_months(_panel(store, "region"), region)
        _write(folder, REGION_MONTHS, REGION_MONTH, rows)
        if whole_region:
            panel = in_iso3(_panel(store, "country"), region)
            for outcome in ("all", *TYPES):
                table = panel.filter(pl.col("outcome") == outcome).rename({"unit": "iso3"})
                _write(
                    folder,
                    f"starter/country_month_{outcome}.csv",
                    COUNTRY_MONTH,
                    country_months(table, region),
                )


def in_iso3(panel: pl.DataFrame, region: Region) -> pl.DataFrame:
    """The panel with a fictional state's code where forewarn, knowing only its number, says GW9001."""
    own = {f"GW{state.gw_id}": state.iso3 for state in region.states}
    country = pl.col("unit").str.extract("^([^:]*)")
    rest = pl.col("unit").str.extract("^[^:]*(.*)$")
    return panel.with_columns((country.replace(own) + rest).alias("unit"))


def country_months(table: pl.DataFrame, region: Region) -> Iterator[tuple[str, str, int]]:
    """The complete grid of the region's states by the table's months, zero where the table has no row.

    Args:
        table: columns ``iso3``, ``month`` (YYYY-MM) and ``deaths``.
        region: its states, in the order of region.yaml, are the rows.
    """
    deaths = {(iso3, month): count for iso3, month, count in table.select("iso3", "month", "deaths").rows()}
    recorded = [month for _, month in deaths]
    for state in region.states:
        for month in months_between(min(recorded), max(recorded)):
            yield state.iso3, month, round(deaths.get((state.iso3, month)) or 0)


def region_months(panel: pl.DataFrame, region: Region) -> Iterator[tuple[str, str, str, str, int, int]]:
    """First-level region-months of the region's states in which something was recorded.

    Args:
        panel: forewarn's region panel in long form; ``unit`` is ``ISO3:first-level region``.
        region: whose states are kept.
    """
    states = [state.iso3 for state in region.states]
    recorded = in_iso3(panel, region).filter(
        pl.col("outcome").is_in(TYPES) & ((pl.col("deaths") > 0) | (pl.col("events") > 0))
    )
    for unit, month, outcome, deaths, events in (
        recorded.select("unit", "month", "outcome", "deaths", "events")
        .sort("unit", "month", "outcome")
        .rows()
    ):
        iso3, _, name = unit.partition(":")
        if iso3 in states:
            yield iso3, name, month, outcome, round(deaths), events


def _whole_table(file: Path) -> pl.DataFrame:
    table, rejects = read_country_month(file)
    if len(rejects):
        raise SystemExit(f"{file}: {len(rejects)} rows cannot be read; starter figures need all of them")
    return table.with_columns(pl.col("month").map_elements(format_month, return_dtype=pl.String))


def _panel(store: Path, unit: str) -> pl.DataFrame:
    panel = store.parent / f"{unit}.parquet"
    _forewarn("panel", "--store", str(store), "--unit", unit, "--out", str(panel))
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

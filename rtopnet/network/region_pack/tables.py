"""Checks the tables of a pack row by row: monthly totals, first-level totals, events, crosswalks."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rtopnet.network.region_pack.faults import FaultBook, Near, quoted
from rtopnet.network.region_pack.pack import Region, Source
from rtopnet.network.region_pack.sources_file import MONTH

COUNTRY_MONTH = ("iso3", "month", "deaths")
REGION_MONTH = ("iso3", "region", "month", "type", "deaths", "events")
EVENT_COLUMNS = (
    "id",
    "type_of_violence",
    "where_prec",
    "latitude",
    "longitude",
    "country_id",
    "date_prec",
    "date_start",
    "date_end",
    "best",
    "low",
    "high",
)
TYPES = ("state_based", "non_state", "one_sided")
_COUNT = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00:00(?:\.0+)?)?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_PRECISION = {"where_prec": 7, "date_prec": 5, "type_of_violence": 3}

Row = Mapping[str, str]


@dataclass
class Table:
    """One CSV file being checked, with what its rows are held against."""

    source: Source
    region: Region
    faults: FaultBook
    months: set[str] = field(default_factory=set)

    def fault(self, line: int, message: str, *, near: Near | None = None) -> None:
        self.faults.note(self.source.file, line, message, near=near)

    @cached_property
    def states(self) -> set[str]:
        return {state.iso3 for state in self.region.states}


def check_table(text: str, source: Source, region: Region, faults: FaultBook) -> None:
    """Note every fault of one table of the pack."""
    table = Table(source, region, faults)
    check = _CHECKS.get(source.holds)
    if check is not None:
        check(text, table)
        _span_is_kept(table)


def _rows(
    text: str, table: Table, header: tuple[str, ...], *, exactly: bool = True
) -> Iterator[tuple[int, Row]]:
    """Rows with their line; a fault instead for a row of another width, and none under a wrong header."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = next(reader, [])
        if _header_fits(columns, table, header, exactly=exactly):
            yield from _records(reader, columns, table)
    except csv.Error as error:
        table.fault(max(1, reader.line_num), f"not CSV: {error}")


def _records(reader: Iterator[list[str]], columns: list[str], table: Table) -> Iterator[tuple[int, Row]]:
    for values in reader:
        line = int(getattr(reader, "line_num", 1))
        if len(values) == len(columns):
            yield line, dict(zip(columns, values, strict=True))
        else:
            table.fault(line, f"has {len(values)} fields, the header has {len(columns)}")


def _header_fits(columns: list[str], table: Table, header: tuple[str, ...], *, exactly: bool) -> bool:
    if exactly and tuple(columns) != header:
        table.fault(1, f"header must be {','.join(header)}, not {quoted(','.join(columns))}")
        return False
    missing = [name for name in header if name not in columns]
    for name in missing:
        table.fault(1, f"header lacks the column {name}", near=(name, columns))
    if len(set(columns)) < len(columns):
        table.fault(1, "header names a column twice")
        return False
    return not missing


def _check_country_months(text: str, table: Table) -> None:
    seen: list[tuple[int, str]] = []
    months_of: dict[str, set[str]] = {}
    for line, row in _rows(text, table, COUNTRY_MONTH):
        _state_is_known(line, row, table)
        _is_count(line, row, "deaths", table)
        if _month_is_sound(line, row, table):
            seen.append((line, f"{row['iso3']} {row['month']}"))
            months_of.setdefault(row["iso3"], set()).add(row["month"])
    table.faults.note_twice(table.source.file, seen)
    _grid_is_complete(months_of, table)


def _grid_is_complete(months_of: Mapping[str, set[str]], table: Table) -> None:
    """Each state has each month of the span: a month left out would read as "nobody looked"."""
    if table.source.span is None or not all(table.source.span):
        return
    wanted = list(months_between(*table.source.span))
    for iso3 in sorted(table.states - {""}):
        lacking = [month for month in wanted if month not in months_of.get(iso3, set())]
        if lacking:
            table.fault(1, f"lacks {len(lacking)} of {len(wanted)} months of {iso3}, the first {lacking[0]}")


def months_between(first: str, last: str) -> Iterator[str]:
    """Months ``YYYY-MM`` from the first to the last, both included.

    >>> list(months_between("2025-12", "2026-02"))
    ['2025-12', '2026-01', '2026-02']
    """
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    for month in range(start, end + 1):
        yield f"{month // 12:04d}-{month % 12 + 1:02d}"


def _check_region_months(text: str, table: Table) -> None:
    listed = {state.iso3: {region.name for region in state.regions} for state in table.region.states}
    seen: list[tuple[int, str]] = []
    for line, row in _rows(text, table, REGION_MONTH):
        _state_is_known(line, row, table)
        _region_is_known(line, row, listed.get(row["iso3"], set()), table)
        _month_is_sound(line, row, table)
        if row["type"] not in TYPES:
            table.fault(line, f"type {quoted(row['type'])} must be one of {', '.join(TYPES)}")
        _is_count(line, row, "deaths", table)
        _is_count(line, row, "events", table)
        seen.append((line, " ".join((row["iso3"], row["region"], row["month"], row["type"]))))
    table.faults.note_twice(table.source.file, seen)


def _region_is_known(line: int, row: Row, listed: set[str], table: Table) -> None:
    name = row["region"]
    if not name.strip():
        table.fault(line, "region is empty")
    elif listed and name not in listed:
        table.fault(
            line,
            f"region {quoted(name)} is not listed under {row['iso3']} in region.yaml",
            near=(name, listed),
        )


def _check_events(text: str, table: Table) -> None:
    numbers = {str(state.gw_id) for state in table.region.states}
    seen: list[tuple[int, str]] = []
    for line, row in _rows(text, table, EVENT_COLUMNS, exactly=False):
        if row["country_id"] not in numbers:
            table.fault(line, f"country_id {quoted(row['country_id'])} is no state's gw_id in region.yaml")
        for name, largest in _PRECISION.items():
            if not (_COUNT.fullmatch(row[name]) and 1 <= int(row[name]) <= largest):
                table.fault(line, f"{name} {quoted(row[name])} must be a number from 1 to {largest}")
        for name in ("best", "low", "high"):
            _is_count(line, row, name, table)
        _place_is_sound(line, row, table)
        _days_are_sound(line, row, table)
        seen.append((line, f"event {quoted(row['id'])}"))
    table.faults.note_twice(table.source.file, seen)


def _place_is_sound(line: int, row: Row, table: Table) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not (_DEGREES.fullmatch(row[name]) and abs(float(row[name])) <= most):
            table.fault(line, f"{name} {quoted(row[name])} must be degrees between -{most} and {most}")


def _days_are_sound(line: int, row: Row, table: Table) -> None:
    start, end = (_day(line, row, name, table) for name in ("date_start", "date_end"))
    if start and end and start > end:
        table.fault(line, f"date_end {end} is before date_start {start}")
    for day in (start, end):
        if day:
            table.months.add(day.isoformat()[:7])


def _day(line: int, row: Row, name: str, table: Table) -> date | None:
    match = _DAY.fullmatch(row[name])
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        table.fault(line, f"{name} {quoted(row[name])} is not a date written YYYY-MM-DD")
        return None


def _check_crosswalk(text: str, table: Table) -> None:
    for _row in _rows(text, table, (), exactly=False):
        pass


def _state_is_known(line: int, row: Row, table: Table) -> None:
    if row["iso3"] not in table.states:
        table.fault(
            line,
            f"iso3 {quoted(row['iso3'])} is not a state of region.yaml",
            near=(row["iso3"], table.states),
        )


def _month_is_sound(line: int, row: Row, table: Table) -> bool:
    if MONTH.fullmatch(row["month"]) is None:
        table.fault(line, f"month {quoted(row['month'])} must be written YYYY-MM")
        return False
    table.months.add(row["month"])
    return True


def _is_count(line: int, row: Row, name: str, table: Table) -> None:
    if _COUNT.fullmatch(row[name]) is None:
        table.fault(line, f"{name} {quoted(row[name])} must be a whole number, zero or more")


def _span_is_kept(table: Table) -> None:
    """What a file holds lies in the span that sources.yaml gives it."""
    if table.source.span is None or not all(table.source.span) or not table.months:
        return
    first, last = table.source.span
    if min(table.months) < first or max(table.months) > last:
        table.fault(
            1, f"holds {min(table.months)} to {max(table.months)}, sources.yaml says {first} to {last}"
        )


_CHECKS: Mapping[str, Callable[[str, Table], None]] = {
    "country_month": _check_country_months,
    "region_month": _check_region_months,
    "events": _check_events,
    "crosswalk": _check_crosswalk,
}

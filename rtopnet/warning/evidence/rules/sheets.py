"""Rows of reports in files from elsewhere: CSV, workbooks, and submissions of ODK and KoboToolbox.

Whatever comes is bounded before it is unpacked: bytes, rows, columns, and how large a workbook claims to be.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.zipped import UNREADABLE

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 200
MOST_CELL = 20_000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ENTRIES = 500
_SHEET = "reports"
_CELL = re.compile(rb'\br="([A-Z]{1,3})?(\d{1,7})"')
_POINT = re.compile(r"^\s*(-?\d+(?:\.\d+)?)[ ,]+(-?\d+(?:\.\d+)?)(?:\s|$)")
_FIRST = "=+-@\t\r\n"
"""What a spreadsheet takes for the beginning of a formula."""
_MARKS = ("meta/rootUuid", "meta/instanceID", "_uuid", "__id", "KEY", "instanceID", "rootUuid")
Raw = Mapping[str, str]


class SheetRefusedError(RuleBrokenError):
    """The file cannot be read as rows of reports; ``code`` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code.replace('_', ' ')} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the file, its cells by column, its mark, and the files that it names."""

    number: int
    values: Raw
    mark: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The rows of a file; ``unknown`` are columns that nobody asked for."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...] = ()


def rows_in(content: bytes, *, known: Sequence[str]) -> Sheet:
    """The rows of a CSV file, a workbook (XLSX) or submissions as JSON, told apart by how they begin.

    Args:
        content: the file.
        known: the columns that a report has; others are named and left out.

    Raises:
        SheetRefusedError: it cannot be read, is empty, or is larger than is taken at once.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefusedError("too_large")
    if content.startswith(b"PK"):
        return _of_table(_workbook(content), known)
    text = _text(content)
    if text.lstrip().startswith(("{", "[")):
        return _of_submissions(_submissions(text), known)
    return _of_table(_separated(text), known)


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple(_FIRST)) else text


def _of_table(table: Iterator[list[str]], known: Sequence[str]) -> Sheet:
    header = next(table, [])
    if not any(header):
        raise SheetRefusedError("no_header")
    if len(header) > MOST_COLUMNS:
        raise SheetRefusedError("too_many_columns")
    marks = {place: name for place, name in enumerate(header) if name in _MARKS}
    columns = {place: _named(name, known) for place, name in enumerate(header) if name and place not in marks}
    if not set(columns.values()) & set(known):
        raise SheetRefusedError("no_known_column")
    rows: list[SheetRow] = []
    for number, cells in enumerate(table, start=2):
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            raise SheetRefusedError("too_many_rows")
        said = {columns[place]: cell for place, cell in enumerate(cells) if place in columns}
        mark = next((cells[place] for place in marks if place < len(cells) and cells[place]), "")
        rows.append(_row(number, said, mark, known))
    return _sheet(rows, {name for name in columns.values() if name not in {*known, *_EXTRA}})


def _of_submissions(found: list[dict[str, Any]], known: Sequence[str]) -> Sheet:
    if len(found) > MOST_ROWS:
        raise SheetRefusedError("too_many_rows")
    rows, unknown = [], set()
    for number, one in enumerate(found, start=1):
        said: dict[str, str] = {}
        for name, value in _flat(one):
            column = _named(name, known)
            if column in {*known, *_EXTRA}:
                said[column] = value
            elif not name.startswith(("_", "meta", "formhub", "@")) and "@" not in name:
                unknown.add(column)
        mark = next((str(one[name]) for name in _MARKS if isinstance(one.get(name), str)), "")
        rows.append(_row(number, said, mark, known, _files_of(one)))
    return _sheet(rows, unknown - _OF_ODK)


_EXTRA = ("point", "photo", "photos", "file", "audio", "video")
_OF_ODK = {"start", "end", "today", "deviceid", "username", "rootUuid", "instanceID", "instanceName"}


def _sheet(rows: list[SheetRow], unknown: set[str]) -> Sheet:
    if not rows:
        raise SheetRefusedError("no_rows")
    return Sheet(tuple(rows), tuple(sorted(unknown))[:20])


def _row(
    number: int, said: Mapping[str, str], mark: str, known: Sequence[str], files: Sequence[str] = ()
) -> SheetRow:
    values = {name: said[name].strip()[: MOST_CELL + 1] for name in known if said.get(name)}
    if found := _POINT.match(said.get("point", "")):
        values.setdefault("latitude", found[1])
        values.setdefault("longitude", found[2])
    named = [said[name].strip() for name in _EXTRA if name != "point" and said.get(name)]
    return SheetRow(number, values, mark.removeprefix("uuid:"), tuple(dict.fromkeys([*named, *files]))[:20])


def _named(header: str, known: Sequence[str]) -> str:
    """The column that a header means: ``group/title`` and ``group-title`` are ``title``."""
    for last in (header, header.rsplit("/", 1)[-1], header.rsplit("-", 1)[-1], header.rsplit(":", 1)[-1]):
        plain = last.strip().lower().replace(" ", "_")
        if plain in known or plain in _EXTRA:
            return plain
    return header.rsplit("/", 1)[-1].strip()[:80]


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetRefusedError("not_utf8") from error


def _separated(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells[: MOST_COLUMNS + 1]]
    except csv.Error as error:
        raise SheetRefusedError("broken", str(reader.line_num)) from error


def _workbook(content: bytes) -> Iterator[list[str]]:
    _expect_harmless(content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            names = book.sheet_names
            if not names:
                raise SheetRefusedError("no_rows")
            sheet = book.get_sheet_by_name(_SHEET if _SHEET in names else names[0])
            table = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise SheetRefusedError("broken") from error
    for cells in table:
        yield [_plain(cell) for cell in cells[: MOST_COLUMNS + 1]]


def _expect_harmless(content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it should, or claims cells far out."""
    try:
        with ZipFile(BytesIO(content)) as zipped:
            entries = zipped.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise SheetRefusedError("too_large")
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _expect_small(zipped.open(entry).read(MOST_UNPACKED))
    except UNREADABLE as error:
        raise SheetRefusedError("broken") from error


def _expect_small(sheet: bytes) -> None:
    # The reader makes room for every cell up to the farthest one, filled or not.
    for column, row in _CELL.findall(sheet):
        if int(row) > 10 * MOST_ROWS or _number_of(column) > MOST_COLUMNS:
            raise SheetRefusedError("too_many_rows")


def _number_of(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _plain(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _submissions(text: str) -> list[dict[str, Any]]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SheetRefusedError("broken") from error
    if isinstance(said, dict):
        said = said.get("results", said.get("value", [said]))
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise SheetRefusedError("broken")
    return said


def _flat(one: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Names and values, groups taken apart; repeats are no columns and are left out."""
    for name, value in one.items():
        path = f"{before}/{name}" if before else name
        if isinstance(value, dict):
            if value.get("type") == "Point":
                yield path, _geojson(value)
            elif depth < 4 and not name.startswith("_"):  # noqa: PLR2004 -- deeper than any form of ours
                yield from _flat(value, path, depth + 1)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield path, str(value)


def _geojson(value: Mapping[str, Any]) -> str:
    """Latitude and longitude, in this order; GeoJSON has them the other way round."""
    at = value.get("coordinates")
    if not isinstance(at, list) or len(at) < 2 or not all(isinstance(x, int | float) for x in at[:2]):  # noqa: PLR2004
        return ""
    return f"{at[1]} {at[0]}"


def _files_of(one: Mapping[str, Any]) -> list[str]:
    listed = one.get("_attachments")
    if not isinstance(listed, list):
        return []
    names = (
        item.get("media_file_basename") or item.get("filename") for item in listed if isinstance(item, dict)
    )
    return [str(name).rsplit("/", 1)[-1] for name in names if name]

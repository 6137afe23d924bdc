"""UCDP's candidate events: deaths in organised violence, coded by people, month by month, revised later."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import httpx

from rtopnet.warning.evidence.sources.contract import (
    DASH,
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_DEATHS,
    Ask,
    Batch,
    Item,
    cut,
    expect_keys,
)
from rtopnet.warning.evidence.sources.refusals import FormatChangedError, SettingMissingError
from rtopnet.warning.evidence.sources.wire import Answer, Wire

COLUMNS = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)
NEEDED = (
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "where_prec",
    "where_coordinates",
    "latitude",
    "longitude",
    "country_id",
    "date_start",
    "date_end",
    "best",
    "source_headline",
    "source_office",
)
PAGE, MOST_PAGES, MOST_MONTHS = 1000, 50, 12
CIVILIANS = "3"
"""One-sided violence: the targets are civilians."""
_REACH = {"1": 1, "2": 25, "3": 50, "4": 150, "5": 250}
_BUSY = {400}
"""UCDP answers so, and not 429, to whoever asks too quickly."""


class Ucdp:
    """Monthly releases, by file or, with a key, by the interface."""

    kind = "ucdp"
    secrets: tuple[str, ...] = ()
    prose = False

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """The release read last once more, for revisions, and every one after it that is there.

        Raises:
            SourceError: none could be read.
        """
        if not ask.states:
            raise SettingMissingError("states: say whose numbers (Gleditsch and Ward) are whose")
        begun = str(ask.cursor.get("version") or ask.settings.get("first_version") or "")
        version = _parsed(begun)
        read = _by_interface if ask.secrets.get("TOKEN") else _by_file
        found: dict[str, Item] = {}
        last = begun
        for _ in range(MOST_MONTHS):
            rows = read(ask, wire, _written(version))
            if rows is None:
                break
            last = _written(version)
            found |= {item.key: item for row, raw in rows if (item := _event(row, ask.states, raw))}
            version = _after(version)
        return Batch(tuple(found.values()), {"version": last}, raw_sha256=wire.raw_sha256)


Rows = list[tuple[Mapping[str, Any], str]]


def _by_interface(ask: Ask, wire: Wire, version: str) -> Rows | None:
    """All pages from the first, which is numbered 0; None where there is no such release."""
    rows: Rows = []
    for page in range(MOST_PAGES):
        answer = _page(ask, wire, version, page)
        if answer.status == httpx.codes.NOT_FOUND:
            return None
        document = answer.mapping("gedevents")
        expect_keys(document, {"TotalCount": int, "NextPageUrl": str, "Result": list}, "gedevents")
        rows += [
            (_row(row, f"event {at + 1} of page {page}"), answer.sha256)
            for at, row in enumerate(document["Result"])
        ]
        if not document["NextPageUrl"]:
            if len(rows) != document["TotalCount"]:
                raise FormatChangedError(
                    f"gedevents: {document['TotalCount']} are there, but {len(rows)} came"
                )
            return rows or None
    raise FormatChangedError(f"gedevents: more than {MOST_PAGES} pages")


def _page(ask: Ask, wire: Wire, version: str, page: int) -> Answer:
    return wire.get(
        f"{ask.address.rstrip('/')}/gedevents/{version}",
        params={
            "pagesize": str(ask.settings.get("page_size", PAGE)),
            "page": str(page),
            "Country": ",".join(sorted(ask.states)),
        },
        headers={"x-ucdp-access-token": ask.secrets["TOKEN"]},
        accept={httpx.codes.NOT_FOUND},
        busy=_BUSY,
    )


def _row(row: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise FormatChangedError(f"{where} is {type(row).__name__} now")
    if missing := [name for name in NEEDED if name not in row]:
        raise FormatChangedError(f"{where}: '{missing[0]}' is missing")
    return row


def _by_file(ask: Ask, wire: Wire, version: str) -> Rows | None:
    name = f"GEDEvent_v{version.replace('.', '_')}.csv"
    answer = wire.get(f"{ask.address.rstrip('/')}/{name}", accept={httpx.codes.NOT_FOUND})
    if answer.status == httpx.codes.NOT_FOUND:
        return None
    return [(row, answer.sha256) for row in table(answer.body, name)]


def table(content: bytes, name: str) -> Iterator[Mapping[str, str]]:
    """The rows of a release's CSV, by column; one release once came without its first line.

    Raises:
        FormatChangedError: naming the column or the line.
    """
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "")
    lines = csv.reader(io.StringIO(text, newline=""))
    header: list[str] | None = None
    try:
        for cells in lines:
            if header is None:
                header = (
                    list(COLUMNS) if cells and cells[0].isdecimal() and len(cells) == len(COLUMNS) else cells
                )
                if missing := [column for column in NEEDED if column not in header]:
                    raise FormatChangedError(f"{name}: the column '{missing[0]}' is missing")
                if header is cells:
                    continue
            if len(cells) != len(header):
                raise FormatChangedError(
                    f"{name}, line {lines.line_num}: {len(cells)} columns, not {len(header)}"
                )
            yield dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise FormatChangedError(f"{name}, line {lines.line_num}: {error}") from error


def _event(row: Mapping[str, Any], states: Mapping[str, str], raw: str) -> Item | None:
    state = states.get(str(row["country_id"]))
    if state is None:
        return None
    kind = str(row["type_of_violence"])
    sides = [cut(str(row[side] or ""), LONGEST_NAME) for side in ("side_a", "side_b")]
    first, last = _day(row["date_start"], "date_start"), _day(row["date_end"], "date_end")
    headline = cut(str(row["source_headline"] or ""), LONGEST_TITLE)
    return Item(
        key=str(row["id"]),
        title=cut(DASH.join(side for side in sides if side), LONGEST_TITLE) or headline,
        text=headline,
        published_at=_printed(row.get("source_date")),
        first_day=first,
        last_day=max(first, last),
        place=cut(str(row["where_coordinates"] or ""), LONGEST_NAME),
        latitude=_degrees(row["latitude"], 90),
        longitude=_degrees(row["longitude"], 180),
        reach_km=_REACH.get(str(row["where_prec"]), 1000),
        state=state,
        actors=tuple(side for side in (sides[:1] if kind == CIVILIANS else sides) if side),
        targets=tuple(side for side in sides[1:] if side and kind == CIVILIANS),
        outlets=tuple(
            cut(each, LONGEST_NAME) for each in str(row["source_office"] or "").split(";") if each.strip()
        ),
        kind=kind,
        deaths=_count(row["best"]),
        raw_sha256=raw,
    )


def _day(text: Any, where: str) -> date:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError as error:
        raise FormatChangedError(f"{where} is no day any more: {str(text)[:40]!r}") from error


def _printed(text: Any) -> datetime | None:
    """The last day on which one of the reports that it rests on was printed."""
    days = []
    for each in str(text or "").split(";"):
        try:
            days.append(date.fromisoformat(each.strip()[:10]))
        except ValueError:
            continue
    return datetime.combine(max(days), datetime.min.time(), UTC) if days else None


def _degrees(value: Any, most: int) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found) <= most else None


def _count(value: Any) -> int | None:
    try:
        count = max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return count if count <= MOST_DEATHS else None


def _parsed(version: str) -> tuple[int, int]:
    parts = version.split(".")
    try:
        year, _, month = (int(part) for part in parts)
    except ValueError:
        raise SettingMissingError("first_version: write the first release to read, such as 26.0.1") from None
    return year, month


def _written(version: tuple[int, int]) -> str:
    return f"{version[0]}.0.{version[1]}"


def _after(version: tuple[int, int]) -> tuple[int, int]:
    year, month = version
    return (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 -- months of a year


CONNECTOR = Ucdp()

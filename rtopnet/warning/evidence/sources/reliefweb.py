"""ReliefWeb, version 2: what humanitarian bodies publish. Titles and addresses; texts stay their authors'."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rtopnet.warning.evidence.sources.contract import (
    LONGEST_NAME,
    LONGEST_TITLE,
    Ask,
    Batch,
    Item,
    cut,
    expect_keys,
)
from rtopnet.warning.evidence.sources.feed import urlsplit_or_empty
from rtopnet.warning.evidence.sources.refusals import (
    AccessRefusedError,
    FormatChangedError,
    SettingMissingError,
    SourceGoneError,
)
from rtopnet.warning.evidence.sources.wire import Answer, Wire

PAGE, MOST_PAGES = 200, 20
_FIELDS = (
    "title",
    "url",
    "url_alias",
    "date.created",
    "date.original",
    "date.changed",
    "primary_country.iso3",
    "source.name",
    "source.shortname",
    "language.code",
    "format.name",
)


class ReliefWeb:
    """Reports on the region's states, oldest change first, so that a cursor can stand anywhere."""

    kind = "reliefweb"
    secrets: tuple[str, ...] = ()
    prose = True

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """Reports changed since the cursor, page by page.

        Raises:
            SourceError: it could not be read; 403 means that the name of this program is not approved there.
        """
        name = str(ask.settings.get("appname", ""))
        if not name:
            raise SettingMissingError("appname: ask ReliefWeb to approve one, and set it")
        if not ask.states:
            raise SettingMissingError("states: say whose reports are wanted")
        found: dict[str, Item] = {}
        newest = str(ask.cursor.get("changed", ""))
        for answer in _pages(ask, wire, name):
            document = answer.mapping("reports")
            expect_keys(document, {"data": list, "totalCount": int}, "reports")
            for at, row in enumerate(document["data"]):
                item, changed = _report(row, f"report {at + 1}", ask, answer.sha256)
                found[item.key] = item
                newest = max(newest, changed)
        return Batch(tuple(found.values()), {"changed": newest}, raw_sha256=wire.raw_sha256)


def _pages(ask: Ask, wire: Wire, name: str) -> Iterator[Answer]:
    """Until as many came as there are; what is beyond the last page comes with the next fetch."""
    came = 0
    for _ in range(MOST_PAGES):
        answer = _page(ask, wire, name, came)
        yield answer
        document = answer.mapping("reports")
        rows = len(document["data"])
        came += rows
        if came >= document["totalCount"]:
            return
        if rows == 0:
            raise FormatChangedError(f"reports: {document['totalCount']} are there, but only {came} came")


def _page(ask: Ask, wire: Wire, name: str, offset: int) -> Answer:
    conditions: list[dict[str, Any]] = [{"field": "country.iso3", "value": sorted(ask.states)}]
    if ask.cursor.get("changed"):
        # From the instant itself on: what shares it may not all have come.
        conditions.append({"field": "date.changed", "value": {"from": ask.cursor["changed"]}})
    question = {
        "filter": {"operator": "AND", "conditions": conditions},
        "fields": {"include": list(_FIELDS)},
        "sort": ["date.changed:asc", "id:asc"],
        "limit": PAGE,
        "offset": offset,
    }
    answer = wire.post(
        f"{ask.address.rstrip('/')}/reports", document=question, params={"appname": name}, accept={403, 410}
    )
    if answer.status == 403:  # noqa: PLR2004 -- as ReliefWeb says that
        raise AccessRefusedError(f"ReliefWeb has not approved the name '{name}' for this program")
    if answer.status == 410:  # noqa: PLR2004 -- as ReliefWeb says that
        raise SourceGoneError("this version of ReliefWeb's interface has been switched off")
    return answer


def _report(row: Any, where: str, ask: Ask, raw: str) -> tuple[Item, str]:
    if not isinstance(row, dict):
        raise FormatChangedError(f"{where} is {type(row).__name__} now")
    expect_keys(row, {"id": (str, int), "fields": dict}, where)
    fields = row["fields"]
    expect_keys(fields, {"title": str, "date": dict}, where)
    dates: Mapping[str, Any] = fields["date"]
    created = _instant(dates.get("created"), f"{where}: date.created")
    published = _instant(dates.get("original") or dates.get("created"), f"{where}: date.original")
    changed = str(dates.get("changed") or dates.get("created"))
    country = fields.get("primary_country")
    code = str(country.get("iso3", "")).lower() if isinstance(country, dict) else ""
    known = {key.lower(): state for key, state in ask.states.items()}
    address = str(fields.get("url_alias") or fields.get("url") or "")
    item = Item(
        key=str(row["id"]),
        title=cut(fields["title"], LONGEST_TITLE),
        published_at=published or created,
        state=known.get(code, ""),
        outlets=_named(fields.get("source"), "shortname", "name"),
        kind=next(iter(_named(fields.get("format"), "name")), ""),
        language=next(iter(_named(fields.get("language"), "code")), ""),
        url=address if urlsplit_or_empty(address) else "",
        raw_sha256=raw,
    )
    return item, changed


def _named(rows: Any, *keys: str) -> tuple[str, ...]:
    listed = rows if isinstance(rows, list) else []
    found = [
        next((str(row[key]) for key in keys if row.get(key)), "") for row in listed if isinstance(row, dict)
    ]
    return tuple(cut(each, LONGEST_NAME) for each in found if each)


def _instant(text: Any, where: str) -> datetime | None:
    if text in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise FormatChangedError(f"{where} is no instant any more: {str(text)[:40]!r}") from error
    if found.tzinfo is None:
        raise FormatChangedError(f"{where} has no time zone any more: {str(text)[:40]!r}")
    return found


CONNECTOR = ReliefWeb()

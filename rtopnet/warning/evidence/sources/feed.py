"""RSS and Atom: news agencies, human rights bodies, ministries."""

import calendar
import hashlib
import html
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import httpx
import nh3

from rtopnet.warning.evidence.sources.contract import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Ask,
    Batch,
    Item,
    cut,
)
from rtopnet.warning.evidence.sources.refusals import FormatChangedError
from rtopnet.warning.evidence.sources.wire import Wire

MOST_ENTRIES = 1000
PLACE, ACTOR, TARGET, DAY, STATE = "place", "actor", "target", "day", "state"
"""Schemes of categories by which a feed says more than a feed has words for."""
_BLOCK = re.compile(r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\s*\n\s*")
_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)


class Feed:
    """A feed at an address."""

    kind = "feed"
    secrets: tuple[str, ...] = ()
    prose = True

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """What the feed holds now; nothing where it says that it has not changed.

        Raises:
            SourceError: it could not be read.
        """
        known = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
        headers = {name: str(ask.cursor[key]) for name, key in known.items() if ask.cursor.get(key)}
        answer = wire.get(ask.address, headers=headers, accept={httpx.codes.NOT_MODIFIED})
        if answer.status == httpx.codes.NOT_MODIFIED:
            return Batch((), ask.cursor, raw_sha256=answer.sha256)
        items = entries(answer.body, ask, raw_sha256=answer.sha256)
        cursor = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
        return Batch(items, cursor, raw_sha256=answer.sha256)


def entries(content: bytes, ask: Ask, *, raw_sha256: str) -> tuple[Item, ...]:
    """What a feed's document says, entry by entry.

    Raises:
        FormatChangedError: it is no feed, or declares entities of its own.
    """
    if _DECLARES.search(content):
        raise FormatChangedError("the feed declares entities of its own, which are not read")
    try:
        document = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, RecursionError, OverflowError) as error:
        raise FormatChangedError(f"the feed cannot be read: {type(error).__name__}") from error
    if not document.get("version"):
        raise FormatChangedError(f"no RSS and no Atom feed any more; it begins with {content[:40]!r}")
    if document.get("bozo") and not document.entries:
        raise FormatChangedError(f"the feed is broken: {type(document.get('bozo_exception')).__name__}")
    feed = document.feed
    found: dict[str, Item] = {}
    for entry in document.entries[:MOST_ENTRIES]:
        item = _item(entry, feed, ask, raw_sha256)
        if item is not None:
            found.setdefault(item.key, item)
    return tuple(found.values())


def plain_text(markup: str) -> str:
    """What a reader sees of HTML: its text, block by block, without scripts, styles and addresses."""
    broken = _BLOCK.sub("\n", markup)
    text = html.unescape(nh3.clean(broken, tags=set(), attributes={}))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], ask: Ask, raw_sha256: str) -> Item | None:
    title = cut(plain_text(str(entry.get("title") or "")), LONGEST_TITLE)
    text = cut(plain_text(_body(entry)), LONGEST_TEXT)
    link = str(entry.get("link") or "")
    if not title and not text:
        return None
    said = _said(entry)
    published = _instant(entry)
    point = _point(entry)
    days = sorted(day for day in map(_day, said.get(DAY, [])) if day)
    return Item(
        key=_key(entry, link, title, text),
        title=title or cut(text, LONGEST_TITLE),
        text=text,
        published_at=published,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        place=(said.get(PLACE) or [""])[0],
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        state=ask.states.get((said.get(STATE) or [""])[0], str(ask.settings.get("state", ""))),
        actors=tuple(said.get(ACTOR, [])),
        targets=tuple(said.get(TARGET, [])),
        outlets=(_outlet(entry, feed, ask),),
        language=_language(entry, feed),
        url=link if urlsplit_or_empty(link) else "",
        raw_sha256=raw_sha256,
    )


def _key(entry: Mapping[str, Any], link: str, title: str, text: str) -> str:
    """By the entry's own id, else its link, else what it says."""
    own = str(entry.get("id") or "").strip() or link.strip()
    return own[:500] if own else hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def _body(entry: Mapping[str, Any]) -> str:
    contents = [str(each.get("value") or "") for each in entry.get("content") or []]
    return max([*contents, str(entry.get("summary") or "")], key=len)


def _said(entry: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in entry.get("tags") or []:
        term = cut(str(tag.get("term") or ""), LONGEST_NAME)
        scheme = str(tag.get("scheme") or "").rsplit("/", 1)[-1]
        if term and scheme:
            found.setdefault(scheme, []).append(term)
    return found


def _instant(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed"):
        parsed = entry.get(name)
        if parsed:
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _point(entry: Mapping[str, Any]) -> tuple[float, float] | None:
    where = entry.get("where") or {}
    if where.get("type") != "Point":
        return None
    longitude, latitude = where["coordinates"][:2]
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # noqa: PLR2004


def _outlet(entry: Mapping[str, Any], feed: Mapping[str, Any], ask: Ask) -> str:
    """Whom the entry names as its source, else the feed's own name, else its host."""
    named = (entry.get("source") or {}).get("title") or feed.get("title") or ""
    return cut(plain_text(str(named)), LONGEST_NAME) or urlsplit_or_empty(ask.address)


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    own = (entry.get("title_detail") or {}).get("language")
    return cut(str(own or feed.get("language") or ""), 35)


def urlsplit_or_empty(url: str) -> str:
    """The host of an address that a browser may follow; empty for any other."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in {"http", "https"} else ""


CONNECTOR = Feed()

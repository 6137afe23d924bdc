"""GDELT 2.0 events: what programs read out of the world's news every quarter of an hour.

Many, noisy, never revised, and no word of intent in their codes: a sign of volume, not of what happened.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from rtopnet.kernel.zipped import UNREADABLE
from rtopnet.warning.evidence.sources.contract import (
    DASH,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_NAME,
    Ask,
    Batch,
    Item,
    cut,
)
from rtopnet.warning.evidence.sources.feed import urlsplit_or_empty
from rtopnet.warning.evidence.sources.refusals import (
    AnswerTooLargeError,
    FormatChangedError,
    SettingMissingError,
)
from rtopnet.warning.evidence.sources.wire import MIB, Wire

COLUMNS = 61
MOST_UNPACKED = 64 * MIB
MOST_FILES = 96
"""A day of quarters; a longer gap is filled over several fetches."""
QUARTER = timedelta(minutes=15)
MOST_APART = timedelta(days=31)
"""Between an event and its report: relative dates are misread as a month or a year ago."""
STAMP = "%Y%m%d%H%M%S"
WATCHED = ("138", "139", "145", "171", "172", "173", "174", "175", "18", "19", "20")
_WORDS = {
    "138": "Threat of force",
    "139": "Ultimatum",
    "145": "Riot",
    "171": "Property seized or destroyed",
    "172": "Restrictions imposed",
    "173": "Arrest or detention",
    "174": "Expulsion or deportation",
    "175": "Violent repression",
    "180": "Unconventional violence",
    "181": "Abduction",
    "1821": "Sexual violence",
    "1822": "Torture",
    "1823": "Killing by physical assault",
    "182": "Physical assault",
    "183": "Bombing",
    "184": "Use as human shields",
    "185": "Attempted assassination",
    "186": "Assassination",
    "191": "Blockade",
    "192": "Occupation of territory",
    "193": "Fighting with small arms",
    "194": "Fighting with artillery and tanks",
    "195": "Attack from the air",
    "196": "Ceasefire broken",
    "19": "Fighting",
    "201": "Mass expulsion",
    "202": "Mass killing",
    "203": "Ethnic cleansing",
    "204": "Use of weapons of mass destruction",
    "20": "Mass violence",
}
_EXPORT = re.compile(r"(\d{14})\.export\.CSV\.zip")
_FIRST_ACTOR, _SECOND_ACTOR, _CODE, _PLACE, _COUNTRY, _LATITUDE, _LONGITUDE, _ADDED, _URL = (
    6,
    16,
    26,
    52,
    53,
    56,
    57,
    59,
    60,
)


class Gdelt:
    """The files of events, by the list of the newest ones."""

    kind = "gdelt"
    secrets: tuple[str, ...] = ()
    prose = False

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """Events in the region's states since the last file read.

        Raises:
            SourceError: the list or the newest file could not be read. Files missing in between are gaps.
        """
        if not ask.states:
            raise SettingMissingError("states: say which codes of places (FIPS 10-4) are whose")
        base = ask.address.rstrip("/")
        newest, checksum = newest_file(wire.get(f"{base}/lastupdate.txt").body)
        done = str(ask.cursor.get("stamp", ""))
        if done >= newest:
            return Batch((), ask.cursor, raw_sha256=wire.raw_sha256)
        found: list[Item] = []
        aside, last = 0, done
        for stamp in _stamps(done, newest):
            answer = wire.get(f"{base}/{stamp}.export.CSV.zip", accept=() if stamp == newest else {404})
            last = stamp
            if answer.status == 404:  # noqa: PLR2004 -- a quarter that was never published
                continue
            if stamp == newest and hashlib.md5(answer.body, usedforsecurity=False).hexdigest() != checksum:
                raise FormatChangedError(f"{stamp}: the file is not the one that the list describes")
            items, set_aside = events(unpacked(answer.body), ask, raw_sha256=answer.sha256)
            found += items
            aside += set_aside
        return Batch(tuple(found), {"stamp": last}, set_aside=aside, raw_sha256=wire.raw_sha256)


def newest_file(listed: bytes) -> tuple[str, str]:
    """Stamp and MD5 of the newest file of events; the list's own addresses are not followed.

    Raises:
        FormatChangedError: the list does not name one.
    """
    lines = listed.decode("utf-8", errors="replace").splitlines()
    for line in lines:
        parts = line.split()
        match = _EXPORT.search(parts[-1]) if parts else None
        if match and len(parts) == 3:  # noqa: PLR2004 -- size, checksum, address
            return match[1], parts[1]
    raise FormatChangedError(f"lastupdate.txt names no file of events in its {len(lines)} lines")


def _stamps(done: str, newest: str) -> Iterator[str]:
    """The quarters after ``done`` up to the newest; only that one where nothing was read before."""
    end = _moment(newest)
    at = _moment(done) + QUARTER if done else end
    # After a long silence the newest day is worth more than the oldest.
    at = max(at, end - QUARTER * (MOST_FILES - 1))
    while at <= end:
        yield at.strftime(STAMP)
        at += QUARTER


def _moment(stamp: str) -> datetime:
    try:
        at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise FormatChangedError(f"the stamp {stamp} is no instant any more") from error
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise FormatChangedError(f"the stamp {stamp} is out of range")
    return at


def unpacked(content: bytes) -> bytes:
    """The one file inside, never more of it than is read.

    Raises:
        FormatChangedError: it is no zip, or holds something else than one file.
        AnswerTooLargeError: it unpacks to more than that.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) != 1:
                raise FormatChangedError(f"the zip holds {len(members)} files now, not one")
            with packed.open(members[0]) as inside:
                found = inside.read(MOST_UNPACKED + 1)
    except UNREADABLE as error:
        raise FormatChangedError(f"the file is no zip that can be read: {type(error).__name__}") from error
    if len(found) > MOST_UNPACKED:
        raise AnswerTooLargeError(f"it unpacks to more than {MOST_UNPACKED // MIB} MiB")
    return found


def events(content: bytes, ask: Ask, *, raw_sha256: str) -> tuple[list[Item], int]:
    """The events in the region's states of the kinds that are watched; and how many rows cannot be read.

    Raises:
        FormatChangedError: more than one row in a hundred does not have the 61 columns.
    """
    states = ask.states
    watched = tuple(str(code) for code in ask.settings.get("codes", WATCHED))
    found, broken, rows = [], [], 0
    # Neither quotation marks nor any line end but this one mean anything here.
    for number, line in enumerate(content.decode("utf-8", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        rows += 1
        cells = line.rstrip("\r").split("\t")
        if len(cells) != COLUMNS:
            broken.append((number, len(cells)))
        elif cells[_COUNTRY] in states and cells[_CODE].startswith(watched):
            item = _event(cells, states, raw_sha256)
            if item is not None:
                found.append(item)
    if len(broken) * 100 > rows:
        first, columns = broken[0]
        raise FormatChangedError(
            f"line {first} has {columns} columns, not {COLUMNS}, and so have {len(broken)} rows"
        )
    return found, len(broken)


def _event(cells: list[str], states: dict[str, str], raw_sha256: str) -> Item | None:
    day, added = _day(cells[1]), _added(cells[_ADDED])
    if not cells[0] or day is None or added is None or abs(added.date() - day) > MOST_APART:
        return None
    first, second = (cut(cells[at].title(), LONGEST_NAME) for at in (_FIRST_ACTOR, _SECOND_ACTOR))
    address = cells[_URL].strip()
    host = urlsplit_or_empty(address)
    who = DASH.join(each for each in (first, second) if each)
    what = _what(cells[_CODE])
    return Item(
        key=cells[0],
        title=f"{what}: {who}" if who else what,
        published_at=added,
        first_day=day,
        last_day=day,
        place=cut(cells[_PLACE], LONGEST_NAME),
        latitude=_degrees(cells[_LATITUDE], 90),
        longitude=_degrees(cells[_LONGITUDE], 180),
        reach_km={"4": 25, "3": 25, "5": 150, "2": 150}.get(cells[51], 1000),
        state=states[cells[_COUNTRY]],
        actors=(first,) if first else (),
        targets=(second,) if second else (),
        outlets=(host,) if host else (),
        kind=cells[_CODE],
        url=address[:2000] if host else "",
        raw_sha256=raw_sha256,
    )


def _what(code: str) -> str:
    return next(
        (_WORDS[code[:end]] for end in range(len(code), 1, -1) if code[:end] in _WORDS), f"Event {code}"
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    except ValueError:
        return None


def _added(text: str) -> datetime | None:
    try:
        return _moment(text)
    except FormatChangedError:
        return None


def _degrees(text: str, most: int) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= most else None


CONNECTOR = Gdelt()

"""ACLED, for those who have a licence: its rows are shown to nobody else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rtopnet.warning.evidence.sources.contract import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_DEATHS,
    Ask,
    Batch,
    Item,
    cut,
    expect_keys,
)
from rtopnet.warning.evidence.sources.refusals import (
    AccessRefusedError,
    FormatChangedError,
    SettingMissingError,
)
from rtopnet.warning.evidence.sources.wire import Answer, Wire

PAGE, MOST_PAGES = 5000, 40
NEEDED: dict[str, type | tuple[type, ...]] = {
    "event_id_cnty": str,
    "event_date": str,
    "time_precision": (str, int),
    "event_type": str,
    "sub_event_type": str,
    "actor1": str,
    "actor2": str,
    "civilian_targeting": str,
    "country": str,
    "location": str,
    "latitude": (str, float, int),
    "longitude": (str, float, int),
    "geo_precision": (int, str),
    "source": str,
    "notes": str,
    "fatalities": (int, str),
    "timestamp": (int, str),
}
_SPAN = {"1": 0, "2": 6, "3": 30}
_REACH = {"1": 5, "2": 25, "3": 150}
_FIRST_DAYS = 60


class Acled:
    """Events edited since the cursor, and those taken back."""

    kind = "acled"
    secrets = ("USER", "PASSWORD")
    prose = False

    def fetch(self, ask: Ask, wire: Wire) -> Batch:
        """What was edited or deleted since the last fetch.

        Raises:
            SourceError: it could not be read; 403 with a right password means a licence too narrow.
        """
        if not ask.states:
            raise SettingMissingError("states: say which of its names of states are whose")
        session = Session(ask, wire)
        begun = _begin(ask)
        since = int(ask.cursor.get("timestamp") or begun)
        gone_since = int(ask.cursor.get("deleted") or begun)
        wanted = {"country": "|".join(sorted(ask.states)), "timestamp": str(since), "timestamp_where": ">="}
        found: dict[str, Item] = {}
        for at, (row, raw) in enumerate(_rows(session, "acled", wanted)):
            expect_keys(row, NEEDED, f"event {at + 1}")
            since = max(since, _whole(row["timestamp"], f"event {at + 1}: timestamp"))
            found[row["event_id_cnty"]] = _event(row, ask.states, raw, f"event {at + 1}")
        gone = []
        asked = {"deleted_timestamp": str(gone_since), "deleted_timestamp_where": ">="}
        for at, (row, _) in enumerate(_rows(session, "deleted", asked)):
            expect_keys(row, {"event_id_cnty": str, "deleted_timestamp": (int, str)}, f"deletion {at + 1}")
            gone.append(row["event_id_cnty"])
            gone_since = max(gone_since, _whole(row["deleted_timestamp"], f"deletion {at + 1}"))
        kept = tuple(item for key, item in found.items() if key not in set(gone))
        cursor = {"timestamp": since, "deleted": gone_since}
        return Batch(kept, cursor, gone=tuple(gone), raw_sha256=wire.raw_sha256)


@dataclass
class Session:
    """Signed in by password, once more by the second token where the first one ran out; kept nowhere."""

    ask: Ask
    wire: Wire
    access: str = ""
    refresh: str = ""

    def get(self, resource: str, params: Mapping[str, str]) -> Answer:
        """One page, signing in where needed.

        Raises:
            SourceError: it is not let in, or there is no answer.
        """
        if not self.access:
            self._sign_in(
                {
                    "username": self.ask.secrets.get("USER", ""),
                    "password": self.ask.secrets.get("PASSWORD", ""),
                    "grant_type": "password",
                    "scope": "authenticated",
                }
            )
        answer = self._asked(resource, params)
        if answer.status == 401:  # noqa: PLR2004 -- the token ran out
            self._sign_in({"refresh_token": self.refresh, "grant_type": "refresh_token"})
            answer = self._asked(resource, params)
        if answer.status == 401:  # noqa: PLR2004 -- as above
            raise AccessRefusedError("ACLED does not take its own token")
        if answer.status == 403:  # noqa: PLR2004 -- terms, profile or tier
            raise AccessRefusedError("ACLED lets this account in, but not to its events: look at its licence")
        return answer

    def _asked(self, resource: str, params: Mapping[str, str]) -> Answer:
        return self.wire.get(
            f"{self.ask.address.rstrip('/')}/api/{resource}/read",
            params=params,
            headers={"Authorization": f"Bearer {self.access}"},
            accept={401, 403},
        )

    def _sign_in(self, form: dict[str, str]) -> None:
        answer = self.wire.post(
            f"{self.ask.address.rstrip('/')}/oauth/token",
            form={**form, "client_id": "acled"},
            accept={400, 401},
        )
        if answer.status != 200:  # noqa: PLR2004 -- anything else is no token
            raise AccessRefusedError("ACLED does not know this name and password")
        document = answer.mapping("token")
        expect_keys(document, {"access_token": str, "refresh_token": str}, "token")
        self.access, self.refresh = document["access_token"], document["refresh_token"]


def _rows(session: Session, resource: str, wanted: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every row, from cursor 0 until the cursor is null; a short page is not the end."""
    cursor, seen = "0", {"0"}
    for _ in range(MOST_PAGES):
        params = {"_format": "json", "limit": str(PAGE), "cursor": cursor, **wanted}
        answer = session.get(resource, params)
        document = answer.mapping(resource)
        expect_keys(document, {"data": list, "next_cursor": (int, str, type(None))}, resource)
        for at, row in enumerate(document["data"]):
            if not isinstance(row, dict):
                raise FormatChangedError(f"{resource}: row {at + 1} is {type(row).__name__} now")
            yield row, answer.sha256
        if document["next_cursor"] is None:
            return
        cursor = str(document["next_cursor"])
        if cursor in seen:
            raise FormatChangedError(f"{resource}: the cursor {cursor} comes a second time")
        seen.add(cursor)
    raise FormatChangedError(f"{resource}: more than {MOST_PAGES} pages")


def _event(row: Mapping[str, Any], states: Mapping[str, str], raw: str, where: str) -> Item:
    day = _day(row["event_date"], where)
    actors = _listed(row["actor1"]) + _listed(row.get("assoc_actor_1") or "")
    others = _listed(row["actor2"]) + _listed(row.get("assoc_actor_2") or "")
    aimed = bool(row["civilian_targeting"])
    return Item(
        key=row["event_id_cnty"],
        title=cut(f"{row['sub_event_type'] or row['event_type']}: {row['actor1']}", LONGEST_TITLE),
        text=cut(row["notes"], LONGEST_TEXT),
        published_at=_stamp(row["timestamp"], where),
        first_day=day,
        last_day=day + timedelta(days=_SPAN.get(str(row["time_precision"]), 30)),
        place=cut(row["location"], LONGEST_NAME),
        latitude=_degrees(row["latitude"], 90, f"{where}: latitude"),
        longitude=_degrees(row["longitude"], 180, f"{where}: longitude"),
        reach_km=_REACH.get(str(row["geo_precision"]), 150),
        state=states.get(row["country"], ""),
        actors=actors if aimed else actors + others,
        targets=others if aimed else (),
        outlets=_listed(row["source"]),
        kind=cut(row["event_type"], LONGEST_NAME),
        deaths=_deaths(row["fatalities"], f"{where}: fatalities"),
        raw_sha256=raw,
    )


def _begin(ask: Ask) -> int:
    return int(
        datetime.combine(ask.today - timedelta(days=_FIRST_DAYS), datetime.min.time(), UTC).timestamp()
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(cut(each, LONGEST_NAME) for each in text.split(";") if each.strip())


def _day(text: str, where: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise FormatChangedError(f"{where}: event_date is no day any more: {text[:40]!r}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FormatChangedError(f"{where}: event_date is out of range: {day}")
    return day


def _stamp(value: Any, where: str) -> datetime:
    try:
        return datetime.fromtimestamp(_whole(value, where), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise FormatChangedError(f"{where}: timestamp is no instant any more") from error


def _whole(value: Any, where: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise FormatChangedError(f"{where} is no whole number any more: {str(value)[:40]!r}") from error


def _deaths(value: Any, where: str) -> int:
    deaths = max(0, _whole(value, where))
    if deaths > MOST_DEATHS:
        raise FormatChangedError(f"{where} is out of range: {str(deaths)[:40]}")
    return deaths


def _degrees(value: Any, most: int, where: str) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise FormatChangedError(f"{where} is no number any more: {str(value)[:40]!r}") from error
    if not abs(found) <= most:
        raise FormatChangedError(f"{where} is out of range: {found}")
    return found


CONNECTOR = Acled()

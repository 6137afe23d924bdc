"""Fetching what sources tell, and keeping it; what was kept stays when a source fails."""

import hashlib
import json
import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.clock import now, today
from rtopnet.kernel.outward import OutwardTransport
from rtopnet.network.public import StateSummary, states_of
from rtopnet.warning.evidence.models import Signal, SignalLink, SignalRevision, SignalSource
from rtopnet.warning.evidence.rules.fetching import next_try
from rtopnet.warning.evidence.rules.naming import state_named
from rtopnet.warning.evidence.services.linking import link_signals
from rtopnet.warning.evidence.sources.contract import Ask, Batch, Item
from rtopnet.warning.evidence.sources.refusals import SettingMissingError, SourceError
from rtopnet.warning.evidence.sources.registry import connectors
from rtopnet.warning.evidence.sources.wire import Wire

MOST_HOPS = 3
SECONDS = 30
_UNTOLD = {"raw_sha256"}
"""What does not make a revision: the answer around the row may change while the row does not."""


@dataclass(frozen=True)
class Brought:
    """What became of one fetch."""

    new: int = 0
    revised: int = 0
    gone: int = 0
    error: str = ""
    detail: str = ""


def sources_due() -> list[UUID]:
    """Sources that are switched on and whose time has come, by who waits longest."""
    with acting_for(Capacity.INSTALLATION):
        rows = SignalSource.objects.filter(enabled=True).order_by("next_try_at", "key")
        return [row.pk for row in rows if row.next_try_at is None or row.next_try_at <= now()]


def fetch_due_sources() -> int:
    """Fetch every source whose time has come; how many there were."""
    due = sources_due()
    for source in due:
        fetch_source(source=source)
    return len(due)


def fetch_source(
    *, source: UUID, client: httpx.Client | None = None, sleep: Callable[[float], None] = time.sleep
) -> Brought | None:
    """Ask one source what is new and keep it; None where it is gone or another fetch was quicker.

    Nothing is held in the database while the source is asked; a failure is kept on the source, in words.
    """
    with acting_for(Capacity.INSTALLATION):
        row = SignalSource.objects.select_related("region").filter(pk=source).first()
    if row is None:
        return None
    connector = connectors().get(row.kind)
    rng = random.Random(f"{row.pk}{row.tried_at}")  # noqa: S311 -- spreads calls only
    with client or outward_client() as asking:
        wire = Wire(asking, rng=rng, sleep=sleep)
        try:
            if connector is None:
                raise SettingMissingError(f"there is no connector of the kind {row.kind}")
            batch = connector.fetch(_ask(row, connector.secrets), wire)
        except SourceError as error:
            return _keep_failure(row, error, rng.random())
    return _keep_batch(row, batch, spread=rng.random())


def outward_client() -> httpx.Client:
    """A client that reaches public hosts only."""
    return httpx.Client(
        transport=OutwardTransport(),
        timeout=SECONDS,
        follow_redirects=True,
        max_redirects=MOST_HOPS,
        trust_env=False,
    )


def _ask(row: SignalSource, needed: Collection[str]) -> Ask:
    secrets = {name: secret_of(row.region.slug, row.key, name) for name in ("TOKEN", "USER", "PASSWORD")}
    if missing := [name for name in needed if not secrets.get(name)]:
        raise SettingMissingError(
            f"the environment has no {secret_name(row.region.slug, row.key, missing[0])}"
        )
    return Ask(
        address=row.address,
        today=today(),
        settings=row.settings,
        cursor=row.cursor,
        secrets={name: secret for name, secret in secrets.items() if secret},
        folder=settings.REGION_FOLDER / row.region.slug,
    )


def secret_name(region: str, source: str, name: str) -> str:
    """The environment's name for a source's secret."""
    return f"RTOPNET_SOURCE_{region}_{source}_{name}".upper().replace("-", "_")


def secret_of(region: str, source: str, name: str) -> str:
    """A source's secret from the environment, or nothing."""
    found: str = settings.SOURCE_SECRETS.get(secret_name(region, source, name), "")
    return found


def _keep_failure(row: SignalSource, error: SourceError, spread: float) -> Brought:
    with acting_for(Capacity.INSTALLATION):
        fails = row.fails_in_a_row + 1
        at = now()
        SignalSource.objects.filter(pk=row.pk).update(
            tried_at=at,
            error=error.code,
            error_detail=str(error)[:1000],
            fails_in_a_row=fails,
            next_try_at=next_try(at, every_minutes=row.every_minutes, fails_in_a_row=fails, spread=spread),
        )
        _keep_deed("fetch_failed", row, {"error": error.code, "fails": fails})
    return Brought(error=error.code, detail=str(error))


def keep_told(*, source: UUID, batch: Batch) -> Brought | None:
    """Keep what a source told at one time; None where it is gone."""
    with acting_for(Capacity.INSTALLATION):
        row = SignalSource.objects.filter(pk=source).first()
    return _keep_batch(row, batch, spread=0.0) if row else None


def _keep_batch(row: SignalSource, batch: Batch, *, spread: float) -> Brought | None:
    with acting_for(Capacity.INSTALLATION):
        held = SignalSource.objects.select_for_update().get(pk=row.pk)
        if held.cursor != row.cursor or held.tried_at != row.tried_at:
            return None
        at = now()
        keeper = _Keeper(held, at)
        keeper.keep(batch.items)
        gone = keeper.take_back(batch.gone)
        link_signals(region=held.region_id, changed=keeper.changed)
        _note(held, batch, at, brought=len(keeper.new), spread=spread)
        found = Brought(len(keeper.new), len(keeper.revised), gone)
        _keep_deed("fetched", held, {"new": found.new, "revised": found.revised, "gone": gone})
        return found


def _note(held: SignalSource, batch: Batch, at: datetime, *, brought: int, spread: float) -> None:
    held.cursor = dict(batch.cursor)
    held.tried_at = held.brought_at = at
    held.error = held.error_detail = ""
    held.fails_in_a_row = 0
    held.set_aside = batch.set_aside
    held.raw_sha256 = batch.raw_sha256
    held.next_try_at = next_try(at, every_minutes=held.every_minutes, fails_in_a_row=0, spread=spread)
    if brought:
        held.newest_at, held.brought = at, brought
    held.save()


def _keep_deed(verb: str, row: SignalSource, detail: Mapping[str, str | int | None]) -> None:
    record_deed(verb=verb, kind="evidence.source", subject=row.pk, region=row.region_id, detail=detail)


class _Keeper:
    """Keeps what a source tells: the new, and of the changed what they said before."""

    def __init__(self, source: SignalSource, at: datetime) -> None:
        self._source, self._at = source, at
        self._states = {state.iso3: state for state in states_of(source.region_id)}
        self.new: list[UUID] = []
        self.revised: list[UUID] = []

    @property
    def changed(self) -> list[UUID]:
        return [*self.new, *self.revised]

    def keep(self, items: Iterable[Item]) -> None:
        """Keep each item once, by its key."""
        told = {item.key: item for item in items if item.key}
        known = {row.key: row for row in Signal.objects.filter(source=self._source, key__in=list(told))}
        fresh = [
            Signal(source=self._source, key=key, **self._columns(told[key]))
            for key in told.keys() - known.keys()
        ]
        for row in Signal.objects.bulk_create(fresh, batch_size=500):
            self.new.append(row.pk)
        for key, row in known.items():
            self._revise(row, told[key])

    def take_back(self, keys: Collection[str]) -> int:
        """Mark what the source says was not so."""
        rows = Signal.objects.filter(source=self._source, key__in=list(keys), gone_at__isnull=True)
        return rows.update(gone_at=self._at)

    def _revise(self, row: Signal, item: Item) -> None:
        columns = self._columns(item)
        if item.published_at is None:
            columns["published_at"] = row.published_at
        if row.content_sha256 == columns["content_sha256"] and row.gone_at is None:
            return
        SignalRevision.objects.create(
            signal=row,
            revision=row.revision,
            told=told_by(row),
            raw_sha256=row.raw_sha256,
            fetched_at=row.fetched_at,
        )
        Signal.objects.filter(pk=row.pk).update(**columns, revision=row.revision + 1, gone_at=None)
        SignalLink.objects.filter(first=row).delete()
        SignalLink.objects.filter(second=row).delete()
        self.revised.append(row.pk)

    def _columns(self, item: Item) -> dict[str, Any]:
        published = min(item.published_at or self._at, self._at)
        first = item.first_day or published.date()
        state = self._states.get(item.state) or self._named(item)
        return {
            "title": item.title[:300],
            "text": item.text,
            "published_at": published,
            "first_day": first,
            "last_day": max(first, item.last_day or first),
            "day_known": item.first_day is not None,
            "place": item.place[:200],
            "latitude": item.latitude if item.longitude is not None else None,
            "longitude": item.longitude if item.latitude is not None else None,
            "reach_km": item.reach_km,
            "state_id": state.id if state else None,
            "actors": list(item.actors),
            "targets": list(item.targets),
            "outlets": list(item.outlets),
            "kind": item.kind[:200],
            "deaths": item.deaths,
            "language": item.language[:35],
            "url": item.url[:2000],
            "raw_sha256": item.raw_sha256,
            "content_sha256": content_sha256(item),
            "fetched_at": self._at,
        }

    def _named(self, item: Item) -> StateSummary | None:
        names = {iso3: state.names.values() for iso3, state in self._states.items()}
        return self._states.get(state_named(f"{item.place} {item.title} {item.text}", names))


def content_sha256(item: Item) -> str:
    """What an item says, as one hash: two tellings with the same hash say the same."""
    said = {key: value for key, value in asdict(item).items() if key not in _UNTOLD}
    text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def told_by(row: Signal) -> dict[str, Any]:
    """What a signal says, to be kept beside a newer telling."""
    names = {field.name for field in fields(Item)} - {"state", "raw_sha256", "key"}
    said = {name: getattr(row, name) for name in sorted(names)}
    return {
        name: value if isinstance(value, list | int | float) or value is None else str(value)
        for name, value in said.items()
    }

"""Sources and signals for tests, kept as the program's own fetching keeps them."""

from datetime import UTC, datetime

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.warning.evidence.models import Signal, SignalSource
from rtopnet.warning.evidence.services.fetching import fetch_source
from rtopnet.warning.evidence.sources.contract import Batch, Item
from rtopnet.warning.evidence.sources.registry import connectors

AT = datetime(2026, 9, 5, 9, tzinfo=UTC)


def make_source(world, key="press", *, readers=None, region="reef", **columns):
    """A source of the region, read by its members or by the bodies named."""
    home = world.regions[region]
    with acting_for(Capacity.INSTALLATION):
        source = SignalSource.objects.create(
            region=home,
            key=key,
            name=key.title(),
            kind=columns.pop("kind", "feed"),
            address=columns.pop("address", "https://wire.example/feed"),
            licence=columns.pop("licence", "CC BY 4.0"),
            is_licensed=readers is not None,
            readers=[home.pk] if readers is None else [world.body(code).pk for code in readers],
            enabled=True,
            **columns,
        )
        record_deed(verb="made", kind="evidence.source", subject=source.pk)
    return source.pk


class Told:
    """A connector that brings what a test says."""

    kind, secrets, prose = "feed", (), True

    def __init__(self, *batches):
        self.batches = list(batches)

    def fetch(self, *_):
        found = self.batches.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


def bring(monkeypatch, source, *items, gone=(), cursor=None, error=None):
    """Have the source bring these."""
    told = Told(error or Batch(tuple(items), cursor or {"at": len(items)}, gone=gone))
    monkeypatch.setitem(connectors(), "feed", told)
    return fetch_source(source=source)


def item(key, title="Fire in Arlen", **more):
    return Item(key=key, title=title, published_at=more.pop("published_at", AT), raw_sha256="0" * 64, **more)


def signal_of(key):
    with acting_for(Capacity.INSTALLATION):
        return Signal.objects.get(key=key)

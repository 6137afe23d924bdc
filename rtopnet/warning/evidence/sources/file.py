"""A feed that lies in the region pack, for exercises: the newest entry is from the day it was first read."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from rtopnet.warning.evidence.sources.contract import Ask, Batch, Item
from rtopnet.warning.evidence.sources.feed import entries
from rtopnet.warning.evidence.sources.refusals import SettingMissingError, SourceGoneError
from rtopnet.warning.evidence.sources.wire import Wire


class PackFile:
    """An Atom file of the pack."""

    kind = "file"
    secrets: tuple[str, ...] = ()
    prose = True

    def fetch(self, ask: Ask, wire: Wire) -> Batch:  # noqa: ARG002 -- nothing is asked of anybody
        """What the file says, its days moved so that it is news.

        Raises:
            SourceError: there is no such file, or it is no feed.
        """
        if ask.folder is None:
            raise SettingMissingError("there is no region pack to read from")
        file = ask.folder / ask.address
        if file.parent.resolve() != ask.folder.resolve() or not file.is_file():
            raise SourceGoneError(f"there is no file {ask.address} in the region pack")
        content = file.read_bytes()
        raw = hashlib.sha256(content).hexdigest()
        found = entries(content, ask, raw_sha256=raw)
        first = date.fromisoformat(str(ask.cursor.get("first_read") or ask.today.isoformat()))
        newest = max((item.published_at.date() for item in found if item.published_at), default=first)
        items = tuple(_moved(item, first - newest) for item in found)
        return Batch(items, {"first_read": first.isoformat()}, raw_sha256=raw)


def _moved(item: Item, by: timedelta) -> Item:
    return replace(
        item,
        published_at=item.published_at and item.published_at + by,
        first_day=item.first_day and item.first_day + by,
        last_day=item.last_day and item.last_day + by,
    )


CONNECTOR = PackFile()

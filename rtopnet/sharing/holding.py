"""Records that a room above holds as they are, because others are asked about them or agreed to them."""

from collections.abc import Callable
from uuid import UUID

Holder = Callable[[UUID], str]
_holders: list[Holder] = []


def register_holder(holder: Holder) -> None:
    """Ask ``holder``, as the acting account, why a record stays as it is; empty where it does not hold it.

    A room that holds records also has the database refuse their change; this says it in words beforehand.
    """
    if holder not in _holders:
        _holders.append(holder)


def held_because(record: UUID) -> str:
    """Why the record can be neither changed nor taken back now; empty where its owner is free to."""
    return next((why for holder in _holders if (why := holder(record))), "")

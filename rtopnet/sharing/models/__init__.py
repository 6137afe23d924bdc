"""Records, to whom they are addressed, and what is in them."""

from rtopnet.sharing.models.records import (
    Addressee,
    Existence,
    Group,
    Member,
    Named,
    OfRecord,
    Owned,
    Reading,
    Record,
    RecordText,
    ReleaseRequest,
    Shared,
)

__all__ = [
    "Addressee",
    "Existence",
    "Group",
    "Member",
    "Named",
    "OfRecord",
    "Owned",
    "Reading",
    "Record",
    "RecordText",
    "ReleaseRequest",
    "Shared",
]

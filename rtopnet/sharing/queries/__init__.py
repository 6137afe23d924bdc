"""Reads of records."""

from rtopnet.sharing.queries.records import (
    KnownRecord,
    Readership,
    RecordInSight,
    WouldRead,
    acting_principals,
    audience_of,
    database_now,
    envelope_of,
    people_of,
    records_in_sight,
    records_known,
    who_would_read,
)

__all__ = [
    "KnownRecord",
    "Readership",
    "RecordInSight",
    "WouldRead",
    "acting_principals",
    "audience_of",
    "database_now",
    "envelope_of",
    "people_of",
    "records_in_sight",
    "records_known",
    "who_would_read",
]

"""Codes that reports are written in."""

from enum import IntEnum, StrEnum


class Precision(StrEnum):
    """How exactly it is known when something happened."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How exactly it is known where something happened."""

    EXACT = "exact"
    VILLAGE = "village"
    DISTRICT = "district"
    REGION = "region"
    STATE = "state"


class Ground(StrEnum):
    """On what ground a group was targeted."""

    NATIONAL = "national"
    ETHNIC = "ethnic"
    RACIAL = "racial"
    RELIGIOUS = "religious"
    POLITICAL = "political"
    GENDER = "gender"
    OTHER = "other"
    UNKNOWN = "unknown"


class ActorKind(StrEnum):
    """Who acted."""

    STATE_FORCE = "state_force"
    ARMED_GROUP = "armed_group"
    COMMUNAL_GROUP = "communal_group"
    UNKNOWN = "unknown"


class SourceGrade(StrEnum):
    """How reliable the source is, by the Admiralty code."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


INFORMATION_GRADES = (1, 2, 3, 4, 5, 6)
"""How credible the information is, by the Admiralty code: 1 confirmed, 5 improbable, 6 cannot be judged."""
HARMS = ("killed", "injured", "displaced")
MOST_PEOPLE = 10_000_000
LATITUDES, LONGITUDES = 90, 180
"""In degrees, north and south, east and west."""


class Slot(IntEnum):
    """The places of a report's protected parts, the same in every version."""

    SOURCE = 1
    NAMES = 2
    PLACE = 3


class RabatPart(StrEnum):
    """The six parts of the threshold test of the Rabat Plan of Action."""

    CONTEXT = "context"
    SPEAKER = "speaker"
    INTENT = "intent"
    CONTENT = "content"
    EXTENT = "extent"
    LIKELIHOOD = "likelihood"


RABAT_GRADES = (0, 1, 2)
"""Not shown, partly shown, clearly shown."""


class Step(StrEnum):
    """What was done with an item of evidence."""

    COLLECTED = "collected"
    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    HASHED = "hashed"
    GRADED = "graded"
    TRANSLATED = "translated"
    REVISED = "revised"
    OPENED = "opened"
    EXPORTED = "exported"


KINDS = ("incident_report", "situation_report", "incitement")
"""As they stand in a record's envelope."""
INCITEMENT = "incitement"

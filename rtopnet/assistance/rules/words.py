"""The closed lists of assistance."""

from enum import IntEnum, StrEnum


class Area(StrEnum):
    """The five core areas of civilian capacity, and prevention itself."""

    SAFETY = "safety"
    JUSTICE = "justice"
    POLITICS = "politics"
    GOVERNMENT = "government"
    ECONOMY = "economy"
    PREVENTION = "prevention"


class Pillar(IntEnum):
    """Of the responsibility to protect: own duty, help to others, timely collective response."""

    OWN_DUTY = 1
    HELP = 2
    RESPONSE = 3


class Form(StrEnum):
    """The three forms of help under the second pillar."""

    ENCOURAGEMENT = "encouragement"
    CAPACITY = "capacity"
    PROTECTION = "protection"


class Aid(StrEnum):
    """What can be offered."""

    EXPERTS = "experts"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    MONEY = "money"
    ADVICE = "advice"


class Outcome(StrEnum):
    """How the asking state answered an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"
    """The request was withdrawn."""


class Flow(StrEnum):
    """Steps of a contribution."""

    PLEDGED = "pledged"
    COMMITTED = "committed"
    DISBURSED = "disbursed"
    IN_KIND = "in_kind"


LEVELS = (1, 2, 3)
"""Of a skill: works under guidance, works alone, leads and teaches others."""

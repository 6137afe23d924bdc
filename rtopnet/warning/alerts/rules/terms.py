"""What a region's states agreed on for warnings: hours for each stage, and whom an overrun goes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rtopnet.warning.alerts.rules.course import DEFAULT_HOURS, Stage

MOST_HOURS = 24 * 365


class TermsFaultError(ValueError):
    """The file says something that cannot be."""


@dataclass(frozen=True)
class AgreedTerms:
    """Hours by stage, and keys of institutions that are told of overruns as far as they read the warning."""

    hours: Mapping[Stage, int] = field(default_factory=lambda: dict(DEFAULT_HOURS))
    escalate_to: tuple[str, ...] = ("secretariat",)


def terms_from(said: Any) -> AgreedTerms:
    """What a file's content says; what it leaves out stays as everywhere.

    Raises:
        TermsFaultError: an unknown word or an impossible number of hours.
    """
    if not isinstance(said, dict) or set(said) - {"hours", "escalate_to"}:
        raise TermsFaultError("only 'hours' and 'escalate_to' can be agreed on")
    hours = dict(DEFAULT_HOURS)
    for word, number in (said.get("hours") or {}).items():
        if word not in set(hours) or not isinstance(number, int) or not 0 < number <= MOST_HOURS:
            raise TermsFaultError(f"hours: {word}: {number}")
        hours[Stage(word)] = number
    keys = said.get("escalate_to", ["secretariat"])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise TermsFaultError("escalate_to: a list of keys of institutions")
    return AgreedTerms(hours, tuple(keys))

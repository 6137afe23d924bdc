"""Where states decide: their capitals' zones, days of rest and public holidays."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rtopnet.network.models import State

REST_DAYS = frozenset({5, 6})
"""Saturday and Sunday, where a pack says nothing else; Monday is 0."""


@dataclass(frozen=True)
class StateCapital:
    """A state's capital; ``holidays`` are names by language, by date."""

    state: UUID
    iso3: str
    names: dict[str, str]
    city: str
    zone: str
    rest_days: frozenset[int] = REST_DAYS
    holidays: dict[date, dict[str, str]] = field(default_factory=dict)


def capitals_of(region: UUID, states: Collection[UUID] | None = None) -> list[StateCapital]:
    """The capitals of the region's states (or of some), by code; a state's first zone is its capital's."""
    rows = State.objects.filter(region_id=region).order_by("iso3")
    if states is not None:
        rows = rows.filter(pk__in=states)
    return [
        StateCapital(row.pk, row.iso3, row.names, row.capital, (row.time_zones or ["UTC"])[0]) for row in rows
    ]

"""Where states decide: their capitals' zones, days of rest and public holidays."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rtopnet.network.models import State, StateCalendar

REST_DAYS = frozenset({5, 6})
"""Saturday and Sunday, where a pack says nothing else; Monday is 0."""


@dataclass(frozen=True)
class StateCapital:
    """A state's capital; ``holidays`` are names by language, by date, from ``source`` as of a date."""

    state: UUID
    iso3: str
    names: dict[str, str]
    city: str
    zone: str
    rest_days: frozenset[int] = REST_DAYS
    holidays: dict[date, dict[str, str]] = field(default_factory=dict)
    source: str = ""
    as_of: date | None = None

    def knows(self, year: int) -> bool:
        """Whether any holiday of that year is known."""
        return any(day.year == year for day in self.holidays)


def capitals_of(region: UUID, states: Collection[UUID] | None = None) -> list[StateCapital]:
    """The capitals of the region's states (or of some), by code; a state's first zone is its capital's."""
    rows = State.objects.filter(region_id=region).order_by("iso3")
    if states is not None:
        rows = rows.filter(pk__in=states)
    calendars = {row.state_id: row for row in StateCalendar.objects.filter(state__in=rows)}
    return [_capital(row, calendars.get(row.pk)) for row in rows]


def _capital(row: State, calendar: StateCalendar | None) -> StateCapital:
    zone = (row.time_zones or ["UTC"])[0]
    if calendar is None:
        return StateCapital(row.pk, row.iso3, row.names, row.capital, zone)
    return StateCapital(
        state=row.pk,
        iso3=row.iso3,
        names=row.names,
        city=row.capital,
        zone=zone,
        rest_days=frozenset(calendar.rest_days),
        holidays={date.fromisoformat(day): names for day, names in calendar.holidays.items()},
        source=calendar.source,
        as_of=calendar.as_of,
    )

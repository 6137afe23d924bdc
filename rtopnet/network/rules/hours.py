"""Office hours and set hours, in the time zone of whoever they belong to."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from rtopnet.kernel.errors import RuleBrokenError

DAYS = 7


class NoSuchHourError(RuleBrokenError):
    """The clocks of that time zone are put forward and skip this hour."""


@dataclass(frozen=True)
class OfficeDay:
    """From when until when the office is open on a weekday; an end not after its start is past midnight."""

    opens: time
    closes: time


Week = tuple[OfficeDay | None, ...]
"""Seven days from Monday; None where the office stays closed."""


def is_open(week: Week, local: datetime) -> bool | None:
    """Whether the office is open at the local time; None where no hours are known.

    >>> day = OfficeDay(time(8), time(17))
    >>> is_open((day,) * 5 + (None, None), datetime(2026, 3, 2, 14, 5))
    True
    """
    if not any(week):
        return None
    today, yesterday = week[local.weekday()], week[local.weekday() - 1]
    now = local.time()
    if yesterday and _runs_past_midnight(yesterday) and now < yesterday.closes:
        return True
    if today is None:
        return False
    if _runs_past_midnight(today):
        return now >= today.opens
    return today.opens <= now < today.closes


def _runs_past_midnight(day: OfficeDay) -> bool:
    return day.closes <= day.opens


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant at which clocks in ``zone`` show ``local``; the first of two where an hour comes twice.

    Raises:
        NoSuchHourError: the clocks skip it.
    """
    instant = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise NoSuchHourError("Clocks there are put forward and skip this hour.")
    return instant


@dataclass(frozen=True)
class SameDays:
    """Weekdays from ``first`` to ``last`` (Monday is 0) with the same hours."""

    first: int
    last: int
    day: OfficeDay


def same_days(week: Week) -> list[SameDays]:
    """The week as it is told: neighbouring days of the same hours in one.

    >>> day = OfficeDay(time(8), time(17))
    >>> [(each.first, each.last) for each in same_days((day, day, None, day, None, None, None))]
    [(0, 1), (3, 3)]
    """
    found: list[SameDays] = []
    for number, day in enumerate(week):
        if day is None:
            continue
        if found and found[-1].last == number - 1 and found[-1].day == day:
            found[-1] = SameDays(found[-1].first, number, day)
        else:
            found.append(SameDays(number, number, day))
    return found


def week_of(kept: list[list[str] | None]) -> Week:
    """The week as it is kept: seven entries, each a pair of ``HH:MM`` or nothing."""
    days = [OfficeDay(*(time.fromisoformat(part) for part in day)) if day else None for day in kept]
    return (*days, *[None] * (DAYS - len(days)))


def kept_week(week: Week) -> list[list[str] | None]:
    """The opposite of week_of."""
    return [[f"{day.opens:%H:%M}", f"{day.closes:%H:%M}"] if day else None for day in week]

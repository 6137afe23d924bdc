"""When a notice may reach its reader outside the product: digests, quiet hours, retries; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

RETRY_AFTER = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6)),
)
"""How long to wait after each failed attempt; after the last one a delivery has failed."""

MINUTE = timedelta(minutes=1)
LONGEST_SHIFT = timedelta(hours=2)
"""No time zone moves its clocks by more."""


class Channel(StrEnum):
    """Ways outside the product by which a notice reaches its reader."""

    MAIL = "mail"
    PUSH = "push"


class Rhythm(StrEnum):
    """How often mails come."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True)
class Habits:
    """When somebody wants to be told; hours are wall time in ``zone``.

    ``digest_weekday`` counts from Monday, 0. Quiet hours run from ``quiet_from`` until ``quiet_until``,
    across midnight where that comes first; equal hours are none.
    """

    zone: str = "UTC"
    rhythm: Rhythm = Rhythm.AT_ONCE
    digest_hour: int = 8
    digest_weekday: int = 0
    quiet_from: time | None = None
    quiet_until: time | None = None
    urgent_passes: bool = False


def delivery_time(habits: Habits, *, channel: Channel, urgent: bool, now: datetime) -> datetime | None:
    """When a notice given ``now`` may go out by ``channel``; None: not at all."""
    if channel is Channel.MAIL and habits.rhythm is Rhythm.NEVER:
        return None
    if urgent and habits.urgent_passes:
        return now
    waits = channel is Channel.MAIL and habits.rhythm is not Rhythm.AT_ONCE
    return quiet_end(habits, next_digest(habits, now) if waits else now)


def quiet_end(habits: Habits, at: datetime) -> datetime:
    """``at`` itself or, where it falls into the quiet hours, the first minute after them."""
    if not is_quiet(habits, at):
        return at
    ends = sorted(end for end in _ends_around(habits, at) if end >= at - LONGEST_SHIFT)
    minute = max(at, ends[0])
    # Where clocks are set forward over the end, or back before it, the wall clock decides.
    while is_quiet(habits, minute):
        minute = minute.replace(second=0, microsecond=0) + MINUTE
    return minute


def is_quiet(habits: Habits, at: datetime) -> bool:
    """Whether the wall clock in the reader's zone shows quiet hours at the instant ``at``."""
    start, end = habits.quiet_from, habits.quiet_until
    if start is None or end is None or start == end:
        return False
    wall = at.astimezone(ZoneInfo(habits.zone)).time()
    return start <= wall < end if start < end else wall >= start or wall < end


def next_digest(habits: Habits, after: datetime) -> datetime:
    """The first instant later than ``after`` at which a digest is due."""
    first = after.astimezone(ZoneInfo(habits.zone)).date()
    days = (first + timedelta(days=number) for number in range(9))
    due = (
        _instant(habits, day, time(habits.digest_hour))
        for day in days
        if habits.rhythm is not Rhythm.WEEKLY or day.weekday() == habits.digest_weekday
    )
    return next(instant for instant in due if instant > after)


def retry_time(*, attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` failures; None: no more."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


def _ends_around(habits: Habits, at: datetime) -> Iterator[datetime]:
    today = at.astimezone(ZoneInfo(habits.zone)).date()
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        for fold in (0, 1):
            yield _instant(habits, day, (habits.quiet_until or time()).replace(fold=fold))


def _instant(habits: Habits, day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=ZoneInfo(habits.zone)).astimezone(UTC)

"""When a source is asked again."""

from datetime import datetime, timedelta

LONGEST_PAUSE = timedelta(days=1)


def next_try(at: datetime, *, every_minutes: int, fails_in_a_row: int, spread: float) -> datetime:
    """When to ask again; after each failure twice as long, up to a day, ``spread`` (0 to 1) by up to a tenth.

    >>> next_try(datetime(2026, 1, 1), every_minutes=60, fails_in_a_row=2, spread=0.0)
    datetime.datetime(2026, 1, 1, 4, 0)
    """
    usual = timedelta(minutes=every_minutes)
    pause = max(usual, min(LONGEST_PAUSE, usual * (1 << min(fails_in_a_row, 12))))
    return at + pause * (1 + spread / 10)

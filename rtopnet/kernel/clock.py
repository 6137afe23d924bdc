"""The one source of the present; tests set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_instant", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The present date in UTC."""
    return now().date()


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at ``instant`` (which must know its time zone) for the length of the block."""
    if instant.tzinfo is None:
        raise ValueError("the clock needs an instant with a time zone")
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)

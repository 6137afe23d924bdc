"""Whom the database takes us for: row policies see an account or a capacity for one transaction only."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from uuid import UUID

from django.db import connections, transaction

_READ = "SELECT current_setting('rtopnet.account', true), current_setting('rtopnet.capacity', true)"
_WRITE = "SELECT set_config('rtopnet.account', %s, true), set_config('rtopnet.capacity', %s, true)"


class Capacity(StrEnum):
    """What the program itself may be doing when no account acts."""

    INSTALLATION = "installation"
    """Commands given at the machine: loading a region pack, computing an outlook."""
    SIGN_IN = "sign_in"
    """Finding out who somebody is, before they are anybody."""


@contextmanager
def acting_as(account_id: UUID, *, using: str = "default") -> Iterator[None]:
    """Open a transaction whose row policies see ``account_id``; on leaving, nobody is seen again."""
    with _session(account=str(account_id), capacity="", using=using):
        yield


@contextmanager
def acting_for(capacity: Capacity, *, using: str = "default") -> Iterator[None]:
    """Open a transaction whose row policies see the program in ``capacity`` and no account."""
    with _session(account="", capacity=capacity.value, using=using):
        yield


def acting_account(*, using: str = "default") -> UUID | None:
    """The account that the database session acts as, if any."""
    account, _ = _current(using)
    return UUID(account) if account else None


def acting_capacity(*, using: str = "default") -> Capacity | None:
    """The capacity that the database session acts in, if any."""
    _, capacity = _current(using)
    return Capacity(capacity) if capacity else None


@contextmanager
def _session(*, account: str, capacity: str, using: str) -> Iterator[None]:
    # A rollback, also of a savepoint, restores the settings by itself; only the good end must.
    with transaction.atomic(using=using):
        before = _current(using)
        _set(using, account, capacity)
        yield
        if not connections[using].needs_rollback:
            _set(using, *before)


def _current(using: str) -> tuple[str, str]:
    with connections[using].cursor() as cursor:
        cursor.execute(_READ)
        account, capacity = cursor.fetchone()
    return account or "", capacity or ""


def _set(using: str, account: str, capacity: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(_WRITE, [account, capacity])

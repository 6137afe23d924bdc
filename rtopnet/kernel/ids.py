"""Identifiers that tell neither order nor time."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """A random identifier (UUID version 4)."""
    return uuid4()

"""What the database takes the acting account's posts to be; the row policies ask the same functions."""

from typing import Any
from uuid import UUID

from django.db import connection


def acting_desks() -> frozenset[UUID]:
    """States and institutions that the acting account decides for now."""
    return frozenset(_one("SELECT acting_desks()") or ())


def posts_in_hand() -> frozenset[UUID]:
    """Posts that the acting account holds now, and those of its desks."""
    return frozenset(_one("SELECT posts_in_hand()") or ())


def holds_a_post() -> bool:
    """Whether the acting account holds any post now; without one nothing of its region is in sight."""
    return _one("SELECT acting_region()") is not None


def acts_as_secretariat() -> bool:
    """Whether the acting account holds a post of its region's secretariat now."""
    return bool(_one("SELECT acting_secretariat()"))


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]

"""Conditions that policies of the room's tables share; conditions inside them hold for whoever asks."""

from rtopnet.kernel.rowsecurity import ACTING_DESKS
from rtopnet.sharing.public import NOW, OWN

NOT_TAKEN_BACK = f"(open_to IS NULL OR {NOW} < open_to)"
DRAFTS = f"drafters && {ACTING_DESKS} AND {NOT_TAKEN_BACK}"
"""Of a paper: the acting account is of a desk that drafts it with its owner."""


def in_sight(table: str, column: str, key: str = "id") -> str:
    """The row of ``table`` that ``column`` points at is in the asker's own sight."""
    return f"EXISTS (SELECT 1 FROM {table} seen WHERE seen.{key} = {column})"  # noqa: S608 -- our own words


def writes(table: str) -> str:
    """Whoever drafts the paper that the row belongs to: its owner's people and the desks named."""
    return (
        f"({OWN} OR EXISTS (SELECT 1 FROM advice_paper p WHERE p.record_id = {table}.record_id "  # noqa: S608 -- our own words
        f"AND p.drafters && {ACTING_DESKS} AND (p.open_to IS NULL OR {NOW} < p.open_to)))"
    )


def standing(table: str) -> str:
    """The paper is in silence or was adopted: nothing that was agreed to, or is asked about, changes."""
    return (
        f"EXISTS (SELECT 1 FROM meetings_procedure q WHERE q.record_id = {table}.record_id "  # noqa: S608 -- our own words
        "AND q.broken_at IS NULL AND q.withdrawn_at IS NULL)"
    )

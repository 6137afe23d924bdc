"""Row policies that several tables of the room share."""

from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.sharing.public import DESK, OWN, READ

DRAFT = f"{OWN} AND open_from IS NULL"
KEPT = f"{DESK} OR ({DRAFT})"
"""What the owner's desk keeps up to date also after release; as a draft all who read it as its owner's."""


def kept_by_desk(read: str = READ, *, check: str = "TRUE") -> list[RowPolicy]:
    """Read as the record, or as ``read`` says; written and removed by its owner's desk at any time."""
    return [
        RowPolicy(name="%(class)s_read", command="SELECT", using=read),
        RowPolicy(name="%(class)s_insert", command="INSERT", check=f"({KEPT}) AND {check}"),
        RowPolicy(name="%(class)s_update", command="UPDATE", using=KEPT),
        RowPolicy(name="%(class)s_delete", command="DELETE", using=KEPT),
    ]


def in_sight(table: str, column: str, key: str = "id") -> str:
    """The condition that the row of ``table`` that ``column`` points at is in the asker's own sight.

    Inside a policy the other table's own policies hold, for whoever asks.
    """
    return f"EXISTS (SELECT 1 FROM {table} seen WHERE seen.{key} = {column})"  # noqa: S608 -- our own words

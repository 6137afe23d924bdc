"""What decides about a row stands on the row: columns kept from the record by trigger, and plain policies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rtopnet.kernel.rowsecurity import RowPolicy, TableRule

MINE = "(SELECT acting_principals())::uuid[]"
"""All that the acting account reads as, worked out once a query."""
NOW = "statement_timestamp()"
"""Not the transaction's beginning: what is recalled meanwhile is gone for the next statement."""
OWN = f"owner = ANY({MINE})"
DESK = f"desk = ANY({MINE})"
OPEN_TO_ME = f"readers && {MINE} AND {NOW} >= open_from AND {NOW} < open_to"
READ = f"{OWN} OR {OPEN_TO_ME}"
READ_VERSION = f"{OWN} OR NOT past AND {OPEN_TO_ME}"
"""Of versions and parts: ``past`` ones the owner has taken back."""
READ_PART = f"{OWN} OR NOT past AND part_readers && {MINE} AND {OPEN_TO_ME}"


class Deciding(models.Model):
    """The columns that decide; only triggers write them, whatever a statement says.

    ``owner`` is the principal of the owner's own readers and ``desk`` of those who decide for it;
    ``readers`` are the principals addressed; ``open_from`` (None: not released) and ``open_to`` bound when.
    """

    owner = models.UUIDField(editable=False, null=True)
    desk = models.UUIDField(editable=False, null=True)
    readers = ArrayField(models.UUIDField(), editable=False, default=list)
    open_from = models.DateTimeField(editable=False, null=True)
    open_to = models.DateTimeField(editable=False, null=True)

    class Meta:
        abstract = True


class FollowsRecord(TableRule):
    """The table's deciding columns are those of the record that each row points at by ``record_id``."""

    def statements(self, table: str) -> tuple[str, ...]:
        # Rows take the columns when written, and again when those of their record change.
        return (
            f'CREATE TRIGGER "{self.name}_taken" BEFORE INSERT OR UPDATE ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION sharing_take_deciding()",
            f'CREATE TRIGGER "{self.name}_spread" AFTER UPDATE ON sharing_record FOR EACH ROW '
            "WHEN ((OLD.owner, OLD.desk, OLD.readers, OLD.open_from, OLD.open_to) "
            "IS DISTINCT FROM (NEW.owner, NEW.desk, NEW.readers, NEW.open_from, NEW.open_to)) "
            f"EXECUTE FUNCTION sharing_spread_deciding('{table.strip(chr(34))}')",
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (
            f'DROP TRIGGER "{self.name}_spread" ON sharing_record',
            f'DROP TRIGGER "{self.name}_taken" ON {table}',
        )


ENDED = f"{DESK} AND {NOW} >= open_to"


def content_policies(read: str = READ, delete: str = ENDED) -> list[RowPolicy]:
    """Read as the record; written by the owner's desk, and as a draft by all who read it as its owner's."""
    draft = f"{OWN} AND open_from IS NULL"
    return [
        RowPolicy(name="%(class)s_read", command="SELECT", using=read),
        RowPolicy(name="%(class)s_insert", command="INSERT", check=f"{DESK} OR ({draft})"),
        RowPolicy(name="%(class)s_update", command="UPDATE", using=draft),
        RowPolicy(name="%(class)s_delete", command="DELETE", using=delete),
    ]

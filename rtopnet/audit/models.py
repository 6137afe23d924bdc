"""The ledger's tables; written only by audit_append(), never changed."""

from django.db import models

from rtopnet.kernel.rowsecurity import TableRule


class LedgerEntry(models.Model):
    """One entry; holds ids and kinds, no foreign keys and no content."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    capacity = models.TextField()
    region = models.UUIDField(null=True)
    verb = models.TextField()
    kind = models.TextField()
    subject = models.TextField()
    detail = models.TextField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    transaction = models.TextField()

    class Meta:
        db_table = "audit_ledger"
        managed = False

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.kind} {self.subject}"


class Ledgered(TableRule):
    """Every transaction that writes to the table must leave a ledger entry, or it cannot commit."""

    def statements(self, table: str) -> tuple[str, ...]:
        return (
            f'CREATE TRIGGER "{self.name}" AFTER INSERT OR UPDATE OR DELETE ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION audit_note_write()",
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (f'DROP TRIGGER "{self.name}" ON {table}',)

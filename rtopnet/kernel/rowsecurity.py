"""Row policies declared on models, beside their fields, and kept by migrations like any constraint."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement

ACTING_ACCOUNT = "(SELECT acting_account())"
ACTING_REGION = "(SELECT acting_region())"
"""Wrapped in a sub-select so that PostgreSQL works them out once a query, not once a row."""
ACTING_DESKS = "(SELECT acting_desks())::uuid[]"
"""States and institutions that the acting account decides for."""


def in_capacity(*capacities: str) -> str:
    """The condition that the program acts in one of ``capacities``."""
    listed = ", ".join(f"'{capacity}'" for capacity in capacities)
    return f"(SELECT acting_capacity()) IN ({listed})"


class TableRule(models.BaseConstraint):
    """A rule on a whole table that Django's migrations create and drop as they do constraints."""

    def statements(self, table: str) -> tuple[str, ...]:
        """SQL that establishes the rule on the quoted ``table``."""
        raise NotImplementedError

    def undo_statements(self, table: str) -> tuple[str, ...]:
        """SQL that takes the rule away."""
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: Any) -> str:
        """Nothing inside CREATE TABLE; the rule follows once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: Any) -> Any:
        """The rule as one multi-statement string, which Django carries out."""
        return self._joined(self.statements, model, schema_editor)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: Any) -> Any:
        """The opposite of create_sql."""
        return self._joined(self.undo_statements, model, schema_editor)

    def _joined(self, make: Any, model: Any, schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        table = schema_editor.quote_name(model._meta.db_table)  # noqa: SLF001 -- Django's documented Meta API
        # Statement formats with %, so a literal per cent sign must be doubled.
        return Statement(";\n".join(make(table)).replace("%", "%%"))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check in Python: the database decides."""

    def __eq__(self, other: object) -> bool:
        """Equal when they deconstruct to the same thing, which is what makemigrations compares."""
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        """Agrees with __eq__ by the rule's name."""
        return hash((type(self), self.name))


class RowPolicy(TableRule):
    """One row policy: who may do ``command`` to which rows; it also turns row security on.

    Args:
        name: the policy's name, unique over the project.
        command: ``SELECT``, ``INSERT``, ``UPDATE``, ``DELETE`` or ``ALL``.
        using: SQL condition on existing rows.
        check: SQL condition on rows as written; defaults to ``using`` where a command writes.
    """

    def __init__(self, *, name: str, command: str, using: str = "", check: str = "") -> None:
        super().__init__(name=name)
        self.command, self.using, self.written = command, using, check

    def statements(self, table: str) -> tuple[str, ...]:
        using = f" USING ({self.using})" if self.command != "INSERT" else ""
        writes = self.command not in {"SELECT", "DELETE"}
        check = f" WITH CHECK ({self.written or self.using})" if writes else ""
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f'CREATE POLICY "{self.name}" ON {table} FOR {self.command}{using}{check}',
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (f'DROP POLICY "{self.name}" ON {table}',)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"command": self.command, "using": self.using, "check": self.written}
        return path, args, kwargs

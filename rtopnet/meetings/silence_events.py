"""What happens in the silence procedure, for the rooms above; ids only."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.events import Event


@dataclass(frozen=True)
class OfAProcedure(Event):
    """Something happened to a round of the silence procedure on a record."""

    procedure: UUID
    record: UUID


class ProcedureOpened(OfAProcedure):
    """A record is in silence."""


class ProcedureExtended(OfAProcedure):
    """A state asked for more time; the deadline is later."""


class ProcedureBroken(OfAProcedure):
    """A state broke the silence; the text is back with its drafter."""


class ProcedureWithdrawn(OfAProcedure):
    """The drafter took the text out of silence."""


class ProcedureAdopted(OfAProcedure):
    """The deadline passed in silence: the text is adopted, and its record stays as it is."""

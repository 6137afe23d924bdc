"""What the clock does: adopting what was met with silence, and reminding before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.events import publish
from rtopnet.meetings.services.rounds import PROPOSAL, ROUND
from rtopnet.meetings.silence_events import ProcedureAdopted
from rtopnet.network.public import desk_accounts, give_notice
from rtopnet.sharing.public import Marking


@dataclass(frozen=True)
class _Facts:
    record: UUID
    kind: str
    region: UUID
    desk: UUID
    chair: UUID
    participants: list[UUID]
    marking: int
    deadline: datetime


def adopt_due() -> int:
    """Make durable what the clock has decided: adopt each text whose deadline passed in silence; how many.

    Safe to run at any time, and twice: a text is adopted once, as of its deadline.
    """
    with acting_for(Capacity.INSTALLATION):
        adopted = [procedure for (procedure,) in _rows("SELECT meetings_adopt_due()")]
        for procedure in adopted:
            facts = _facts(procedure)
            bodies = {facts.desk, facts.chair, *facts.participants}
            record_deed(
                verb="adopted",
                kind=ROUND,
                subject=procedure,
                region=facts.region,
                detail={"record": str(facts.record)},
                books=sorted(bodies),
            )
            _tell("meetings.adopted", facts, bodies)
            publish(ProcedureAdopted(procedure, facts.record))
        return len(adopted)


def remind_due() -> int:
    """Remind desks 72 and 24 hours before a deadline, but those that said what they will do; how many."""
    with acting_for(Capacity.INSTALLATION):
        due = _rows("SELECT procedure, bodies FROM meetings_remind_due()")
        for procedure, bodies in due:
            facts = _facts(procedure)
            record_deed(verb="reminded", kind=ROUND, subject=procedure, region=facts.region)
            _tell("meetings.reminder", facts, set(bodies), due_at=facts.deadline)
        return len(due)


def move_story_back(*, record: UUID, by: timedelta) -> None:
    """Move what happened to a text of an exercise's story into the past, before it is adopted.

    Only the installation may, and only in a region of invented states.
    """
    with acting_for(Capacity.INSTALLATION):
        _rows("SELECT meetings_move_back(%s, %s)", record, by)
        record_deed(verb="told_as_past", kind="sharing.record", subject=record)


def _tell(kind: str, facts: _Facts, bodies: set[UUID], *, due_at: datetime | None = None) -> None:
    give_notice(
        kind=kind,
        accounts={account for desk in desk_accounts(bodies).values() for account in desk},
        region=facts.region,
        subject_kind=PROPOSAL,
        subject=facts.record,
        who=facts.desk,
        may_name=facts.marking >= Marking.GREEN,
        due_at=due_at,
    )


def _facts(procedure: UUID) -> _Facts:
    columns = "record, kind, region, desk, chair, participants, marking, deadline"
    (row,) = _rows(f"SELECT {columns} FROM meetings_round_facts(%s)", procedure)  # noqa: S608 -- our own words
    return _Facts(*row)


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())

"""Rounds of the silence procedure as the acting account may see them, and as the rules know them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.meetings.models import Decision, Procedure, ProcedureAct
from rtopnet.meetings.rules import Act, Capital, Deed, Round, Stage, stage_of
from rtopnet.network.public import StateCapital, capitals_of, name_in
from rtopnet.sharing.public import database_now


@dataclass(frozen=True)
class LastRound:
    """When the newest round on a record began and how it ended; the deadline ends it if nobody did before."""

    procedure: UUID
    version: int
    opened_at: datetime
    deadline: datetime
    returned_at: datetime | None
    """When its silence was broken, or it was taken out of silence."""
    reference: str
    """Of what was adopted; empty before it is made durable."""


def last_rounds(records: Collection[UUID]) -> dict[UUID, LastRound]:
    """The newest round on each of the records that the acting account reads, by two questions for all."""
    rows = Procedure.objects.filter(record__in=records).order_by("record", "-round").distinct("record")
    found = list(rows)
    references = dict(Decision.objects.filter(procedure__in=found).values_list("procedure_id", "reference"))
    return {
        row.record_id: LastRound(
            row.pk,
            row.version,
            row.opened_at,
            row.deadline,
            row.broken_at or row.withdrawn_at,
            references.get(row.pk, ""),
        )
        for row in found
    }


def acts_of(procedures: Collection[UUID]) -> dict[UUID, list[ProcedureAct]]:
    """What was done in each round, in order."""
    found: dict[UUID, list[ProcedureAct]] = {}
    for row in ProcedureAct.objects.filter(procedure__in=procedures).order_by("at", "pk"):
        found.setdefault(row.procedure_id, []).append(row)
    return found


def round_from(row: Procedure, acts: Iterable[ProcedureAct]) -> Round:
    """A round as the rules know it."""
    if row.desk is None:
        raise LookupError(f"round {row.pk} has no drafter")
    return Round(
        number=row.round,
        version=row.version,
        drafter=row.desk,
        participants=frozenset(row.participants),
        chair=row.chair,
        opened_at=row.opened_at,
        first_deadline=row.first_deadline,
        acts=tuple(Act(Deed(act.deed), act.body, act.at, act.words, act.until) for act in acts),
    )


def round_in_sight(procedure: UUID) -> tuple[Procedure, Round] | None:
    """One round, where the acting account reads its record."""
    row = Procedure.objects.filter(pk=procedure).first()
    return (row, round_from(row, acts_of([row.pk]).get(row.pk, ()))) if row else None


def last_round_on(record: UUID) -> tuple[Procedure, Round] | None:
    """The newest round on a record, if there was one that the acting account may see."""
    row = Procedure.objects.filter(record=record).order_by("-round").first()
    return (row, round_from(row, acts_of([row.pk]).get(row.pk, ()))) if row else None


def stage_on(record: UUID) -> Stage | None:
    """Where the newest round on a record stands now; None where there was none."""
    found = last_round_on(record)
    return stage_of(found[1], database_now()) if found else None


def capitals_for(region: UUID, states: Collection[UUID], language: str) -> tuple[Capital, ...]:
    """The capitals of states as the rules know them, with the names of their holidays."""
    return tuple(as_capital(found, language) for found in capitals_of(region, states))


def as_capital(found: StateCapital, language: str) -> Capital:
    """A capital as the rules know it."""
    holidays = {day: name_in(names, language) for day, names in found.holidays.items()}
    return Capital(found.state, found.zone, found.rest_days, holidays)

"""States concerned by a record, and what they replied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from rtopnet.network.public import names_of
from rtopnet.sharing.models import Consultation, Reply, Waiver
from rtopnet.sharing.queries.records import database_now
from rtopnet.sharing.rules import Consulted, is_consulted


@dataclass(frozen=True)
class ConcernedState:
    """How far the consultation with a state has come, for the owner and for that state."""

    id: UUID
    record: UUID
    state: UUID
    state_names: dict[str, str]
    words: str
    told_at: datetime | None
    due_at: datetime | None
    waived_at: datetime | None
    waived_because: str
    """In sight of the owner's people alone."""
    has_replied: bool
    is_heard: bool
    owner_names: dict[str, str]


@dataclass(frozen=True)
class ReplyOnRecord:
    """What a state concerned had to say."""

    state_names: dict[str, str]
    body: str
    at: datetime


def consulted_states(record: UUID) -> list[tuple[UUID, Consulted]]:
    """How far each consultation about the record has come, as the acting account may see."""
    replied = set(Reply.objects.filter(record=record).values_list("state_id", flat=True))
    rows = Consultation.objects.filter(record=record).order_by("state__iso3")
    return [(row.state_id, _as_consulted(row, replied)) for row in rows]


def concerned_states(record: UUID) -> list[ConcernedState]:
    """The states concerned by a record, by code, with what they were told."""
    return _described(Consultation.objects.filter(record=record))


def consultations_asked_of(states: frozenset[UUID]) -> list[ConcernedState]:
    """Consultations that wait for, or were answered by, one of ``states``, the latest told first."""
    rows = Consultation.objects.filter(state_id__in=states, told_at__isnull=False)
    found = _described(rows)
    return sorted(found, key=lambda asked: asked.told_at or database_now(), reverse=True)


def consultation_in_sight(consultation: UUID) -> ConcernedState | None:
    """One consultation, where the acting account may know of it."""
    found = _described(Consultation.objects.filter(pk=consultation))
    return found[0] if found else None


def replies_on(record: UUID) -> list[ReplyOnRecord]:
    """What states concerned replied, in the order they did."""
    rows = Reply.objects.filter(record=record).select_related("state").order_by("at", "pk")
    return [ReplyOnRecord(row.state.names, row.body, row.at) for row in rows]


def _described(rows: QuerySet[Consultation]) -> list[ConcernedState]:
    now = database_now()
    found = list(rows.select_related("state").order_by("state__iso3", "pk"))
    replied = set(
        Reply.objects.filter(record__in=[row.record_id for row in found]).values_list("record_id", "state_id")
    )
    why = dict(_reasons([row.record_id for row in found]))
    owners = names_of({row.desk for row in found if row.desk})
    described = []
    for row in found:
        about = _as_consulted(row, {state for record, state in replied if record == row.record_id})
        described.append(
            ConcernedState(
                id=row.pk,
                record=row.record_id,
                state=row.state_id,
                state_names=row.state.names,
                words=row.words,
                told_at=row.told_at,
                due_at=row.due_at,
                waived_at=row.waived_at,
                waived_because=why.get((row.record_id, row.state_id), ""),
                has_replied=about.has_replied,
                is_heard=is_consulted(about, now),
                owner_names=owners.get(row.desk, {}) if row.desk else {},
            )
        )
    return described


def _reasons(records: list[UUID]) -> Iterator[tuple[tuple[UUID, UUID], str]]:
    for row in Waiver.objects.filter(record__in=records):
        yield (row.record_id, row.state_id), row.because


def _as_consulted(row: Consultation, replied: set[UUID]) -> Consulted:
    return Consulted(row.told_at, row.due_at, row.waived_at, row.state_id in replied)

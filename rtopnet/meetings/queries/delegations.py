"""What states answered to an invitation, for those who read that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.meetings.models import Delegate, Delegation, Meeting
from rtopnet.network.public import acting_desks, names_of, states_of
from rtopnet.sharing.public import Audience


@dataclass(frozen=True)
class DelegateLine:
    """Somebody whom a state sends."""

    name: str
    role: str
    credentials: str
    dietary: str
    access_needs: str


@dataclass(frozen=True)
class DelegationSheet:
    """A state's answer."""

    record: UUID
    meeting: UUID
    """The meeting's record."""
    state: UUID
    state_names: dict[str, str]
    coming: str
    answered_at: datetime
    delegates: tuple[DelegateLine, ...]


@dataclass(frozen=True)
class AwaitedState:
    """A state that was invited, and its answer where there is one; for the meeting's owner."""

    state: UUID
    names: dict[str, str]
    answer: DelegationSheet | None


def delegations_to(meeting: UUID) -> list[DelegationSheet]:
    """Answers to a meeting, as far as the acting account reads them, by state."""
    rows = Delegation.objects.filter(
        meeting__record=meeting, record__recalled_at__isnull=True, record__withdrawn_at__isnull=True
    )
    return _sheets(rows.order_by("state__iso3", "-answered_at"))


def delegation_sheet(record: UUID) -> DelegationSheet | None:
    """One answer, where the acting account reads it."""
    found = _sheets(Delegation.objects.filter(record=record))
    return found[0] if found else None


def awaited_states(meeting: UUID, audience: Audience, region: UUID) -> list[AwaitedState]:
    """Every state that ``audience`` invites to the meeting, with its answer as far as that is in sight."""
    answers = {answer.state: answer for answer in delegations_to(meeting)}
    states = [state for state in states_of(region) if audience.network or state.id in audience.states]
    return [AwaitedState(state.id, state.names, answers.get(state.id)) for state in states]


def own_answers(meetings: Iterable[UUID]) -> dict[tuple[UUID, UUID], str]:
    """What the states that the acting account decides for answered, by meeting (its record) and state."""
    rows = Delegation.objects.filter(
        meeting__record__in=list(meetings),
        state__in=acting_desks(),
        record__recalled_at__isnull=True,
        record__withdrawn_at__isnull=True,
    ).order_by("answered_at")
    found = rows.values_list("meeting__record_id", "state_id", "coming")
    return {(meeting, state): coming for meeting, state, coming in found}


def _sheets(rows: Iterable[Delegation]) -> list[DelegationSheet]:
    found = list(rows)
    people: dict[UUID, list[DelegateLine]] = {}
    for row in Delegate.objects.filter(delegation__in=found).order_by("place"):
        line = DelegateLine(row.name, row.role, row.credentials, row.dietary, row.access_needs)
        people.setdefault(row.delegation_id, []).append(line)
    names = names_of({row.state_id for row in found})
    meetings = _meetings(found)
    return [
        DelegationSheet(
            record=row.record_id,
            meeting=meetings.get(row.meeting_id, UUID(int=0)),
            state=row.state_id,
            state_names=names.get(row.state_id, {}),
            coming=row.coming,
            answered_at=row.answered_at,
            delegates=tuple(people.get(row.pk, ())),
        )
        for row in found
    ]


def _meetings(rows: Iterable[Delegation]) -> dict[UUID, UUID]:
    # One may read an answer and no longer the meeting, which then has no page.
    ids = {row.meeting_id for row in rows}
    return dict(Meeting.objects.filter(pk__in=ids).values_list("pk", "record_id"))

"""Requests for release: one's own, and those that wait for one's answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from rtopnet.kernel.acting import acting_account
from rtopnet.network.public import places_held
from rtopnet.sharing.models import ReleaseRequest
from rtopnet.sharing.queries.records import database_now
from rtopnet.sharing.queries.titles import titles_in_sight


@dataclass(frozen=True)
class AskedRelease:
    """A request for release, for who asked and for whom it waits."""

    id: UUID
    record: UUID
    record_title: str
    """Empty for who does not read the record."""
    asked_by: str
    asked_for: tuple[dict[str, str], ...]
    """The states or institutions whose posts the asker holds."""
    asked_at: datetime
    due_at: datetime
    reason: str
    granted: bool | None
    answer: str
    is_overdue: bool
    is_mine: bool
    """The acting account asked it."""


def requests_on(record: UUID) -> list[AskedRelease]:
    """Requests for a record's release, latest first: one's own, and for the owner's desk all."""
    return _described(ReleaseRequest.objects.filter(record=record))


def requests_in_sight() -> list[AskedRelease]:
    """Every request that the acting account made or may answer: unanswered first, by due time."""
    found = _described(ReleaseRequest.objects.all())
    return sorted(found, key=lambda asked: (asked.granted is not None, asked.due_at))


def request_in_sight(request: UUID) -> AskedRelease | None:
    """One request, where the acting account made it or may answer it."""
    found = _described(ReleaseRequest.objects.filter(pk=request))
    return found[0] if found else None


def _described(rows: QuerySet[ReleaseRequest]) -> list[AskedRelease]:
    found = list(rows.select_related("asked_by").order_by("-asked_at", "pk"))
    titles = titles_in_sight({row.record_id for row in found})
    me, now = acting_account(), database_now()
    return [
        AskedRelease(
            id=row.pk,
            record=row.record_id,
            record_title=titles.get(row.record_id, ""),
            asked_by=row.asked_by.name,
            asked_for=tuple(body.names for body in places_held(row.asked_by_id)),
            asked_at=row.asked_at,
            due_at=row.due_at,
            reason=row.reason,
            granted=row.granted,
            answer=row.answer,
            is_overdue=row.granted is None and row.due_at <= now,
            is_mine=row.asked_by_id == me,
        )
        for row in found
    ]

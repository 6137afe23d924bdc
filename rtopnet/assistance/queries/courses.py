"""The courses of requests, put together from what the asking state sees of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from rtopnet.assistance.models import Answer, Appraisal, Deployment, Offer, Participant, Progress
from rtopnet.assistance.rules.course import Course
from rtopnet.assistance.rules.words import Outcome
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import RecordNotInSightError

Instants = dict[UUID, datetime]


def course_of(record: UUID) -> Course:
    """The course of one request, for its state's own people.

    Raises:
        RecordNotInSightError: it is not in sight, or another's.
    """
    found = courses_of([record])
    if record not in found:
        raise RecordNotInSightError("There is nothing like that which you may know of.")
    return found[record]


def courses_of(records: Collection[UUID]) -> dict[UUID, Course]:
    """The courses of those of the requests that are the acting account's state's own.

    It asks the database as many questions whatever their number.
    """
    rows = list(Progress.objects.filter(record__in=records).select_related("record"))
    mine = [row.record_id for row in rows]
    offered, matched = _offers(mine)
    begun, appraised = _work(mine)
    return {
        row.record_id: Course(
            drafted_at=row.record.drafted_at,
            submitted_at=row.submitted_at,
            circulated_at=row.record.released_at,
            offered_at=offered.get(row.record_id),
            matched_at=matched.get(row.record_id),
            begun_at=begun.get(row.record_id),
            completed_at=row.completed_at,
            appraised_at=appraised.get(row.record_id) if row.completed_at else None,
            # A record can be recalled from its own page, too.
            withdrawn_at=row.withdrawn_at or row.record.recalled_at or row.record.withdrawn_at,
        )
        for row in rows
    }


def _offers(requests: Collection[UUID]) -> tuple[Instants, Instants]:
    """Since when each request has an offer that counts, and since when an accepted one."""
    offers = Offer.objects.filter(request__in=requests, open_from__isnull=False)
    rows = list(offers.values_list("record", "request", "open_from", "valid_until"))
    answers = {
        record: (outcome, at)
        for record, outcome, at in Answer.objects.filter(record__in=[row[0] for row in rows]).values_list(
            "record", "outcome", "at"
        )
    }
    offered, matched = [], []
    for record, request, at, valid_until in rows:
        outcome, answered_at = answers.get(record, ("", None))
        if outcome == Outcome.ACCEPTED and answered_at is not None:
            matched.append((request, answered_at))
        if at and (outcome == Outcome.ACCEPTED or (not outcome and valid_until >= today())):
            offered.append((request, at))
    return _earliest(offered), _earliest(matched)


def _work(requests: Collection[UUID]) -> tuple[Instants, Instants]:
    """Since when help is there, and when the last appraisal was given where none is missing."""
    works = list(
        Deployment.objects.filter(request__in=requests, begun_at__isnull=False).values_list(
            "record", "request", "begun_at", "desk"
        )
    )
    begun = _earliest((request, at) for _, request, at, _ in works if at)
    return begun, _appraised([(record, request, desk) for record, request, _, desk in works])


def _appraised(works: list[tuple[UUID, UUID, UUID | None]]) -> Instants:
    records = [record for record, _, _ in works]
    wanted: dict[UUID, set[tuple[UUID | None, UUID | None]]] = defaultdict(set)
    desks = {record: desk for record, _, desk in works}
    for record, body in (
        Participant.objects.filter(record__in=records).values_list("record", "body").distinct()
    ):
        wanted[record] |= {(desks[record], body), (body, desks[record])}
    given: dict[UUID, dict[tuple[UUID | None, UUID | None], datetime]] = defaultdict(dict)
    rows = Appraisal.objects.filter(deployment__in=records, open_from__isnull=False)
    for record, desk, about, at in rows.values_list("deployment", "desk", "about", "open_from"):
        if at is not None:
            given[record][(desk, about)] = at
    by_request: dict[UUID, list[datetime | None]] = defaultdict(list)
    for record, request, _ in works:
        by_request[request] += [given[record].get(pair) for pair in wanted[record]]
    whole = {request: found for request, found in by_request.items() if found and None not in found}
    return {request: max(at for at in found if at) for request, found in whole.items()}


def _earliest(pairs: Iterable[tuple[UUID, datetime]]) -> Instants:
    found: Instants = {}
    for request, at in pairs:
        found[request] = min(at, found.get(request, at))
    return found

"""Preparing an assessment: what is judged, who judges it, and opening the scoring."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Body, caller, desks_held, states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    Terms,
    Words,
    address_record,
    database_now,
    draft_record,
    name_concerned,
    release_record,
    revise_record,
)
from rtopnet.warning.assessments.models import Assessment, Assessor, Turn
from rtopnet.warning.assessments.queries.assessments import panel_of
from rtopnet.warning.assessments.queries.courses import course_of
from rtopnet.warning.assessments.record_kinds import KIND
from rtopnet.warning.assessments.rules.course import (
    FIRST,
    LEAST_ASSESSORS,
    MOST_ASSESSORS,
    Deed,
    PanelRefusedError,
    expect,
)
from rtopnet.warning.assessments.rules.profiles import Crime
from rtopnet.warning.assessments.services.sight import keep_deed, own, tell_assessors
from rtopnet.warning.indicators.public import kept_framework


class ScopeRefusedError(RuleBrokenError):
    """What is to be judged contradicts itself."""


@dataclass(frozen=True)
class Scope:
    """What is judged: a state of the region or a place in it, for which crimes, over which days."""

    title: str
    state: UUID
    starts_on: date
    ends_on: date
    closes_at: datetime
    """Until when scores of the first round are waited for."""
    assessors: Sequence[UUID]
    """Accounts; their order tells nothing."""
    body: str = ""
    place: str = ""
    crimes: Sequence[Crime] = tuple(Crime)


def draft_assessment(*, by: UUID, owner: UUID, scope: Scope, marking: Marking = Marking.AMBER) -> UUID:
    """Begin an assessment of ``owner``, a state or institution that ``by`` decides for; the record it is.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        PanelRefusedError: the assessors are too few, too many, or hold no post in the region.
        ScopeRefusedError: what is to be judged contradicts itself.
    """
    with acting_as(by):
        body = _desk(by, owner)
        region = caller(by).region
        _expect_sound(scope, region.id)
        kept = kept_framework(region)
        record = draft_record(
            by=by,
            terms=Terms(KIND, marking),
            words=Words(scope.title, scope.body),
            state=owner if body.is_state else None,
            institution=None if body.is_state else owner,
        )
        row = Assessment.objects.create(
            record_id=record,
            framework_sha256=kept.version.sha256,
            framework_label=kept.version.label,
            framework=kept.content,
            **_columns(scope),
        )
        _seat(record, scope.assessors)
        name_concerned(by=by, record=record, states=frozenset({scope.state}))
        row.refresh_from_db()
        keep_deed("drafted", row)
        return record


def revise_assessment(*, by: UUID, record: UUID, scope: Scope) -> None:
    """Write the draft anew, its assessors too.

    Raises:
        PanelRefusedError: the assessors are too few, too many, or hold no post in the region.
        ScopeRefusedError: what is to be judged contradicts itself.
        StageRefusedError: scoring has begun.
    """
    with acting_as(by):
        row = own(record)
        expect(course_of(record), Deed.PREPARE)
        _expect_sound(scope, row.record.region_id)
        revise_record(by=by, record=record, words=Words(scope.title, scope.body))
        Assessment.objects.filter(pk=row.pk).update(**_columns(scope))
        Assessor.objects.filter(record_id=record).delete()
        _seat(record, scope.assessors)
        name_concerned(by=by, record=record, states=frozenset({scope.state}))
        keep_deed("revised", row)


def open_scoring(*, by: UUID, record: UUID) -> None:
    """Let the assessors read what is asked of them, and score; nobody else reads it by that.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        ScopeRefusedError: the day until which scores are waited for is over.
        StageRefusedError: scoring has begun.
    """
    with acting_as(by):
        row = own(record)
        expect(course_of(record), Deed.OPEN)
        at = database_now()
        if row.closes_at <= at:
            raise ScopeRefusedError("closes: that day is over; choose a later one.")
        panel = panel_of(record)
        address_record(by=by, record=record, audience=Audience(persons=frozenset(panel)))
        release_record(by=by, record=record)
        Turn.objects.create(record_id=record, number=FIRST, opened_at=at, closes_at=row.closes_at)
        row.refresh_from_db()
        keep_deed("opened", row)
        tell_assessors("asked", row, panel, due_at=row.closes_at)


def _desk(by: UUID, owner: UUID) -> Body:
    body = next((body for body in desks_held(by) if body.id == owner), None)
    if body is None:
        raise OwnerDecidesError("Only the focal point, a deputy or the institution's own desk may do this.")
    return body


def _expect_sound(scope: Scope, region: UUID) -> None:
    if scope.state not in {state.id for state in states_of(region)}:
        raise ScopeRefusedError("state: choose one of the region's states.")
    if scope.ends_on < scope.starts_on:
        raise ScopeRefusedError("until: it must not be before the first day.")
    if not scope.crimes:
        raise ScopeRefusedError("crimes: choose at least one.")
    if not LEAST_ASSESSORS <= len(set(scope.assessors)) <= MOST_ASSESSORS:
        raise PanelRefusedError(f"assessors: choose {LEAST_ASSESSORS} to {MOST_ASSESSORS}.")


def _columns(scope: Scope) -> dict[str, object]:
    return {
        "state_id": scope.state,
        "place": scope.place.strip(),
        "crimes": [crime.value for crime in Crime if crime in set(scope.crimes)],
        "starts_on": scope.starts_on,
        "ends_on": scope.ends_on,
        "closes_at": scope.closes_at,
        "panel_size": len(set(scope.assessors)),
        "bodies": sorted({_body_of(account) for account in set(scope.assessors)}),
    }


def _body_of(account: UUID) -> UUID:
    """The state, or else the institution, that an assessor comes from."""
    found = next((post.state or post.institution for post in caller(account).posts), None)
    if found is None:
        raise PanelRefusedError("assessors: each has to hold a post in the region.")
    return found


def _seat(record: UUID, accounts: Sequence[UUID]) -> None:
    """Give each a number drawn at random, so that numbers tell nothing."""
    drawn = list(set(accounts))
    secrets.SystemRandom().shuffle(drawn)
    for number, account in enumerate(drawn, start=1):
        Assessor.objects.create(record_id=record, account_id=account, number=number)

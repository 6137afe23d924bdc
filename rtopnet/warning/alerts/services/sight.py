"""What every verb on a warning begins and ends with: what is in sight, the ledger, telling desks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.sharing.public import (
    OfRecord,
    OwnerDecidesError,
    RecordNotInSightError,
    acting_principals,
    books_for,
    concerned_states,
    database_now,
    tell_desks,
)
from rtopnet.warning.alerts.agreed import agreed_terms
from rtopnet.warning.alerts.models import Alert, Milestone
from rtopnet.warning.alerts.queries.courses import stage_of
from rtopnet.warning.alerts.rules.course import Course, Deed, Stage, due_at, expect
from rtopnet.warning.alerts.rules.terms import AgreedTerms

NOT_IN_SIGHT = "There is nothing like that which you may know of."


def not_in_sight() -> RecordNotInSightError:
    """What is absent and what is not for the acting account, in the same words."""
    return RecordNotInSightError(NOT_IN_SIGHT)


def alert_in_sight(record: UUID) -> Alert:
    """The warning, where the acting account reads it.

    Raises:
        RecordNotInSightError: it does not, or there is none.
    """
    row = Alert.objects.filter(record_id=record).select_related("record__region").first()
    if row is None:
        raise not_in_sight()
    return row


def own_alert(record: UUID, *, decides: bool = True) -> Alert:
    """The warning, for its owner's own people.

    Raises:
        OwnerDecidesError: the acting account is not the owner's desk.
        RecordNotInSightError: it is not in sight, or another's.
    """
    row = alert_in_sight(record)
    mine = acting_principals()
    if row.owner not in mine:
        raise not_in_sight()
    if decides and row.desk not in mine:
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")
    return row


def course_of(row: Alert) -> Course:
    """Where the warning stands, and what decides about its next stage."""
    others = [one for one in concerned_states(row.record_id) if one.state != row.desk]
    return Course(
        stage=stage_of(row.record_id),
        concerns_others=bool(others),
        all_heard=all(one.is_heard for one in others),
    )


def expect_deed(row: Alert, deed: Deed) -> Course:
    """Refuse a deed out of its time; where the warning stands.

    Raises:
        AlertStageError: it is not there yet, or is beyond it.
    """
    course = course_of(row)
    expect(course, deed)
    return course


def terms_of(row: Alert) -> AgreedTerms:
    """What the warning's region agreed on."""
    return agreed_terms(row.record.region.slug)


def reach(row: Alert, stage: Stage, *, body: UUID | None, words: str = "") -> datetime | None:
    """Put on the line of time that the warning came to ``stage``; by when that should be over."""
    at = database_now()
    due = due_at(stage, at, terms_of(row).hours)
    Milestone.objects.create(
        record_id=row.record_id, kind=stage.value, at=at, due_at=due, body=body, words=words
    )
    return due


def keep_deed(
    verb: str,
    row: OfRecord,
    *,
    also: Collection[UUID] = (),
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    """Keep a deed in the ledger: in the books of the owner, of who acts, and of those ``also`` in it."""
    record_deed(
        verb=verb,
        kind="alerts.warning",
        subject=row.record_id,
        region=row.record.region_id,
        detail=detail,
        books=sorted({*books_for(row), *also}),
        in_own_books=False,
    )


def tell(
    about: str,
    bodies: Collection[UUID],
    row: OfRecord,
    *,
    who: UUID | None = None,
    due: datetime | None = None,
) -> None:
    """Tell the desks of ``bodies`` what happened, by a notice that holds ids alone."""
    tell_desks(
        kind=f"alerts.{about}",
        bodies=bodies,
        region=row.record.region_id,
        subject=row.record_id,
        subject_kind="alerts.warning",
        who=who or row.desk,
        due_at=due,
    )

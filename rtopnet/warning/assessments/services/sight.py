"""What every verb of the room begins and ends with: what is in sight, who decides, the ledger, notices."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.network.public import give_notice
from rtopnet.sharing.public import (
    OwnerDecidesError,
    RecordNotInSightError,
    acting_principals,
    books_for,
    tell_desks,
)
from rtopnet.warning.assessments.models import Assessment, Assessor
from rtopnet.warning.assessments.notices import SUBJECT

NOT_IN_SIGHT = "There is nothing like that which you may know of."


def in_sight(record: UUID) -> Assessment:
    """The assessment, where the acting account reads it.

    Raises:
        RecordNotInSightError: there is none to know of.
    """
    row = Assessment.objects.filter(record_id=record).select_related("record").first()
    if row is None:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return row


def own(record: UUID, *, decides: bool = True) -> Assessment:
    """The assessment, for its owner's people or, with ``decides``, its desk.

    Raises:
        RecordNotInSightError: it is not in sight, or another's.
        OwnerDecidesError: the acting account does not decide for the owner.
    """
    row, mine = in_sight(record), acting_principals()
    if row.owner not in mine:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    if decides and row.desk not in mine:
        raise OwnerDecidesError("Only the owner's focal point, a deputy or its own desk may do this.")
    return row


def seat_of(record: UUID, account: UUID) -> Assessor:
    """The account's seat among the assessors.

    Raises:
        RecordNotInSightError: it has none, or does not read the assessment.
    """
    in_sight(record)
    seat = Assessor.objects.filter(record_id=record, account_id=account).select_related("record").first()
    if seat is None:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return seat


def keep_deed(verb: str, row: Assessment, detail: Mapping[str, str | int | None] | None = None) -> None:
    """Keep a deed in the ledger: in the owner's books, and the actor's as far as these know of it."""
    _keep(verb, row.record_id, row.record.region_id, books_for(row), detail)


def keep_in_owners_book(verb: str, seat: Assessor) -> None:
    """Keep an assessor's deed that the owner may know of; not in the book of the assessor's own body."""
    _keep(verb, seat.record_id, seat.record.region_id, [seat.desk] if seat.desk else [], None)


def keep_in_no_book(verb: str, seat: Assessor) -> None:
    """Keep a deed that nobody but its assessor may know of, in the chain alone."""
    _keep(verb, seat.record_id, seat.record.region_id, [], None)


def tell_assessors(
    about: str, row: Assessment, accounts: Collection[UUID], *, due_at: datetime | None = None
) -> None:
    """Tell the assessors what happened, by a notice that holds ids alone."""
    give_notice(
        kind=f"assessments.{about}",
        accounts=accounts,
        region=row.record.region_id,
        subject_kind=SUBJECT,
        subject=row.record_id,
        who=row.desk,
        due_at=due_at,
    )


def tell_owner(about: str, seat: Assessor) -> None:
    """Tell the owner's desk."""
    tell_desks(
        kind=f"assessments.{about}",
        bodies=[seat.desk] if seat.desk else [],
        region=seat.record.region_id,
        subject=seat.record_id,
        subject_kind=SUBJECT,
        who=seat.desk,
    )


def _keep(
    verb: str,
    record: UUID,
    region: UUID,
    books: Collection[UUID],
    detail: Mapping[str, str | int | None] | None,
) -> None:
    record_deed(
        verb=verb,
        kind=SUBJECT,
        subject=record,
        region=region,
        detail=detail,
        books=sorted(books),
        in_own_books=False,
    )

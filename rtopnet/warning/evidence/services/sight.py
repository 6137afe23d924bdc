"""What every verb of the room begins and ends with: what is in sight, the ledger, the chain of custody."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_account
from rtopnet.sharing.public import (
    OfRecord,
    OwnerDecidesError,
    RecordNotInSightError,
    acting_principals,
    books_for,
    database_now,
)
from rtopnet.warning.evidence.models import CustodyStep, FieldReport
from rtopnet.warning.evidence.rules.words import Step

NOT_IN_SIGHT = "There is no such report that you may know of."


def not_in_sight() -> RecordNotInSightError:
    """What is absent and what is not for the acting account, in the same words."""
    return RecordNotInSightError(NOT_IN_SIGHT)


def report_row(record: UUID) -> FieldReport:
    """The report, where the acting account reads it.

    Raises:
        RecordNotInSightError: it does not.
    """
    row = FieldReport.objects.filter(record_id=record).select_related("record").first()
    if row is None:
        raise not_in_sight()
    return row


def own_report(record: UUID) -> FieldReport:
    """The report, for its owner's own people.

    Raises:
        RecordNotInSightError: it is not in sight, or another's.
    """
    row = report_row(record)
    if row.owner not in acting_principals():
        raise not_in_sight()
    return row


def keep_deed(
    verb: str, row: OfRecord, *, kind: str = "report", detail: Mapping[str, str | int | None] | None = None
) -> None:
    """Keep a deed in the ledger: in the books of the owner, and of who acts as far as addressed."""
    record_deed(
        verb=verb,
        kind=f"evidence.{kind}",
        subject=row.record_id,
        region=row.record.region_id,
        detail=detail,
        books=books_for(row),
        in_own_books=False,
    )


def keep_step(
    record: UUID,
    what: Step,
    *,
    item: UUID | None = None,
    sha256: str = "",
    holder: str = "",
    note: str = "",
    happened_on: date | None = None,
) -> None:
    """Add a step to the chain of custody, by the acting account, now."""
    CustodyStep.objects.create(
        record_id=record,
        what=what.value,
        item=item,
        sha256=sha256,
        holder=holder,
        note=note,
        happened_on=happened_on,
        by_id=actor(),
        at=database_now(),
    )


def actor() -> UUID:
    """The acting account.

    Raises:
        OwnerDecidesError: nobody acts.
    """
    account = acting_account()
    if account is None:
        raise OwnerDecidesError("Somebody has to act.")
    return account

"""What every verb of the room begins and ends with: what is in sight, the ledger, telling desks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_account
from rtopnet.sharing.public import (
    OfRecord,
    OwnerDecidesError,
    RecordNotInSightError,
    acting_principals,
    books_for,
    tell_desks,
)

NOT_IN_SIGHT = "There is nothing like that which you may know of."


def not_in_sight() -> RecordNotInSightError:
    """What is absent and what is not for the acting account, in the same words."""
    return RecordNotInSightError(NOT_IN_SIGHT)


def expect_desk(row: OfRecord) -> None:
    """Refuse whoever does not decide for the row's owner.

    Raises:
        OwnerDecidesError: the acting account is not the owner's desk.
    """
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")


def keep_deed(
    verb: str,
    kind: str,
    row: OfRecord,
    *,
    also: Collection[UUID] = (),
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    """Keep a deed in the ledger: in the books of the owner, of who acts, and of those ``also`` in it."""
    record_deed(
        verb=verb,
        kind=f"assistance.{kind}",
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
    subject_kind: str = "request",
    subject: UUID | None = None,
    who: UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Tell the desks of ``bodies`` what happened, by a notice that holds ids alone."""
    tell_desks(
        kind=f"assistance.{about}",
        bodies=bodies,
        region=row.record.region_id,
        subject=subject or row.record_id,
        subject_kind=f"assistance.{subject_kind}",
        who=who or row.desk,
        due_at=due_at,
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

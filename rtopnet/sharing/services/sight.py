"""What every verb on a record begins and ends with: finding it, the right to decide, the ledger."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from rtopnet.audit.public import books_of, record_deed
from rtopnet.kernel.acting import acting_account, acting_as
from rtopnet.kernel.events import publish
from rtopnet.network.public import places_held
from rtopnet.sharing.deciding import Deciding
from rtopnet.sharing.events import OfARecord
from rtopnet.sharing.holding import held_because
from rtopnet.sharing.models import Record
from rtopnet.sharing.queries import acting_principals, decides_for, people_of
from rtopnet.sharing.rules import (
    OwnerDecidesError,
    RecordClosedError,
    RecordHeldError,
    RecordNotInSightError,
)

NOT_IN_SIGHT = "There is no such record that you may know of."


@contextmanager
def at_the_desk(by: UUID, record: UUID) -> Iterator[Record]:
    """Act as the owner's desk on the record, alone until the transaction ends."""
    with acting_as(by):
        yield own_in_sight(record, must_decide=True)


def in_sight(record: UUID) -> Record:
    """The record, where the acting account reads it.

    Raises:
        RecordNotInSightError: there is none to know of.
    """
    row = Record.objects.filter(pk=record).first()
    if row is None:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return row


def own_in_sight(record: UUID, *, must_decide: bool) -> Record:
    """The record, for its owner's people alone; locked for the desk.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: the acting account is not of the owner's people, or not its desk.
    """
    row = in_sight(record)
    if must_decide:
        expect_desk(row)
        # Two who decide at once take turns; only the desk may lock.
        return Record.objects.select_for_update().get(pk=record)
    if row.owner not in acting_principals() or not may_draft_for(row.desk):
        raise OwnerDecidesError("Only the owner's people may revise the record.")
    return row


def may_draft_for(body: UUID | None) -> bool:
    """Whether the acting account writes drafts of the state or institution: its desk, and whom that lets."""
    account = acting_account()
    if account is None or body is None:
        return False
    return body in acting_principals() or body in {place.id for place in places_held(account)}


def expect_desk(row: Deciding) -> None:
    """Refuse whoever does not decide for the owner."""
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")


def expect_body(body: UUID) -> None:
    """Refuse whoever does not decide for ``body``.

    Raises:
        OwnerDecidesError: the acting account is not its desk, or it is no state or institution.
    """
    if not decides_for(body):
        raise OwnerDecidesError("Only the focal point, a deputy or the institution's own desk may do this.")


def expect_open(row: Record) -> None:
    """Refuse a record that was recalled or withdrawn, or that a room above holds."""
    if row.recalled_at is not None or row.withdrawn_at is not None:
        raise RecordClosedError("The record was recalled or withdrawn; draft a new one.")
    expect_free(row.pk)


def expect_free(record: UUID) -> None:
    """Refuse a record that a room above holds as it is."""
    if why := held_because(record):
        raise RecordHeldError(why)


def tell(
    verb: str, row: Record, event: OfARecord, detail: Mapping[str, str | int | None] | None = None
) -> None:
    """Keep the deed in the ledger, and publish what happened once it is committed."""
    keep_deed(verb, row, detail)
    publish(event)


def keep_deed(verb: str, row: Record, detail: Mapping[str, str | int | None] | None = None) -> None:
    """Keep the deed in the ledger."""
    record_deed(
        verb=verb,
        kind="sharing.record",
        subject=row.pk,
        region=row.region_id,
        detail=detail,
        books=books_for(row),
        in_own_books=False,
    )


def books_for(row: Deciding) -> list[UUID]:
    """Whose books a deed on the row goes into: its owner's, and the actor's bodies' as far as addressed.

    What was addressed to a person, or to a ministry and not its state, must not show in the state's book.
    """
    actor = acting_account()
    mine = books_of(actor) if actor else []
    addressed = {body for body in mine if {body, people_of(body)} & {row.desk, *row.readers}}
    return [body for body in {row.desk, *addressed} if body]

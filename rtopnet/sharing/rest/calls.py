"""What the calls of records share: who calls and what they find."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest

from rtopnet.kernel.problems import NOTHING_HERE, Problem
from rtopnet.network.public import token_of
from rtopnet.sharing import public as records


def caller_of(request: HttpRequest) -> UUID:
    """The account that the call acts as."""
    return token_of(request).account


def found_record(record: UUID, version: int | None = None) -> records.ListedRecord:
    """The record in the caller's sight.

    Raises:
        Problem: 404, there is none.
    """
    found = records.record_in_full(record, version)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)
    return found


def expect_desk(record: UUID) -> None:
    """Refuse whoever doesn't decide for the record's owner.

    Raises:
        Problem: 404, the record is not in sight.
        OwnerDecidesError: it is, and the caller does not decide for its owner.
    """
    found = found_record(record)
    if found.own is None or not found.own.may_decide:
        raise records.OwnerDecidesError("Only the owner's focal point or deputy may see this.")

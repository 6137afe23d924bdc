"""What the calls of records share: who calls, what they find, and where the next page begins."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from rtopnet.kernel.problems import NOTHING_HERE, Problem
from rtopnet.kernel.wire import page_mark, place_of
from rtopnet.network.public import token_of
from rtopnet.sharing import public as records
from rtopnet.sharing.wire import PageIn


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


def place_after(request: HttpRequest, asked: PageIn, kind: type[date]) -> Any:
    """Where the page begins that is asked for, as the query takes it.

    Raises:
        MarkNotOursError: the mark was not given to this caller for this list.
    """
    if asked.after is None:
        return None
    place, last = place_of(asked.after, caller_of(request), request.path_info)
    return kind.fromisoformat(place), UUID(last)


def next_mark(request: HttpRequest, rows: Sequence[Any], shown: Sequence[Any]) -> str | None:
    """The mark of the page after ``shown``, where ``rows`` hold one more than that."""
    if len(rows) == len(shown):
        return None
    (place, last), _ = shown[-1]
    return page_mark(caller_of(request), request.path_info, [place.isoformat(), str(last)])

"""Records that one may know of, and asking to read them."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from rtopnet.kernel.problems import NOTHING_HERE, Problem
from rtopnet.kernel.wire import PageIn
from rtopnet.network.public import KEY_HEADER, Scope, needs, next_mark, once, place_after
from rtopnet.sharing import public as records
from rtopnet.sharing.rest.calls import caller_of
from rtopnet.sharing.wire import AnswerIn, AskIn, ExistencePage, MadeOut, RequestOut, RequestPage

router = Router(tags=["asking"])


@router.get(
    "/known-records",
    response=ExistencePage,
    operation_id="known_records",
    summary="Records that you may know of",
    **needs(Scope.RECORDS_READ),
)
def known_records(request: HttpRequest, asked: Query[PageIn]) -> dict[str, Any]:
    """Released records that you may know of, read or not, and what became of them; the latest day first."""
    rows = records.known_page(after=place_after(request, asked, date), size=asked.size + 1)
    shown = rows[: asked.size]
    return {"items": [found for _, found in shown], "next": next_mark(request, rows, shown)}


@router.post(
    "/records/{uuid:record}/requests",
    response={201: MadeOut},
    operation_id="request_release",
    summary="Ask to read a record",
    **needs(Scope.RECORDS_WRITE, headers=[KEY_HEADER]),
)
@once
def request_release(request: HttpRequest, record: UUID, asking: AskIn) -> Status[MadeOut]:
    """Ask the owner of a record that you know of to let you read it."""
    made = records.request_release(by=caller_of(request), record=record, reason=asking.reason)
    return Status(HTTPStatus.CREATED, MadeOut(id=made))


@router.get(
    "/requests",
    response=RequestPage,
    operation_id="requests",
    summary="Requests for release",
    **needs(Scope.RECORDS_READ),
)
def requests(request: HttpRequest, asked: Query[PageIn]) -> dict[str, Any]:
    """Requests that you made, and those that your desk is to answer; the latest first."""
    after = place_after(request, asked, datetime)
    rows = records.requests_page(by=caller_of(request), after=after, size=asked.size + 1)
    shown = rows[: asked.size]
    return {"items": [found for _, found in shown], "next": next_mark(request, rows, shown)}


@router.get(
    "/requests/{uuid:asked}",
    response=RequestOut,
    operation_id="request",
    summary="One request for release",
    **needs(Scope.RECORDS_READ),
)
def one_request(request: HttpRequest, asked: UUID) -> Any:
    """A request that you made, or that your desk is to answer."""
    found = records.request_for_release(asked, by=caller_of(request))
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)
    return found


@router.post(
    "/requests/{uuid:asked}/answer",
    response={204: None},
    operation_id="answer_request",
    summary="Answer a request for release",
    **needs(Scope.RECORDS_RELEASE),
)
def answer_request(request: HttpRequest, asked: UUID, given: AnswerIn) -> Status[None]:
    """Grant or refuse; granting names the asker among the record's addressees."""
    records.answer_request(by=caller_of(request), request=asked, granted=given.granted, answer=given.answer)
    return Status(HTTPStatus.NO_CONTENT, None)

"""The API's part of advice: what an office takes, acknowledges and answers by program."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from rtopnet.advice import public as advice
from rtopnet.advice.wire import (
    AdviceAnswerIn,
    AdviceFileOut,
    AdviceOut,
    AdvicePage,
    AdviceWordsIn,
    advice_out,
    files_out,
    listed_out,
)
from rtopnet.kernel.problems import NOTHING_HERE, Problem
from rtopnet.kernel.wire import PageIn
from rtopnet.network.public import KEY_HEADER, Scope, needs, next_mark, once, place_after, token_of
from rtopnet.sharing.public import note_reading

router = Router(tags=["advice"])


@router.get(
    "/advice",
    response=AdvicePage,
    operation_id="list_advice",
    summary="Advice that was transmitted",
    **needs(Scope.RECORDS_READ),
)
def list_advice(request: HttpRequest, asked: Query[PageIn]) -> AdvicePage:
    """Transmissions in your sight, the latest first, a page at a time. There is no total."""
    rows = advice.transmissions_page(after=place_after(request, asked, datetime), size=asked.size + 1)
    shown = rows[: asked.size]
    return AdvicePage(items=[listed_out(line) for _, line in shown], next=next_mark(request, rows, shown))


@router.get(
    "/advice/{uuid:sent}",
    response=AdviceOut,
    operation_id="advice",
    summary="One transmission",
    **needs(Scope.RECORDS_READ),
)
def one_advice(request: HttpRequest, sent: UUID) -> AdviceOut:
    """The text as it was cleared, with its reservations, and what came of it."""
    page = _found(sent)
    note_reading(by=token_of(request).account, record=sent)
    return advice_out(page)


@router.get(
    "/advice/{uuid:sent}/files",
    response=list[AdviceFileOut],
    operation_id="advice_files",
    summary="The signed files of a transmission",
    **needs(Scope.RECORDS_READ),
)
def advice_files(request: HttpRequest, sent: UUID) -> list[AdviceFileOut]:
    """PDF, STIX bundle, manifest, and the signature of each, byte for byte as they were signed."""
    page = _found(sent)
    note_reading(by=token_of(request).account, record=sent, how="exported")
    return files_out(page)


@router.post(
    "/advice/{uuid:sent}/acknowledgement",
    response={204: None},
    operation_id="acknowledge_advice",
    summary="Acknowledge a transmission",
    **needs(Scope.RECORDS_WRITE),
)
def acknowledge_advice(request: HttpRequest, sent: UUID, said: AdviceWordsIn) -> Status[None]:
    """Say for your office that it received it, once."""
    advice.acknowledge_advice(by=token_of(request).account, record=sent, words=said.words)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/advice/{uuid:sent}/answers",
    response={204: None},
    operation_id="answer_advice",
    summary="Answer a transmission",
    **needs(Scope.RECORDS_WRITE, headers=[KEY_HEADER]),
)
@once
def answer_advice(request: HttpRequest, sent: UUID, said: AdviceAnswerIn) -> Status[None]:
    """Answer for your office; acknowledge it first. Whoever reads the transmission reads the answer."""
    advice.answer_advice(by=token_of(request).account, record=sent, words=said.words)
    return Status(HTTPStatus.NO_CONTENT, None)


def _found(sent: UUID) -> advice.SentPage:
    page = advice.sent_page(sent)
    if page is None:
        raise Problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)
    return page

"""States concerned by a record and their replies; receipts after a recall."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from rtopnet.kernel.wire import Incoming, ShortWords
from rtopnet.network.public import KEY_HEADER, Scope, desks_held, needs, once
from rtopnet.sharing import public as records
from rtopnet.sharing.rest.calls import caller_of, expect_desk, found_record
from rtopnet.sharing.wire import MadeOut

router = Router(tags=["consulting"])
Needed = Annotated[ShortWords, Field(min_length=1)]


class ConcernedIn(Incoming):
    """Ids of the states that the record concerns."""

    states: Annotated[list[UUID], Field(max_length=500)]


class TellIn(Incoming):
    """What a state concerned is to know of the record."""

    words: Needed


class WaiveIn(Incoming):
    """Who would be endangered by waiting, and how."""

    because: Needed


class ReplyIn(Incoming):
    """What a state concerned has to say."""

    body: Needed


class SignIn(Incoming):
    """What became of the copies of a recalled record."""

    became: records.Became
    note: ShortWords = ""


class AskedOut(Schema):
    """How far a consultation has come, for the state concerned."""

    id: UUID
    record: UUID
    state: UUID
    words: str
    told_at: datetime | None
    due_at: datetime | None
    waived_at: datetime | None
    has_replied: bool
    is_heard: bool


class ConcernedOut(AskedOut):
    """How far a consultation has come, for the owner, who alone reads why it did not wait."""

    waived_because: str


class ReceiptOut(Schema):
    """Whether a state or institution has said what became of its copies."""

    id: UUID
    record: UUID
    body: UUID
    due_at: datetime
    became: str
    note: str
    signed_at: datetime | None
    is_overdue: bool


@router.get(
    "/records/{uuid:record}/concerned",
    response=list[ConcernedOut],
    operation_id="concerned",
    summary="States concerned by a record",
    **needs(Scope.RECORDS_READ),
)
def concerned(request: HttpRequest, record: UUID) -> Any:  # noqa: ARG001 -- the database knows who asks
    """States that the record concerns and what they were told, for its owner's people."""
    found_record(record)
    return records.concerned_states(record)


@router.put(
    "/records/{uuid:record}/concerned",
    response={204: None},
    operation_id="name_concerned",
    summary="Name the states concerned",
    **needs(Scope.RECORDS_RELEASE),
)
def name_concerned(request: HttpRequest, record: UUID, given: ConcernedIn) -> Status[None]:
    """Say which states the record concerns, in place of before; those already told stay."""
    records.name_concerned(by=caller_of(request), record=record, states=frozenset(given.states))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/records/{uuid:record}/concerned/{uuid:state}/consult",
    response={204: None},
    operation_id="consult_state",
    summary="Tell a state concerned",
    **needs(Scope.RECORDS_RELEASE),
)
def consult(request: HttpRequest, record: UUID, state: UUID, given: TellIn) -> Status[None]:
    """Tell a state concerned, in words that protect sources; its 72 hours to reply run from now."""
    records.consult_state(by=caller_of(request), record=record, state=state, words=given.words)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/records/{uuid:record}/concerned/{uuid:state}/waive",
    response={204: None},
    operation_id="waive_waiting",
    summary="Release without waiting",
    **needs(Scope.RECORDS_RELEASE),
)
def waive(request: HttpRequest, record: UUID, state: UUID, given: WaiveIn) -> Status[None]:
    """Record why people would be endangered by waiting for the reply; the state can still reply."""
    records.waive_waiting(by=caller_of(request), record=record, state=state, because=given.because)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/consultations",
    response=list[AskedOut],
    operation_id="consultations",
    summary="Consultations of your state",
    **needs(Scope.RECORDS_READ),
)
def consultations(request: HttpRequest) -> Any:
    """What your state is told as a state concerned, the latest first."""
    return records.consultations_asked_of(_bodies(request))


@router.post(
    "/consultations/{uuid:consultation}/reply",
    response={201: MadeOut},
    operation_id="reply",
    summary="Reply as a state concerned",
    **needs(Scope.RECORDS_RELEASE, headers=[KEY_HEADER]),
)
@once
def reply(request: HttpRequest, consultation: UUID, given: ReplyIn) -> Status[MadeOut]:
    """Reply for your state; the reply stays attached to the record for every reader."""
    made = records.reply_as_concerned(by=caller_of(request), consultation=consultation, body=given.body)
    return Status(HTTPStatus.CREATED, MadeOut(id=made))


@router.get(
    "/records/{uuid:record}/receipts",
    response=list[ReceiptOut],
    operation_id="receipts_of_record",
    summary="Receipts after a recall",
    **needs(Scope.LEDGER_READ),
)
def receipts_of_record(request: HttpRequest, record: UUID) -> Any:  # noqa: ARG001 -- the database knows
    """Who has said what became of copies, and who not yet; for the owner's desk alone."""
    expect_desk(record)
    return records.receipts_of(record)


@router.get(
    "/receipts",
    response=list[ReceiptOut],
    operation_id="receipts",
    summary="Receipts asked of you",
    **needs(Scope.RECORDS_READ),
)
def receipts(request: HttpRequest) -> Any:
    """Receipts that your state or institution is asked for, unsigned ones first."""
    return records.receipts_asked_of(_bodies(request))


@router.post(
    "/receipts/{uuid:receipt}/sign",
    response={204: None},
    operation_id="sign_receipt",
    summary="Sign a receipt",
    **needs(Scope.RECORDS_RELEASE),
)
def sign_receipt(request: HttpRequest, receipt: UUID, given: SignIn) -> Status[None]:
    """Say for your state or institution what became of the copies it had."""
    records.sign_receipt(by=caller_of(request), receipt=receipt, became=given.became, note=given.note)
    return Status(HTTPStatus.NO_CONTENT, None)


def _bodies(request: HttpRequest) -> frozenset[UUID]:
    return frozenset(body.id for body in desks_held(caller_of(request)))

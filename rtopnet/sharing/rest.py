"""The API's part of records: reading, writing, releasing, taking back, asking."""

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from rtopnet.kernel.problems import NOTHING_HERE, Problem
from rtopnet.kernel.wire import page_mark, place_of
from rtopnet.network.public import KEY_HEADER, Scope, expect_scope, needs, once, token_of
from rtopnet.sharing import public as records
from rtopnet.sharing.wire import (
    AnswerIn,
    AskIn,
    AudienceIn,
    DraftIn,
    ExistencePage,
    MadeOut,
    PageIn,
    ReadershipOut,
    ReadingOut,
    RecordOut,
    RecordPage,
    RecordsIn,
    RequestOut,
    RequestPage,
    RevisedOut,
    ReviseIn,
    VersionOut,
    audience_of,
    listed_out,
    marking_of,
    record_out,
    version_out,
)

router = Router(tags=["records"])
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "The ETag of the words that you had before you.",
}


@router.get(
    "/records",
    response=RecordPage,
    operation_id="list_records",
    summary="Records that you may read",
    **needs(Scope.RECORDS_READ),
)
def list_records(request: HttpRequest, asked: Query[RecordsIn]) -> RecordPage:
    """Records in your sight, the latest drafted first, a page at a time. There is no total."""
    wanted = records.Wanted(
        kind=asked.kind,
        marking=marking_of(asked.marking) if asked.marking else None,
        owner=asked.owner,
        is_own=asked.own,
    )
    rows = records.records_page(wanted=wanted, after=_place(request, asked, datetime), size=asked.size + 1)
    shown = rows[: asked.size]
    return RecordPage(items=[listed_out(found) for _, found in shown], next=_next(request, rows, shown))


@router.post(
    "/records",
    response={201: MadeOut},
    operation_id="draft_record",
    summary="Draft a record",
    **needs(Scope.RECORDS_WRITE, headers=[KEY_HEADER]),
)
@once
def draft_record(request: HttpRequest, response: HttpResponse, draft: DraftIn) -> Status[MadeOut]:
    """Begin a record of your state or institution. Nobody else knows of it until it is released."""
    made = records.draft_record(
        by=_by(request),
        terms=records.Terms(
            kind=draft.kind,
            marking=marking_of(draft.marking),
            chatham_house=draft.chatham_house,
            open_to_contributors=draft.open_to_contributors,
            existence_only=draft.existence_only,
            embargo_until=draft.embargo_until,
            expires_at=draft.expires_at,
        ),
        words=records.Words(draft.title, draft.body),
        state=draft.state,
        institution=draft.institution,
    )
    response["Location"] = f"{request.path}/{made}"
    return Status(HTTPStatus.CREATED, MadeOut(id=made))


@router.get(
    "/records/{uuid:record}",
    response=RecordOut,
    operation_id="record",
    summary="One record",
    **needs(Scope.RECORDS_READ),
)
def one_record(request: HttpRequest, response: HttpResponse, record: UUID) -> RecordOut:
    """A record with its newest words. Reading AMBER or stricter is entered in its owner's release ledger."""
    found = _read(request, record)
    response["ETag"] = _etag(found.version)
    return record_out(found)


@router.put(
    "/records/{uuid:record}/words",
    response=RevisedOut,
    operation_id="revise_record",
    summary="Revise a record",
    **needs(Scope.RECORDS_WRITE, headers=[IF_MATCH]),
)
def revise_record(request: HttpRequest, response: HttpResponse, record: UUID, words: ReviseIn) -> RevisedOut:
    """Write the draft anew, or a further version of what is released, which needs `records:release` as well.

    `If-Match` must hold the ETag of the words that you had before you; where somebody else has changed
    them since, nothing is written and the answer is 412.
    """
    seen = request.headers.get("If-Match")
    if not seen:
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the words that you had."
        )
    found = _found(record)
    if found.opened_at is not None:
        expect_scope(request, Scope.RECORDS_RELEASE)
    if found.version and seen.strip() != _etag(found.version):
        raise records.RecordChangedError("Somebody else changed the record meanwhile; look at it again.")
    version = records.revise_record(
        by=_by(request),
        record=record,
        words=records.Words(words.title, words.body),
        seen=found.version.written_at if found.version else None,
    )
    response["ETag"] = _etag(_found(record).version)
    return RevisedOut(version=version)


@router.get(
    "/records/{uuid:record}/versions",
    response=list[VersionOut],
    operation_id="versions",
    summary="Versions of a record",
    **needs(Scope.RECORDS_READ),
)
def versions(request: HttpRequest, record: UUID) -> list[VersionOut]:  # noqa: ARG001 -- the database knows
    """The versions that you may read, the newest first, without their words."""
    _found(record)
    return [version_out(version) for version in records.versions_of(record)]


@router.get(
    "/records/{uuid:record}/versions/{int:version}",
    response=RecordOut,
    operation_id="version",
    summary="One version of a record",
    **needs(Scope.RECORDS_READ),
)
def one_version(request: HttpRequest, record: UUID, version: int) -> RecordOut:
    """A record with the words of that version; entered in the release ledger as the newest would be."""
    return record_out(_read(request, record, version))


@router.put(
    "/records/{uuid:record}/audience",
    response={204: None},
    operation_id="address_record",
    summary="Set a record's audience",
    **needs(Scope.RECORDS_RELEASE),
)
def address_record(request: HttpRequest, record: UUID, audience: AudienceIn) -> Status[None]:
    """Say to whom the record is addressed, in place of before; after release that takes effect at once."""
    records.address_record(by=_by(request), record=record, audience=audience_of(audience))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/records/{uuid:record}/readership",
    response=ReadershipOut,
    operation_id="readership",
    summary="Who would read a record",
    **needs(Scope.RECORDS_READ),
)
def readership(request: HttpRequest, record: UUID) -> Any:  # noqa: ARG001 -- the database knows
    """Who would read the record once it is open, by name; for its owner's desk alone."""
    _expect_desk(record)
    return records.who_would_read(record)


@router.post(
    "/records/{uuid:record}/release",
    response={204: None},
    operation_id="release_record",
    summary="Release a record",
    **needs(Scope.RECORDS_RELEASE),
)
def release_record(request: HttpRequest, record: UUID) -> Status[None]:
    """Let its addressees read the record, from its embargo on. That can't be undone, only recalled."""
    records.release_record(by=_by(request), record=record)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/records/{uuid:record}/recall",
    response={204: None},
    operation_id="recall_record",
    summary="Recall a record",
    **needs(Scope.RECORDS_RELEASE),
)
def recall_record(request: HttpRequest, record: UUID) -> Status[None]:
    """Take the record back: every addressee stops reading it at once."""
    records.recall_record(by=_by(request), record=record)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.post(
    "/records/{uuid:record}/withdraw",
    response={204: None},
    operation_id="withdraw_record",
    summary="Withdraw a record",
    **needs(Scope.RECORDS_RELEASE),
)
def withdraw_record(request: HttpRequest, record: UUID) -> Status[None]:
    """Delete the record's words; who knew of it sees that its owner withdrew it."""
    records.withdraw_record(by=_by(request), record=record)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/records/{uuid:record}/readings",
    response=list[ReadingOut],
    operation_id="readings",
    summary="The release ledger of a record",
    **needs(Scope.LEDGER_READ),
)
def readings(request: HttpRequest, record: UUID) -> Any:  # noqa: ARG001 -- the database knows
    """Which addressee opened or exported the record, and when; for its owner's desk alone."""
    _expect_desk(record)
    return records.readings_of(record)


@router.get(
    "/known-records",
    response=ExistencePage,
    operation_id="known_records",
    summary="Records that you may know of",
    **needs(Scope.RECORDS_READ),
)
def known_records(request: HttpRequest, asked: Query[PageIn]) -> dict[str, Any]:
    """Released records that you may know of, read or not, and what became of them; the latest day first."""
    rows = records.known_page(after=_place(request, asked, date), size=asked.size + 1)
    shown = rows[: asked.size]
    return {"items": [found for _, found in shown], "next": _next(request, rows, shown)}


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
    made = records.request_release(by=_by(request), record=record, reason=asking.reason)
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
    after = _place(request, asked, datetime)
    rows = records.requests_page(by=_by(request), after=after, size=asked.size + 1)
    shown = rows[: asked.size]
    return {"items": [found for _, found in shown], "next": _next(request, rows, shown)}


@router.get(
    "/requests/{uuid:asked}",
    response=RequestOut,
    operation_id="request",
    summary="One request for release",
    **needs(Scope.RECORDS_READ),
)
def one_request(request: HttpRequest, asked: UUID) -> Any:
    """A request that you made, or that your desk is to answer."""
    found = records.request_for_release(asked, by=_by(request))
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
    records.answer_request(by=_by(request), request=asked, granted=given.granted, answer=given.answer)
    return Status(HTTPStatus.NO_CONTENT, None)


def _by(request: HttpRequest) -> UUID:
    return token_of(request).account


def _found(record: UUID, version: int | None = None) -> records.ListedRecord:
    found = records.record_in_full(record, version)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)
    return found


def _read(request: HttpRequest, record: UUID, version: int | None = None) -> records.ListedRecord:
    found = _found(record, version)
    records.note_reading(by=_by(request), record=record)
    return found


def _expect_desk(record: UUID) -> None:
    found = _found(record)
    if found.own is None or not found.own.may_decide:
        raise records.OwnerDecidesError("Only the owner's focal point or deputy may see this.")


def _etag(version: records.Version | None) -> str:
    return f'"{version.tag}"' if version else '"withdrawn"'


def _place(request: HttpRequest, asked: PageIn, kind: type[date]) -> Any:
    if asked.after is None:
        return None
    place, last = place_of(asked.after, _by(request), _list_of(request))
    return kind.fromisoformat(place), UUID(last)


def _next(request: HttpRequest, rows: Sequence[Any], shown: Sequence[Any]) -> str | None:
    if len(rows) == len(shown):
        return None
    (place, last), _ = shown[-1]
    return page_mark(_by(request), _list_of(request), [place.isoformat(), str(last)])


def _list_of(request: HttpRequest) -> str:
    return request.path_info

"""The API's part of records: reading, writing, releasing, taking back, asking."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from rtopnet.kernel.problems import Problem
from rtopnet.network.public import KEY_HEADER, Scope, expect_scope, needs, next_mark, once, place_after
from rtopnet.sharing import public as records
from rtopnet.sharing.rest.calls import caller_of, expect_desk, found_record
from rtopnet.sharing.wire import (
    AudienceIn,
    DraftIn,
    LedgerLineOut,
    MadeOut,
    ReadershipOut,
    RecordOut,
    RecordPage,
    RecordsIn,
    RevisedOut,
    ReviseIn,
    TermsIn,
    VersionOut,
    audience_of,
    listed_out,
    marking_of,
    parts_of,
    record_out,
    terms_of,
    version_out,
)

router = Router(tags=["records"])
HIGHEST_SLOT = 32_767
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
    rows = records.records_page(
        wanted=wanted, after=place_after(request, asked, datetime), size=asked.size + 1
    )
    shown = rows[: asked.size]
    return RecordPage(items=[listed_out(found) for _, found in shown], next=next_mark(request, rows, shown))


@router.post(
    "/records",
    response={201: MadeOut},
    operation_id="draft_record",
    summary="Draft a record",
    **needs(Scope.RECORDS_WRITE, headers=[KEY_HEADER]),
)
@once
def draft_record(request: HttpRequest, response: HttpResponse, draft: DraftIn) -> Status[MadeOut]:
    """Begin a record of your state or institution; nobody else knows of it until its release."""
    made = records.draft_record(
        by=caller_of(request),
        terms=terms_of(draft),
        words=records.Words(draft.title, draft.body, parts_of(draft.parts)),
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
    found = found_record(record)
    response["ETag"] = _etag(found.version)
    return _read(request, found)


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
    found = found_record(record)
    if found.opened_at is not None or words.take_back_earlier:
        expect_scope(request, Scope.RECORDS_RELEASE)
    if found.version and seen.strip() != _etag(found.version):
        raise records.RecordChangedError("Somebody else changed the record meanwhile; look at it again.")
    parts = None if words.parts is None else parts_of(words.parts)
    version = records.revise_record(
        by=caller_of(request),
        record=record,
        words=records.Words(words.title, words.body, parts),
        take_back_earlier=words.take_back_earlier,
        seen=found.version.written_at if found.version else None,
    )
    response["ETag"] = _etag(found_record(record).version)
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
    found_record(record)
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
    return _read(request, found_record(record, version))


@router.put(
    "/records/{uuid:record}/audience",
    response={204: None},
    operation_id="address_record",
    summary="Set a record's audience",
    **needs(Scope.RECORDS_RELEASE),
)
def address_record(request: HttpRequest, record: UUID, audience: AudienceIn) -> Status[None]:
    """Say to whom the record is addressed, in place of before; after release that takes effect at once."""
    records.address_record(by=caller_of(request), record=record, audience=audience_of(audience))
    return Status(HTTPStatus.NO_CONTENT, None)


@router.put(
    "/records/{uuid:record}/parts/{int:slot}/audience",
    response={204: None},
    operation_id="address_part",
    summary="Set a part's audience",
    **needs(Scope.RECORDS_RELEASE),
)
def address_part(request: HttpRequest, record: UUID, slot: int, audience: AudienceIn) -> Status[None]:
    """Say who of the record's readers reads a part of its newest version, in place of before."""
    records.address_part(
        by=caller_of(request), record=record, slot=min(slot, HIGHEST_SLOT), audience=audience_of(audience)
    )
    return Status(HTTPStatus.NO_CONTENT, None)


@router.put(
    "/records/{uuid:record}/terms",
    response={204: None},
    operation_id="set_terms",
    summary="Set a record's terms",
    **needs(Scope.RECORDS_RELEASE),
)
def set_terms(request: HttpRequest, record: UUID, terms: TermsIn) -> Status[None]:
    """Set marking, embargo, expiry and the rest; after release that takes effect at once."""
    records.set_terms(by=caller_of(request), record=record, terms=terms_of(terms))
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
    expect_desk(record)
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
    records.release_record(by=caller_of(request), record=record)
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
    records.recall_record(by=caller_of(request), record=record)
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
    records.withdraw_record(by=caller_of(request), record=record)
    return Status(HTTPStatus.NO_CONTENT, None)


@router.get(
    "/records/{uuid:record}/release-ledger",
    response=list[LedgerLineOut],
    operation_id="readings",
    summary="The release ledger of a record",
    **needs(Scope.LEDGER_READ),
)
def release_ledger(request: HttpRequest, record: UUID) -> Any:  # noqa: ARG001 -- the database knows
    """Who was told of the record, opened or exported it, and when; for its owner's desk alone."""
    expect_desk(record)
    return records.release_ledger(record)


def _read(request: HttpRequest, found: records.ListedRecord) -> RecordOut:
    records.note_reading(by=caller_of(request), record=found.id)
    return record_out(found)


def _etag(version: records.Version | None) -> str:
    return f'"{version.tag}"' if version else '"withdrawn"'

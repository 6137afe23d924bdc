"""Taking a record out: a PDF that says who took it when, with a signature that can be checked offline."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rtopnet.network.public import Account, account_of, name_in, standing_of
from rtopnet.sharing.public import (
    DocumentAttachment,
    DocumentNotSetError,
    DocumentPart,
    DocumentReply,
    ExportDocument,
    RecordSheet,
    attachments_of,
    note_reading,
    record_sheet,
    render_document,
    signed_copy,
    strictest_marking,
)
from rtopnet.sharing.views.access import record_page


@require_safe
@record_page
def export(request: HttpRequest, record: UUID) -> HttpResponse:
    """The record as its reader may see it, as a PDF with its detached signature, in one zip."""
    sheet = record_sheet(record)
    if sheet is None:
        raise Http404
    account = account_of(request)
    language = get_language() or "en"
    document = _document(sheet, account, language)
    try:
        pdf = render_document(document, language=language)
    except DocumentNotSetError as error:
        return render(
            request, "sharing/not_exported.html", {"sheet": sheet, "reason": str(error)}, status=422
        )
    if not sheet.is_own:
        note_reading(by=account.pk, record=record, how="exported")
    return signed_copy(
        pdf,
        name=f"record-{str(record)[:8]}",
        marking=document.marking,
        reader=document.reader,
        claims={"record": str(record), "version": str(sheet.version)},
    )


def _document(sheet: RecordSheet, account: Account, language: str) -> ExportDocument:
    # An export keeps the strictest marking of what it contains.
    marking = strictest_marking([sheet.marking, *(part.marking for part in sheet.parts)])
    return ExportDocument(
        reference=str(sheet.id),
        title=sheet.title,
        owner=name_in(sheet.owner_names, language),
        marking=marking,
        chatham_house=sheet.chatham_house,
        version=sheet.version,
        released_at=sheet.released_at,
        reader=_reader(account, language),
        exported_at=timezone.localtime(),
        body=sheet.body,
        parts=tuple(DocumentPart(part.label, part.body) for part in sheet.parts),
        replies=tuple(
            DocumentReply(name_in(reply.state_names, language), reply.at, reply.body)
            for reply in sheet.replies
        ),
        attachments=tuple(
            DocumentAttachment(file.name, file.size, file.sha256) for file in attachments_of(sheet.id)
        ),
    )


def _reader(account: Account, language: str) -> str:
    standing = standing_of(account)
    posts = [name_in(titles, language) for titles in standing.posts]
    state = [standing.state.name(language)] if standing.state else []
    return ", ".join([account.name, *posts, *state])

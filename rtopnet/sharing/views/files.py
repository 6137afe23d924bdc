"""Files of a record: sending them, reading them, removing them."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rtopnet.network.public import account_of
from rtopnet.sharing.public import (
    ArrivedFile,
    ArrivingFiles,
    AttachmentNotInSightError,
    AttachmentSummary,
    FileEmptyError,
    FileHeldBackError,
    FileTooLargeError,
    NoCleanCopyError,
    OwnerDecidesError,
    RecordClosedError,
    RecordNotInSightError,
    arrived_files,
    attach_clean_copy,
    attach_file,
    attachment_summary,
    attachments_of,
    expect_may_attach,
    limit_in_bytes,
    may_attach,
    metadata_warnings,
    open_attachment,
    open_preview,
    record_is_in_sight,
    remove_attachment,
    time_stamp_of,
)

HARMLESS = {
    # Whatever it holds, a browser saves it and runs nothing of it.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class NotTaken:
    """A file that was sent and not taken, and why: ``too_large``, ``empty`` or ``closed``."""

    name: str
    size: int
    reason: str


@csrf_exempt  # only until the files' way to the disk is laid; then _files asks for the token
@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest, record: UUID) -> HttpResponse:
    """Which files does this record have, and how do I add one?"""
    arriving = ArrivingFiles()
    if request.method == "POST":
        _refuse_who_may_not_attach(request, record)
        request.upload_handlers = [arriving]
    try:
        return _files(request, record)
    finally:
        arriving.discard()


@csrf_protect
def _files(request: HttpRequest, record: UUID) -> HttpResponse:
    by = account_of(request).pk
    if request.method == "GET":
        return _files_page(request, record)
    arrived = arrived_files(request.FILES.getlist("files"))
    not_taken = [refused for file in arrived if (refused := _take(by, record, file))]
    if not_taken or not arrived:
        return _files_page(request, record, not_taken=not_taken, is_nothing_chosen=not arrived)
    return redirect(_back(request, record))


@require_GET
@login_required
def file(request: HttpRequest, attachment: UUID) -> FileResponse:
    """The content as it came, to be saved; never shown by the browser itself."""
    try:
        opened = open_attachment(by=account_of(request).pk, attachment=attachment)
    except AttachmentNotInSightError:
        raise Http404 from None
    except FileHeldBackError:
        raise PermissionDenied from None
    return FileResponse(
        opened.content,
        as_attachment=True,
        filename=opened.name,
        content_type=UNKNOWN_TYPE,
        headers=HARMLESS,
    )


@require_GET
@login_required
def preview(request: HttpRequest, attachment: UUID) -> FileResponse:
    """The picture that we made of the first page."""
    try:
        opened = open_preview(by=account_of(request).pk, attachment=attachment)
    except AttachmentNotInSightError:
        raise Http404 from None
    return FileResponse(opened.content, content_type="image/png", headers=HARMLESS)


@require_GET
@login_required
def stamp(request: HttpRequest, attachment: UUID) -> HttpResponse:  # noqa: ARG001 -- the session reads for it
    """The time-stamping authority's answer, for whoever wants to check it with tools of their own."""
    token = time_stamp_of(attachment)
    if token is None:
        raise Http404
    return HttpResponse(
        token,
        content_type="application/timestamp-reply",
        headers=HARMLESS | {"Content-Disposition": 'attachment; filename="attachment.tsr"'},
    )


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: HttpRequest, attachment: UUID) -> HttpResponse:
    """Do I really want this file to be gone?"""
    found = _own(attachment)
    if request.method == "GET":
        return render(request, "sharing/file_remove.html", {"file": found})
    remove_attachment(by=account_of(request).pk, attachment=attachment)
    return redirect(_back(request, found.record))


@require_POST
@login_required
def clean(request: HttpRequest, attachment: UUID) -> HttpResponse:
    """Add a copy that tells nothing of its making, beside the original."""
    found = _own(attachment)
    try:
        attach_clean_copy(by=account_of(request).pk, attachment=attachment)
    except NoCleanCopyError:
        messages.warning(request, gettext("No copy without metadata could be made of this file."))
    except RecordClosedError:
        raise PermissionDenied from None
    else:
        messages.success(
            request,
            gettext("A copy without metadata was added. Remove the original if readers should not have it."),
        )
    return redirect(_back(request, found.record))


def _own(attachment: UUID) -> AttachmentSummary:
    found = attachment_summary(attachment)
    if found is None:
        raise Http404
    if not found.may_remove:
        raise PermissionDenied
    return found


def _refuse_who_may_not_attach(request: HttpRequest, record: UUID) -> None:
    try:
        expect_may_attach(by=account_of(request).pk, record=record)
    except RecordNotInSightError:
        raise Http404 from None
    except (OwnerDecidesError, RecordClosedError):
        raise PermissionDenied from None


def _take(by: UUID, record: UUID, arrived: ArrivedFile) -> NotTaken | None:
    try:
        attach_file(by=by, record=record, arrived=arrived)
    except FileTooLargeError:
        return NotTaken(arrived.name, arrived.size, "too_large")
    except FileEmptyError:
        return NotTaken(arrived.name, arrived.size, "empty")
    except (OwnerDecidesError, RecordClosedError):
        # Released, recalled or withdrawn while the file was on its way.
        return NotTaken(arrived.name, arrived.size, "closed")
    return None


def _files_page(
    request: HttpRequest,
    record: UUID,
    *,
    not_taken: list[NotTaken] | None = None,
    is_nothing_chosen: bool = False,
) -> HttpResponse:
    if not record_is_in_sight(record):
        raise Http404
    page = {
        "record": record,
        "files": attachments_of(record),
        "warnings": metadata_warnings(record),
        "may_attach": may_attach(record),
        "limit": limit_in_bytes(),
        "not_taken": not_taken or [],
        "is_nothing_chosen": is_nothing_chosen,
        "next": request.POST.get("next", ""),
    }
    status = 422 if not_taken or is_nothing_chosen else 200
    return render(request, "sharing/files.html", page, status=status)


def _back(request: HttpRequest, record: UUID) -> str:
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("records_upload", args=[record])

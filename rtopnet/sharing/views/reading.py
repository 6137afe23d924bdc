"""Lists of records, one record, its versions, and asking for what one may not read."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.network.public import account_of, desks_held, names_of, places_held
from rtopnet.sharing.differences import differences
from rtopnet.sharing.forms.sharing import WordsForm
from rtopnet.sharing.public import (
    RecordSheet,
    Whose,
    attachments_of,
    consultations_asked_of,
    known_sheet,
    limit_in_bytes,
    may_attach,
    note_reading,
    receipts_asked_of,
    record_sheet,
    records_in_sight,
    records_only_known,
    request_release,
    requests_in_sight,
    version_in_sight,
)
from rtopnet.sharing.views.access import record_page

PER_PAGE = 25


@require_safe
@record_page
def records(request: HttpRequest) -> HttpResponse:
    """What do I have, what was shared with me, what may I ask for?"""
    show = request.GET.get("show", "shared")
    if show not in {"own", "shared", "known"}:
        raise Http404
    account = account_of(request)
    context: dict[str, object] = {"show": show, "may_draft": bool(places_held(account.pk))}
    if show == "known":
        known = records_only_known()
        context |= {"known": known, "names": names_of({record.owner for record in known})}
    else:
        whose = cast("Whose", show)
        page = records_in_sight(limit=PER_PAGE, before=_before(request), whose=whose)
        context |= {"page": page, "names": names_of({record.owner for record in page.records})}
    context["waiting"] = _waiting(account.pk)
    return render(request, "sharing/records.html", context)


@require_safe
@record_page
def record(request: HttpRequest, record: UUID) -> HttpResponse:
    """What does it say, who reads it, and what can I do with it?"""
    sheet = record_sheet(record)
    if sheet is None:
        return _known(request, record)
    if not sheet.is_own:
        note_reading(by=account_of(request).pk, record=record)
    context = {
        "sheet": sheet,
        "changes": _changes(sheet),
        "record": record,
        "files": attachments_of(record),
        "may_attach": may_attach(record),
        "limit": limit_in_bytes(),
        "next": reverse("records_record", args=[record]),
    }
    return render(request, "sharing/record.html", context)


@require_safe
@record_page
def version(request: HttpRequest, record: UUID, number: int) -> HttpResponse:
    """What changed in this version?"""
    sheet, found = record_sheet(record), version_in_sight(record, number)
    if sheet is None or found is None:
        raise Http404
    if not sheet.is_own:
        note_reading(by=account_of(request).pk, record=record)
    line, body = found
    before = version_in_sight(record, number - 1)
    context = {"sheet": sheet, "line": line, "body": body, "before": before}
    if before is not None:
        context["pieces"] = differences(before[1], body)
    return render(request, "sharing/version.html", context)


@require_http_methods(["GET", "POST"])
@record_page
def ask(request: HttpRequest, record: UUID) -> HttpResponse:
    """Ask the owner to be let read a record of which one knows."""
    known = known_sheet(record)
    if known is None or record_sheet(record) is not None or known.is_recalled or known.is_withdrawn:
        raise Http404
    if known.asked and known.asked.granted is None:
        return redirect("records_request", known.asked.id)
    form = WordsForm(request.POST or None, label=_("Why does your state need to read it?"))
    if request.method == "POST" and form.is_valid():
        asked = request_release(by=account_of(request).pk, record=record, reason=form.cleaned_data["words"])
        messages.success(request, _("Your request has gone to the owner, who has seven days to answer."))
        return redirect("records_request", asked)
    return render(request, "sharing/ask.html", {"known": known, "form": form})


def _known(request: HttpRequest, record: UUID) -> HttpResponse:
    known = known_sheet(record)
    if known is None:
        raise Http404
    return render(request, "sharing/known.html", {"known": known})


def _changes(sheet: RecordSheet) -> bool:
    return len([line for line in sheet.versions if sheet.is_own or not line.is_past]) > 1


def _before(request: HttpRequest) -> tuple[datetime, UUID] | None:
    """Where the page begins; a place that cannot be read is the beginning."""
    at, _separator, record = request.GET.get("before", "").partition("~")
    try:
        instant = datetime.fromisoformat(at)
        return (instant, UUID(record)) if instant.tzinfo else None
    except ValueError:
        return None


def _waiting(account: UUID) -> dict[str, object]:
    desks = frozenset(body.id for body in desks_held(account))
    consultations = [asked for asked in consultations_asked_of(desks) if not asked.has_replied]
    return {
        "consultations": consultations,
        "receipts": [receipt for receipt in receipts_asked_of(desks) if receipt.signed_at is None],
        "requests": [asked for asked in requests_in_sight() if asked.granted is None and not asked.is_mine],
    }

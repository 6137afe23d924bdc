"""Lists of texts, and one text with its rounds."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.meetings.public import Show, proposals_page
from rtopnet.meetings.views.decision_access import decision_page, page_or_404
from rtopnet.network.public import account_of, desks_held
from rtopnet.sharing.public import note_reading


@require_safe
@decision_page
def proposals(request: HttpRequest) -> HttpResponse:
    """What is in silence, what is with its drafters, what did we agree?"""
    show = request.GET.get("show", "silence")
    if show not in {"silence", "drafts", "adopted"}:
        raise Http404
    context = {
        "show": show,
        "listed": proposals_page(cast("Show", show), before=_before(request)),
        "may_draft": bool(desks_held(account_of(request).pk)),
    }
    return render(request, "meetings/proposals.html", context)


@require_safe
@decision_page
def proposal(request: HttpRequest, record: UUID) -> HttpResponse:
    """What does it say, until when may we speak, and what can we do?"""
    page = page_or_404(record)
    if page.is_read:
        note_reading(by=account_of(request).pk, record=record)
    context = {"page": page, "document_languages": settings.DOCUMENT_LANGUAGES}
    return render(request, "meetings/proposal.html", context)


def _before(request: HttpRequest) -> tuple[datetime, UUID] | None:
    """Where the page begins; a place that cannot be read is the beginning."""
    at, _separator, procedure = request.GET.get("before", "").partition("~")
    try:
        instant = datetime.fromisoformat(at)
        return (instant, UUID(procedure)) if instant.tzinfo else None
    except ValueError:
        return None

"""What concerns the reader: their notices, read, put away, and taken back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from rtopnet.network.public import (
    PER_PAGE,
    account_of,
    clear_notice,
    known_kinds,
    mark_all_notices_read,
    mark_notice_read,
    notice_target,
    notices_in_sight,
    undo_with_notices,
    unread_notice_count,
)

UNDO, KIND = "notices_undo", "kind"
MOST_PAGES = 10_000


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What concerns me, and what have I not seen yet?"""
    asked = request.GET.get(KIND, "")
    kind = asked if asked in {one.key for one in known_kinds()} else ""
    number = _number(request.GET.get("page", ""))
    found = notices_in_sight(account=account_of(request), kind=kind, page=number)
    about = {
        "found": found,
        "kind": kind,
        "page": Paginator(range(found.total), PER_PAGE).get_page(number),
        "query": urlencode({KIND: kind}) + "&page" if kind else "page",
        "undo": request.session.pop(UNDO, None),
    }
    return render(request, "network/notices.html", about)


@require_safe
@login_required
def notices_count(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- whose count it is, the database knows
    """How many are unread, as the head of a page shows it; asked for every few seconds."""
    # Rendered without the request: nothing of a page's surroundings is looked up.
    return HttpResponse(render_to_string("network/notice_count.html", {"unread": unread_notice_count()}))


@require_safe
@login_required
def notice(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Go where a notice leads; it is read then."""
    target = notice_target(notice)
    if target is None:
        raise Http404
    mark_notice_read(by=account_of(request).pk, notice=notice)
    return redirect(target or "network_notices")


@require_POST
@login_required
def read(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Mark one as read."""
    mark_notice_read(by=account_of(request).pk, notice=notice)
    return _back(request)


@require_POST
@login_required
def clear(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Put one away."""
    return _undoable(request, clear_notice(by=account_of(request).pk, notice=notice))


@require_POST
@login_required
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    return _undoable(request, mark_all_notices_read(by=account_of(request).pk))


@require_POST
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last deed back."""
    undo_with_notices(by=account_of(request).pk, token=request.POST.get("token", ""))
    return _back(request)


def _undoable(request: HttpRequest, token: str | None) -> HttpResponse:
    if token:
        request.session[UNDO] = token
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get(KIND, "")
    address = reverse("network_notices") + (f"?{urlencode({KIND: kind})}" if kind else "")
    return HttpResponseRedirect(address)


def _number(text: str) -> int:
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and int(text) else 1

"""A state's or institution's own ledger: read, and taken away to be checked elsewhere."""

import re
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rtopnet.audit.public import book_download
from rtopnet.kernel.clock import now
from rtopnet.network.public import Body, account_of, book_page, desks_held, name_in

VERB = re.compile(r"[a-z][a-z_.]{0,60}")
LARGEST = 2**62
"""No book has as many entries; what is larger is no number of one."""


@require_safe
@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    """What was done by our people, and by others with what is ours?"""
    desks = desks_held(account_of(request).pk)
    if not desks:
        return render(request, "network/ledger.html", {"desks": []})
    desk = _chosen(desks, request.GET.get("of"))
    before, verb = _number(request.GET.get("before")), _verb(request.GET.get("verb", ""))
    page = book_page(desk.id, before=before, verb=verb)
    context = {
        "desks": [(body, _name(body)) for body in desks],
        "desk": desk,
        "desk_name": _name(desk),
        "page": page,
        "verb": verb,
        "is_first": before is None,
    }
    return render(request, "network/ledger.html", context)


@require_POST
@login_required
@never_cache
def ledger_download(request: HttpRequest, book: UUID) -> FileResponse:
    """The whole of it as a zip that checks itself; another's answers as if there were none."""
    desks = {body.id: body for body in desks_held(account_of(request).pk)}
    if book not in desks:
        raise Http404
    name = f"ledger-{book}-{now():%Y-%m-%dT%H%M%SZ}.zip"
    return FileResponse(
        book_download(book), as_attachment=True, filename=name, content_type="application/zip"
    )


def _chosen(desks: list[Body], wanted: str | None) -> Body:
    if not wanted:
        return desks[0]
    for body in desks:
        if str(body.id) == wanted:
            return body
    raise Http404


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST:
        raise Http404
    return int(text)


def _verb(text: str) -> str:
    if text and not VERB.fullmatch(text):
        raise Http404
    return text


def _name(body: Body) -> str:
    return name_in(body.names, get_language() or "en")

"""The register of advice, and one paper."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.advice.public import Deed, PaperPage, advice_register, allows
from rtopnet.advice.views.access import advice_page, paper_or_404
from rtopnet.kernel.clock import now
from rtopnet.network.public import account_of, desks_held, institutions
from rtopnet.sharing.public import note_reading


@require_safe
@advice_page
def register(request: HttpRequest) -> HttpResponse:
    """What does the network tell the United Nations, where does each paper stand, how long did it take?"""
    listed = advice_register(before=_before(request))
    desks = {body.id for body in desks_held(account_of(request).pk)}
    offices = {body.id for body in institutions() if body.kind == "un_office"}
    context = {
        "listed": listed,
        "may_draft": bool(desks - offices),
        "is_office": bool(desks & offices),
        "now": now(),
    }
    return render(request, "advice/register.html", context)


@require_safe
@advice_page
def paper(request: HttpRequest, advice: UUID) -> HttpResponse:
    """What does it say, what does that rest on, where does it stand, and what can I do?"""
    page = paper_or_404(advice)
    if page.sheet is not None and not page.is_own:
        note_reading(by=account_of(request).pk, record=advice)
    context = {"page": page, "may": may(page), "now": now()}
    return render(request, "advice/paper.html", context)


def may(page: PaperPage) -> dict[str, bool]:
    """What the reader can do now, so that a page shows no button that would be refused."""
    desk = {Deed.CIRCULATE, Deed.WITHDRAW, Deed.TRANSMIT}
    can = {deed.value: page.decides and allows(page.stage, deed) for deed in desk}
    can["circulate"] = can["circulate"] and page.draft is not None and not page.draft.is_blocked
    can["transmit"] = can["transmit"] and bool(page.reference)
    can["write"] = page.draft is not None
    can["frame"] = page.decides and page.draft is not None
    return can


def _before(request: HttpRequest) -> datetime | None:
    """Where the page begins; a place that cannot be read is the beginning."""
    try:
        instant = datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
    return instant if instant.tzinfo else None

"""Reading warnings: the network's page, and one warning's line of time."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.network.public import account_of, desks_held, places_held
from rtopnet.sharing.public import note_reading
from rtopnet.warning.alerts.public import (
    AlertSheet,
    Deed,
    alert_sheet,
    alerts_overview,
    allows,
    was_taken_back,
)
from rtopnet.warning.alerts.views.access import room_page


@require_safe
@room_page
def warnings(request: HttpRequest) -> HttpResponse:
    """What do we warn of, who has to act, and how quick are we?"""
    opened, closed, pace = alerts_overview()
    account = account_of(request).pk
    context = {
        "opened": opened,
        "closed": closed,
        "pace": pace,
        "may_raise": bool(places_held(account)),
        "may_record": bool(desks_held(account)),
    }
    return render(request, "alerts/warnings.html", context)


@require_safe
@room_page
def one(request: HttpRequest, warning: UUID) -> HttpResponse:
    """What is to be feared, where does the warning stand, and what is done about it?"""
    found = alert_sheet(warning)
    if found is None:
        if was_taken_back(warning):
            return render(request, "alerts/taken_back.html")
        raise Http404
    account = account_of(request).pk
    if not found.is_own:
        note_reading(by=account, record=warning)
    desks = {body.id for body in desks_held(account)}
    context = {
        "alert": found,
        "may": may(found),
        "can_answer": not found.is_own and bool(desks) and allows(found.course, Deed.ANSWER),
        "to_sign": [
            one
            for one in found.sponsors
            if one.is_mine and not found.is_own and found.issued_at is None and found.closed_at is None
        ],
        "can_cap": found.issued_at is not None,
        "may_answer_link": not found.is_own and any(one.is_mine for one in found.answers),
    }
    return render(request, "alerts/warning.html", context)


def may(found: AlertSheet) -> dict[str, bool]:
    """What the reader can do now, so that a page shows no button that would be refused."""
    if not found.is_own or found.missed_on is not None:
        return {"share": found.sheet.decides and found.missed_on is not None}
    can = {deed.value: found.sheet.decides and allows(found.course, deed) for deed in Deed}
    is_open = found.closed_at is None
    return can | {
        "edit": found.sheet.writes and is_open,
        "link": (found.sheet.decides or found.sheet.released_at is None) and is_open,
        "ask_to_sign": found.sheet.decides and is_open and found.issued_at is None,
        "share": False,
    }

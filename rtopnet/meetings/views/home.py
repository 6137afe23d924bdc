"""What meets when, what was promised, what is being decided."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.meetings.forms.meetings import SeriesForm
from rtopnet.meetings.public import (
    MeetingLine,
    MinutesSheet,
    keep_series,
    meetings_of_series,
    meetings_past,
    meetings_to_come,
    minutes_of_meeting,
    minutes_sheet,
    own_answers,
    own_series,
    proposals_page,
)
from rtopnet.meetings.views.access import meeting_page, named_choices
from rtopnet.network.public import account_of, desks_held


@require_safe
@meeting_page
def home(request: HttpRequest) -> HttpResponse:
    """What is coming up, and what was there?"""
    desks = desks_held(account_of(request).pk)
    coming = meetings_to_come()
    before = _before(request)
    context = {
        "coming": coming,
        "past": meetings_past(before=before),
        "answers": _answered(coming),
        "series": own_series([body.id for body in desks]),
        "may_call": bool(desks),
        "in_silence": proposals_page("silence").lines,
    }
    return render(request, "meetings/home.html", context)


@require_safe
@meeting_page
def series(request: HttpRequest, series: UUID) -> HttpResponse:
    """All of a series' meetings."""
    meetings = meetings_of_series(series)
    kept = [one for one in own_series([series]) if one.id == series]
    if not meetings and not kept:
        raise Http404
    name = kept[0].name if kept else meetings[-1].series_name
    gathered = list(_gathered(meetings))
    context = {
        "meetings": meetings,
        "name": name,
        "kept": kept[0] if kept else None,
        "series": series,
        "gathered": gathered,
        "has_minutes": bool(gathered),
    }
    return render(request, "meetings/series.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def new_series(request: HttpRequest) -> HttpResponse:
    """Begin a series."""
    account = account_of(request)
    desks = desks_held(account.pk)
    if not desks:
        raise PermissionDenied
    form = SeriesForm(request.POST or None, owners=named_choices(desks))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        owner = next(body for body in desks if str(body.id) == typed["owner"])
        owners = {"state" if owner.is_state else "institution": owner.id}
        made = keep_series(by=account.pk, name=typed["name"], rhythm=typed["rhythm"], **owners)
        return redirect("meetings_series", made)
    return render(request, "meetings/series_new.html", {"form": form})


def _answered(coming: list[MeetingLine]) -> dict[UUID, str]:
    answers = own_answers([meeting.record for meeting in coming])
    return {meeting: answer for (meeting, _state), answer in answers.items()}


def _gathered(meetings: list[MeetingLine]) -> Iterator[tuple[MeetingLine, MinutesSheet]]:
    """Each meeting that has minutes which are shared, with them."""
    for meeting in meetings:
        record = minutes_of_meeting(meeting.record)
        found = minutes_sheet(record) if record else None
        if found is not None and found.sheet is not None and found.sheet.released_at is not None:
            yield meeting, found


def _before(request: HttpRequest) -> datetime | None:
    """Where the list of past meetings begins; a place that cannot be read is its beginning."""
    try:
        instant = datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
    return instant if instant.tzinfo else None

"""Putting a proposal in silence: who is asked until when, seen in names before the button."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.proposals import CirculateForm
from rtopnet.meetings.public import (
    CapitalTime,
    Circle,
    LastDay,
    ProposalPage,
    as_capital,
    circulate_proposal,
    expect_period,
    last_day_from,
)
from rtopnet.meetings.views.decision_access import decision_page, page_or_404
from rtopnet.network.public import (
    Body,
    account_of,
    bodies_of,
    capitals_of,
    desk_accounts,
    institutions,
    name_in,
    people_of_region,
)


@dataclass(frozen=True)
class Summary:
    """What would happen, in names."""

    last: LastDay
    capitals: tuple[CapitalTime, ...]
    passed_over: tuple[tuple[str, str, object], ...]
    """State, holiday (empty: a day of rest) and day."""
    people: tuple[str, ...]
    chair: str
    is_network: bool
    sources: tuple[tuple[str, date | None], ...]
    """Where the holidays are known from, and as of when."""
    without_holidays: tuple[str, ...]
    """States of whose holidays in the last day's year nothing is known."""


@require_http_methods(["GET", "POST"])
@decision_page
def circulate(request: HttpRequest, record: UUID) -> HttpResponse:
    """Whose silence agrees, and until when?"""
    page = page_or_404(record)
    if page.drafting is None or not page.may_circulate:
        raise PermissionDenied
    form = _form(request)
    context: dict[str, object] = {"page": page, "form": form}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            summary = _summary(request, form, page)
            if "confirmed" in request.POST:
                return _put_in_silence(request, page, form)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            chosen = [(name, request.POST.getlist(name)) for name in form.fields]
            context |= {"summary": summary, "chosen": chosen}
            return render(request, "meetings/circulate_check.html", context)
    return render(request, "meetings/circulate.html", context)


def _put_in_silence(request: HttpRequest, page: ProposalPage, form: CirculateForm) -> HttpResponse:
    typed = form.cleaned_data
    circulate_proposal(
        by=account_of(request).pk,
        record=page.record,
        circle=_circle(request, form),
        day=typed["day"],
        hour=typed["hour"],
        short_because=typed["short_because"],
        seen=_seen(request),
    )
    messages.success(request, _("It is in silence. Those who are asked have been told."))
    return redirect("meetings_proposal", page.record)


def _seen(request: HttpRequest) -> datetime | None:
    try:
        return datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return None


def _form(request: HttpRequest) -> CirculateForm:
    language = get_language() or "en"
    states = [(str(body.id), name_in(body.names, language)) for body in _bodies(request) if body.is_state]
    secretariats = [
        (str(body.id), name_in(body.names, language))
        for body in institutions()
        if body.state is None and body.kind == "secretariat"
    ]
    suggested = timezone.localdate() + timedelta(days=11)
    return CirculateForm(
        request.POST or None,
        states=states,
        chairs=secretariats + states,
        initial={"day": suggested.isoformat(), "chair": secretariats[0][0] if secretariats else None},
    )


def _circle(request: HttpRequest, form: CirculateForm) -> Circle:
    chair = UUID(form.cleaned_data["chair"])
    return Circle(
        chair=chair,
        chair_is_state=any(body.id == chair and body.is_state for body in _bodies(request)),
        states=form.states_chosen(),
        network=form.cleaned_data["reach"] == "network",
    )


def _summary(request: HttpRequest, form: CirculateForm, page: ProposalPage) -> Summary:
    language, region = get_language() or "en", account_of(request).region_id
    circle, typed = _circle(request, form), form.cleaned_data
    found = [one for one in capitals_of(region) if one.state in circle.states or one.state == page.owner]
    last = last_day_from(typed["day"], typed["hour"], [as_capital(one, language) for one in found])
    expect_period(now(), last.at, typed["short_because"])
    names = {one.state: name_in(one.names, language) for one in found}
    desks = desk_accounts({*circle.states, circle.chair} - {page.owner})
    asked = {account for desk in desks.values() for account in desk}
    return Summary(
        last=last,
        capitals=tuple(
            CapitalTime(one.state, one.names, one.city, last.at.astimezone(ZoneInfo(one.zone)))
            for one in found
        ),
        passed_over=tuple((names[one.state], one.holiday, one.day) for one in last.passed_over),
        people=tuple(
            _person(person.name, person.bodies, language)
            for person in people_of_region(region)
            if person.id in asked
        ),
        chair=next(name_in(body.names, language) for body in _bodies(request) if body.id == circle.chair),
        is_network=circle.network,
        sources=tuple(sorted({(one.source, one.as_of) for one in found if one.source})),
        without_holidays=tuple(names[one.state] for one in found if not one.knows(last.day.year)),
    )


def _person(name: str, bodies: tuple[dict[str, str], ...], language: str) -> str:
    places = ", ".join(name_in(names, language) for names in bodies)
    return f"{name} ({places})" if places else name


def _bodies(request: HttpRequest) -> list[Body]:
    return bodies_of(account_of(request).region_id)

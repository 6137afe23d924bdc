"""Putting a paper in silence, seen in names before the button; and withdrawing it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.advice.forms.papers import CirculateForm, WordsForm
from rtopnet.advice.public import Deed, PaperPage, circulate_paper, own_region, withdraw_paper
from rtopnet.advice.views.access import advice_page, language, paper_at_the_desk
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.public import CapitalTime, as_capital, expect_period, last_day_from
from rtopnet.network.public import account_of, capitals_of, name_in


@dataclass(frozen=True)
class Summary:
    """What would happen: until when in each capital, and on account of which days it was moved on."""

    at: datetime
    capitals: tuple[CapitalTime, ...]
    passed_over: tuple[tuple[str, str, object], ...]
    """State, holiday (empty: a day of rest) and day."""


@require_http_methods(["GET", "POST"])
@advice_page
def circulate(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Until when may they speak, and who is asked?"""
    page = paper_at_the_desk(advice, Deed.CIRCULATE)
    suggested = timezone.localdate() + timedelta(days=11)
    form = CirculateForm(request.POST or None, initial={"day": suggested.isoformat()})
    context: dict[str, object] = {"page": page, "form": form}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            summary = _summary(page, form)
            if "confirmed" in request.POST:
                return _put_in_silence(request, page, form)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            chosen = [(name, request.POST.getlist(name)) for name in form.fields]
            context |= {"summary": summary, "chosen": chosen}
            return render(request, "advice/circulate_check.html", context)
    return render(request, "advice/circulate.html", context)


@require_http_methods(["GET", "POST"])
@advice_page
def withdraw(request: HttpRequest, advice: UUID) -> HttpResponse:
    """End a paper that is not cleared."""
    page = paper_at_the_desk(advice, Deed.WITHDRAW)
    form = WordsForm(request.POST or None, label=_("Why? Those who were asked read it."), is_needed=False)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_paper(by=account_of(request).pk, record=advice, reason=form.cleaned_data["words"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Withdrawn."))
            return redirect("network_advice_paper", advice)
    return render(request, "advice/withdraw.html", {"page": page, "form": form})


def _put_in_silence(request: HttpRequest, page: PaperPage, form: CirculateForm) -> HttpResponse:
    typed = form.cleaned_data
    circulate_paper(
        by=account_of(request).pk,
        record=page.record,
        day=typed["day"],
        hour=typed["hour"],
        short_because=typed["short_because"],
    )
    messages.success(request, _("It is in silence. Those who are asked have been told."))
    return redirect("network_advice_paper", page.record)


def _summary(page: PaperPage, form: CirculateForm) -> Summary:
    typed = form.cleaned_data
    found = [
        one for one in capitals_of(own_region().id) if one.state in page.state_ids or one.state == page.owner
    ]
    last = last_day_from(typed["day"], typed["hour"], [as_capital(one, language()) for one in found])
    expect_period(now(), last.at, typed["short_because"])
    names = {one.state: name_in(one.names, language()) for one in found}
    return Summary(
        at=last.at,
        capitals=tuple(
            CapitalTime(one.state, one.names, one.city, last.at.astimezone(ZoneInfo(one.zone)))
            for one in found
        ),
        passed_over=tuple((names[one.state], one.holiday, one.day) for one in last.passed_over),
    )

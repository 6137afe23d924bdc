"""Asking for help: drafting, saying what is needed, submitting."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.assistance.forms.fields import WordsForm
from rtopnet.assistance.forms.requests import NeedForm, RequestForm, need_as_typed
from rtopnet.assistance.public import (
    Deed,
    RequestSheet,
    Stage,
    add_need,
    allows,
    change_need,
    contributions_in_sight,
    deployments_listed,
    draft_request,
    lines_to_deploy,
    money_of,
    need_in_sight,
    note_all_said,
    offers_for,
    remove_need,
    request_sheet,
    requests_listed,
    return_request,
    revise_request,
    submit_request,
    was_withdrawn,
    withdraw_request,
)
from rtopnet.assistance.views.access import language, own_request_or_404, request_or_404, room_page
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Body, account_of, desks_held, name_in, places_held
from rtopnet.sharing.public import Marking, note_reading


@require_safe
@room_page
def requests(request: HttpRequest) -> HttpResponse:
    """Who needs what: what my state asks for, and what others ask of us."""
    context = {
        "own": requests_listed(own=True),
        "others": requests_listed(own=False),
        "may_draft": bool(_states(request)),
    }
    return render(request, "assistance/requests.html", context)


@require_safe
@room_page
def one(request: HttpRequest, asked: UUID) -> HttpResponse:
    """What is needed, where does it stand, and what can I do?"""
    found = request_sheet(asked)
    if found is None:
        if was_withdrawn(asked):
            return render(request, "assistance/request_withdrawn.html")
        raise Http404
    by = account_of(request).pk
    if not found.is_own:
        note_reading(by=by, record=asked)
    elif found.stage is Stage.APPRAISED and found.sheet.decides:
        note_all_said(by=by, record=asked)
    desk = bool(desks_held(by))
    is_out = found.sheet.released_at is not None
    context = {
        "asked": found,
        "may": may(found),
        "offers": offers_for(asked),
        "works": deployments_listed(request=asked),
        "given": contributions_in_sight(request=asked) if is_out else [],
        "money": money_of([asked]),
        "to_deploy": bool(lines_to_deploy(asked)) if found.is_own else False,
        "can_offer": desk and is_out and found.closed_at is None,
        "can_give": desk and is_out and found.stage is not Stage.WITHDRAWN,
    }
    return render(request, "assistance/request.html", context)


def may(found: RequestSheet) -> dict[str, bool]:
    """What the reader can do now, so that a page shows no button that would be refused."""
    course = found.course
    if course is None:
        return {}
    decides = found.sheet.decides
    needs_desk = {Deed.RETURN, Deed.CIRCULATE, Deed.WITHDRAW, Deed.ACCEPT, Deed.BEGIN, Deed.COMPLETE}
    can = {deed.value: allows(course, deed) and (decides or deed not in needs_desk) for deed in Deed}
    can["submit"] = can["submit"] and found.sheet.writes
    return can


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a request of one's own state."""
    states = _states(request)
    if not states:
        raise PermissionDenied
    form = _form(request, states)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        desks = {body.id for body in desks_held(account_of(request).pk)}
        state = UUID(typed["state"])
        try:
            record = draft_request(
                by=account_of(request).pk,
                state=state,
                asking=form.asking(),
                marking=Marking(typed["marking"]),
                open_to_contributors=typed.get("open_to_contributors", state not in desks),
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The draft is saved. Nobody outside your state reads it. Now say what is needed.")
            )
            return redirect("assistance_need_new", record)
    return render(request, "assistance/request_write.html", {"form": form})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Write the draft anew; it is saved as one types."""
    found = _draft(asked)
    form = _form(request, [Body(found.state, found.state_names, is_state=True)], found)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    if request.method == "POST" and "autosave" in request.POST:
        return JsonResponse({"saved": False}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return render(request, "assistance/request_write.html", {"form": form, "asked": found})


def _save(request: HttpRequest, found: RequestSheet, form: RequestForm) -> HttpResponse:
    try:
        seen = datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        seen = None
    try:
        revise_request(by=account_of(request).pk, record=found.id, asking=form.asking(), seen=seen)
    except RuleBrokenError as error:
        if "autosave" in request.POST:
            return JsonResponse({"saved": False, "reason": str(error)}, status=HTTPStatus.CONFLICT)
        form.add_error(None, str(error))
        return render(request, "assistance/request_write.html", {"form": form, "asked": found})
    if "autosave" in request.POST:
        saved = request_sheet(found.id)
        return JsonResponse({"saved": True, "seen": saved.sheet.written_at.isoformat() if saved else ""})
    messages.success(request, _("Saved."))
    return redirect("assistance_request", found.id)


@require_http_methods(["GET", "POST"])
@room_page
def need_new(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Say one thing that is needed."""
    found = _draft(asked)
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_need(by=account_of(request).pk, record=asked, wish=form.wish())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            if "another" in request.POST:
                messages.success(request, _("Saved. Say the next thing that is needed."))
                return redirect("assistance_need_new", asked)
            return redirect("assistance_request", asked)
    return render(request, "assistance/need_write.html", {"form": form, "asked": found})


@require_http_methods(["GET", "POST"])
@room_page
def need_edit(request: HttpRequest, need: UUID) -> HttpResponse:
    """Write a need of the draft anew, or take it out."""
    row = need_in_sight(need)
    if row is None:
        raise Http404
    found = _draft(row.record)
    form = NeedForm(request.POST or None, initial=need_as_typed(row))
    if request.method == "POST" and "remove" in request.POST:
        remove_need(by=account_of(request).pk, need=need)
        messages.success(request, _("Taken out."))
        return redirect("assistance_request", found.id)
    if request.method == "POST" and form.is_valid():
        try:
            change_need(by=account_of(request).pk, need=need, wish=form.wish())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("assistance_request", found.id)
    return render(request, "assistance/need_write.html", {"form": form, "asked": found, "need": row})


@require_http_methods(["GET", "POST"])
@room_page
def submit(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Everything that it says, before it is handed to the focal point."""
    found = _draft(asked)
    refused = ""
    if request.method == "POST":
        try:
            submit_request(by=account_of(request).pk, record=asked)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            if found.sheet.decides:
                return redirect("assistance_circulate", asked)
            messages.success(request, _("Submitted. Your focal point decides whom it goes to."))
            return redirect("assistance_request", asked)
    return render(request, "assistance/request_submit.html", {"asked": found, "refused": refused})


@require_POST
@room_page
def give_back(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Back to a draft."""
    own_request_or_404(asked, decides=True)
    try:
        return_request(by=account_of(request).pk, record=asked)
    except RuleBrokenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is a draft again."))
    return redirect("assistance_request", asked)


@require_http_methods(["GET", "POST"])
@room_page
def withdraw(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Stop the request; the page says first what that means for whom."""
    found = own_request_or_404(asked, decides=True)
    if not may(found)["withdraw"]:
        return redirect("assistance_request", asked)
    form = WordsForm(request.POST or None, label=_("What are those told who made an offer?"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_request(by=account_of(request).pk, record=asked, words=form.cleaned_data["words"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Withdrawn. Everybody who made an offer has been told."))
            return redirect("assistance_request", asked)
    return render(request, "assistance/request_withdraw.html", {"asked": found, "form": form})


def _draft(asked: UUID) -> RequestSheet:
    """The request, while it is a draft that the reader writes; otherwise there is no such page."""
    found = request_or_404(asked)
    if not may(found).get("submit"):
        raise Http404
    return found


def _states(request: HttpRequest) -> list[Body]:
    return [body for body in places_held(account_of(request).pk) if body.is_state]


def _form(request: HttpRequest, states: list[Body], found: RequestSheet | None = None) -> RequestForm:
    desks = desks_held(account_of(request).pk)
    return RequestForm(
        request.POST or None,
        states=[(str(body.id), name_in(body.names, language())) for body in states],
        decides=bool(desks),
        is_new=found is None,
        initial=_initial(found) if found else None,
    )


def _initial(found: RequestSheet) -> dict[str, object]:
    return {
        "state": str(found.state),
        "title": found.sheet.title,
        "body": found.sheet.body,
        "conditions": found.conditions,
        "needed_by": found.needed_by,
        "seen": found.sheet.written_at.isoformat(),
    }

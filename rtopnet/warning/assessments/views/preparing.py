"""Preparing an assessment, and opening the scoring."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held, name_in, states_of
from rtopnet.sharing.public import Marking
from rtopnet.warning.assessments.forms.preparing import ScopeForm
from rtopnet.warning.assessments.public import (
    AssessmentSheet,
    Deed,
    draft_assessment,
    open_scoring,
    panel_of,
    revise_assessment,
)
from rtopnet.warning.assessments.views.access import language, people_choices, room_page, sheet_for


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin an assessment of one's own state or institution."""
    desks = desks_held(account_of(request).pk)
    if not desks:
        raise PermissionDenied
    form = _form(request, owners=[(str(body.id), name_in(body.names, language())) for body in desks])
    if request.method == "POST" and form.is_valid():
        try:
            record = draft_assessment(
                by=account_of(request).pk,
                owner=UUID(form.cleaned_data["owner"]),
                scope=form.scope(),
                marking=Marking(form.cleaned_data["marking"]),
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved. Nobody outside reads it yet."))
            return redirect("situation_assessment", record)
    return render(request, "assessments/scope.html", {"form": form})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Write the draft anew, before scoring begins."""
    found = sheet_for(request, assessment, Deed.PREPARE)
    form = _form(request, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            revise_assessment(by=account_of(request).pk, record=assessment, scope=form.scope())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("situation_assessment", assessment)
    return render(request, "assessments/scope.html", {"form": form, "found": found})


@require_http_methods(["GET", "POST"])
@room_page
def start(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Exactly who will be asked to score, before the button is pressed."""
    found = sheet_for(request, assessment, Deed.OPEN)
    refused = ""
    if request.method == "POST":
        try:
            open_scoring(by=account_of(request).pk, record=assessment)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Scoring has begun, and the assessors have been told."))
            return redirect("situation_assessment", assessment)
    return render(request, "assessments/start.html", {"found": found, "refused": refused})


def _form(
    request: HttpRequest,
    *,
    owners: list[tuple[str, str]] | None = None,
    found: AssessmentSheet | None = None,
) -> ScopeForm:
    states = states_of(account_of(request).region_id)
    return ScopeForm(
        request.POST or None,
        owners=owners or [],
        states=[(str(state.id), state.name(language())) for state in states],
        people=people_choices(request),
        is_new=found is None,
        initial=_initial(found) if found else None,
    )


def _initial(found: AssessmentSheet) -> dict[str, object]:
    return {
        "title": found.sheet.title,
        "body": found.sheet.body,
        "state": str(found.state),
        "place": found.place,
        "crimes": [crime.value for crime in found.crimes],
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "closes_at": found.planned_close,
        "assessors": [str(account) for account in panel_of(found.id)],
    }

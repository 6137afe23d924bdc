"""Scoring, one factor at a time, saved as one types."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of
from rtopnet.sharing.public import records_in_sight
from rtopnet.warning.assessments.forms.scoring import ScoreForm, score_as_typed
from rtopnet.warning.assessments.public import (
    FIRST,
    SECOND,
    Answer,
    AssessmentSheet,
    Deed,
    hand_in,
    own_answers,
    save_score,
    take_back_scores,
    take_over_first,
)
from rtopnet.warning.assessments.views.access import factor_or_404, room_page, sheet_for
from rtopnet.warning.assessments.views.reading import neighbours

RECORDS_OFFERED = 40


@require_http_methods(["GET", "POST"])
@room_page
def overview(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """How far am I, and what is left to answer?"""
    found = sheet_for(request, assessment, Deed.SCORE)
    refused = ""
    if request.method == "POST":
        try:
            hand_in(by=account_of(request).pk, record=assessment)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Handed in. You can take it back until the scores are shown."))
            return redirect("situation_assessment_score", assessment)
    answers = _answers(request, found)
    lines = [(factor, answers.get(factor.code)) for factor in found.framework.factors]
    left = [factor.code for factor, answer in lines if answer is None or not answer.is_complete]
    context = {"found": found, "lines": lines, "left": left, "refused": refused}
    return render(request, "assessments/score_overview.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def score(request: HttpRequest, assessment: UUID, factor: str) -> HttpResponse:
    """Is this factor there, where is it going, and how do I know?"""
    found = sheet_for(request, assessment, Deed.SCORE)
    about = factor_or_404(found, factor)
    if found.have_handed_in:
        return redirect("situation_assessment_score", assessment)
    answer = _answers(request, found).get(factor)
    form = ScoreForm(
        request.POST or None, factor=about, records=_records(found, answer), initial=score_as_typed(answer)
    )
    is_typing = "autosave" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            save_score(by=account_of(request).pk, record=assessment, code=factor, scored=form.scored())
        except RuleBrokenError as error:
            if is_typing:
                return JsonResponse({"saved": False, "reason": str(error)}, status=HTTPStatus.CONFLICT)
            form.add_error(None, str(error))
        else:
            return _go_on(request, found, factor)
    elif is_typing:
        return JsonResponse({"saved": False}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {
        "found": found,
        "factor": about,
        "form": form,
        "neighbours": neighbours(found, factor),
        "first": own_answers(assessment, FIRST).get(factor) if found.turn == SECOND else None,
    }
    return render(request, "assessments/score.html", context)


@require_POST
@room_page
def take_back(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Take what was handed in back, to change it."""
    sheet_for(request, assessment, Deed.SCORE)
    take_back_scores(by=account_of(request).pk, record=assessment)
    messages.success(request, _("You can change your scores again. Hand them in when you are done."))
    return redirect("situation_assessment_score", assessment)


def _go_on(request: HttpRequest, found: AssessmentSheet, code: str) -> HttpResponse:
    if "autosave" in request.POST:
        return JsonResponse({"saved": True, "seen": ""})
    after = neighbours(found, code)["after"]
    if "next" in request.POST and after:
        return redirect("situation_assessment_score_factor", found.id, after)
    return redirect("situation_assessment_score", found.id)


def _answers(request: HttpRequest, found: AssessmentSheet) -> dict[str, Answer]:
    """One's own answers; a second round begins from the first."""
    answers = own_answers(found.id, found.turn)
    if found.turn == SECOND and not answers:
        take_over_first(by=account_of(request).pk, record=found.id)
        answers = own_answers(found.id, found.turn)
    return answers


def _records(found: AssessmentSheet, answer: Answer | None) -> list[tuple[str, str]]:
    """Records in the assessor's sight that a score can rest on: the latest, and those linked already."""
    latest = records_in_sight(limit=RECORDS_OFFERED).records
    offered = {str(one.id): one.title for one in latest if one.id != found.id}
    linked = answer.evidence if answer else ()
    return list(({str(one.record): one.title for one in linked if one.record} | offered).items())

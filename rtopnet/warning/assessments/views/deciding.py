"""What the owner decides: showing scores, a second round, the conclusion, and why figures differ."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, region_of
from rtopnet.warning.assessments.forms.preparing import SecondForm, WordsForm
from rtopnet.warning.assessments.public import (
    AssessmentSheet,
    Contrast,
    Deed,
    comment_on,
    conclude_assessment,
    explain_contrast,
    keep_minority_view,
    open_second_round,
    outlook_beside,
    result_of,
    reveal_scores,
)
from rtopnet.warning.assessments.views.access import (
    factor_or_404,
    language,
    room_page,
    sheet_for,
    sheet_or_404,
)


@require_http_methods(["GET", "POST"])
@room_page
def reveal(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Show the scores; the page says first that this cannot be undone."""
    found = sheet_for(request, assessment, Deed.REVEAL)
    refused = ""
    if request.method == "POST":
        try:
            reveal_scores(by=account_of(request).pk, record=assessment)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("The scores are shown, and the assessors have been told."))
            return redirect("situation_assessment", assessment)
    return render(request, "assessments/reveal.html", {"found": found, "refused": refused})


@require_http_methods(["GET", "POST"])
@room_page
def second(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Ask the assessors to look at their scores again."""
    found = sheet_for(request, assessment, Deed.OPEN_SECOND)
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, closes_at = account_of(request).pk, form.cleaned_data["closes_at"]
        try:
            open_second_round(by=by, record=assessment, closes_at=closes_at)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The second round has begun, and the assessors have been told."))
            return redirect("situation_assessment", assessment)
    return render(request, "assessments/second.html", {"found": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def conclude(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Say what follows from the scores."""
    found = sheet_for(request, assessment, Deed.CONCLUDE)
    form = WordsForm(request.POST or None, label=gettext_lazy("What follows from the scores?"))
    if _written(request, form, lambda by, words: conclude_assessment(by=by, record=assessment, words=words)):
        messages.success(request, _("Concluded. You decide who else reads it."))
        return redirect("situation_assessment", assessment)
    latest = result_of(found, found.shown_turns[0])
    return render(request, "assessments/conclude.html", {"found": found, "form": form, "latest": latest})


@require_http_methods(["GET", "POST"])
@room_page
def explain(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Say why the judgement and the figures differ."""
    found = sheet_or_404(request, assessment)
    beside = _differing(request, found)
    if beside is None:
        raise Http404
    form = WordsForm(request.POST or None, label=gettext_lazy("Why may they differ?"))
    if _written(request, form, lambda by, words: explain_contrast(by=by, record=assessment, words=words)):
        messages.success(request, _("Your answer stands beside the figures."))
        return redirect("situation_assessment", assessment)
    return render(request, "assessments/explain.html", {"found": found, "form": form, "beside": beside})


@require_POST
@room_page
def comment(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Say something about the whole."""
    found = sheet_for(request, assessment, Deed.DISCUSS)
    return _say(request, found, "")


@require_POST
@room_page
def comment_factor(request: HttpRequest, assessment: UUID, factor: str) -> HttpResponse:
    """Say something about a factor."""
    found = sheet_for(request, assessment, Deed.DISCUSS)
    return _say(request, found, factor_or_404(found, factor).code)


@require_http_methods(["GET", "POST"])
@room_page
def dissent(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Write a minority view; it stays, and is printed."""
    found = sheet_for(request, assessment, Deed.DISSENT)
    form = WordsForm(request.POST or None, label=gettext_lazy("How do you see it, and why?"))
    if _written(request, form, lambda by, words: keep_minority_view(by=by, record=assessment, words=words)):
        messages.success(request, _("Your view is kept with the assessment."))
        return redirect("situation_assessment", assessment)
    return render(request, "assessments/dissent.html", {"found": found, "form": form})


def _say(request: HttpRequest, found: AssessmentSheet, code: str) -> HttpResponse:
    try:
        comment_on(by=account_of(request).pk, record=found.id, words=request.POST.get("words", ""), code=code)
    except RuleBrokenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Said."))
    if code:
        return redirect("situation_assessment_factor", found.id, code)
    return redirect("situation_assessment", found.id)


def _written(request: HttpRequest, form: WordsForm, write: Callable[[UUID, str], None]) -> bool:
    """Whether the words were sent and kept; otherwise the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write(account_of(request).pk, form.cleaned_data["words"])
    except RuleBrokenError as error:
        form.add_error(None, str(error))
        return False
    return True


def _differing(request: HttpRequest, found: AssessmentSheet) -> object | None:
    """The outlook, where it differs from the judgement and the reader is to say why."""
    if not found.sheet.decides or not found.shown_turns:
        return None
    result = result_of(found, found.shown_turns[0])
    region = region_of(account_of(request))
    beside = outlook_beside(found, result, region=region, language=language())
    return beside if beside and beside.contrast not in {None, Contrast.AGREE} else None

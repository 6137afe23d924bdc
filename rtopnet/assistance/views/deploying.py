"""Deployments: setting up, consents, duty of care, reports, appraisals and lessons."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.assistance.forms.deployments import AppraisalForm, DeploymentForm, LessonForm, ReportForm
from rtopnet.assistance.forms.fields import WordsForm
from rtopnet.assistance.public import (
    DeploymentSheet,
    answer_lesson,
    appraisal_in_sight,
    appraise,
    ask_consent,
    begin_deployment,
    complete_request,
    confirm_participant,
    deployment_sheet,
    deployments_listed,
    end_deployment,
    lesson_in_sight,
    lines_to_deploy,
    propose_lesson,
    report_on_deployment,
    send_deployment,
    set_duty_done,
    set_up_deployment,
    share_lesson,
)
from rtopnet.assistance.templatetags.assistance_words import aid_word
from rtopnet.assistance.views.access import body_names, language, own_request_or_404, room_page
from rtopnet.assistance.views.asking import may
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, name_in
from rtopnet.sharing.public import note_reading


@require_safe
@room_page
def deployments(request: HttpRequest) -> HttpResponse:
    """What is under way, and with whom?"""
    return render(request, "assistance/deployments.html", {"lines": deployments_listed()})


@require_safe
@room_page
def one(request: HttpRequest, deployment: UUID) -> HttpResponse:
    """Who does what where, what did both sides see to, and what happened?"""
    found = _deployment(deployment)
    if not found.is_own:
        note_reading(by=account_of(request).pk, record=deployment)
    names = body_names(request)
    senders = {sent.body for sent in found.participants}
    pairs = {(found.host, body) for body in senders} | {(body, found.host) for body in senders}
    context = {
        "work": found,
        "lesson_pairs": [
            (body, about, names.get(about, ""))
            for body, about in sorted(pairs)
            if found.ended_at and body in found.my_bodies
        ],
        "to_appraise": [(body, about, names.get(about, "")) for body, about in found.to_appraise],
        "sides": [(body, names.get(body, "")) for body in sorted(found.my_bodies)],
    }
    return render(request, "assistance/deployment.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Set up a deployment from what was accepted."""
    found = own_request_or_404(asked, decides=True)
    lines = lines_to_deploy(asked)
    if not may(found)["begin"] or not lines:
        return redirect("assistance_request", asked)
    choices = [
        (
            str(line.id),
            f"{name_in(line.body_names, language())}: {line.number} {line.post_title or aid_word(line.aid)}",
        )
        for line in lines
    ]
    initial = {
        "lines": [key for key, _name in choices],
        "title": found.sheet.title,
        "starts_on": min(line.starts_on for line in lines),
        "ends_on": max(line.ends_on for line in lines),
    }
    form = DeploymentForm(request.POST or None, lines=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            work = set_up_deployment(
                by=account_of(request).pk, request=asked, setting=form.setting(), lines=form.chosen()
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("assistance_deployment_check", work)
    return render(request, "assistance/deployment_write.html", {"asked": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def check(request: HttpRequest, deployment: UUID) -> HttpResponse:
    """Exactly who would read it, before it leaves the state."""
    found = _hosted(deployment)
    if found.sheet.released_at is not None:
        return redirect("assistance_deployment", deployment)
    refused = ""
    if request.method == "POST":
        try:
            send_deployment(by=account_of(request).pk, deployment=deployment)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Sent to all who take part."))
            return redirect("assistance_deployment", deployment)
    names = sorted({name_in(one.body_names, language()) for one in found.participants})
    context = {"work": found, "names": names, "refused": refused}
    return render(request, "assistance/deployment_check.html", context)


@require_POST
@room_page
def step(request: HttpRequest, deployment: UUID) -> HttpResponse:
    """What is done with one button on a deployment's page."""
    found, by = _deployment(deployment), account_of(request).pk
    typed = request.POST
    try:
        if "confirm" in typed:
            confirm_participant(by=by, participant=_uuid(typed["confirm"]))
        elif "ask" in typed:
            ask_consent(by=by, deployment=deployment, entry=_uuid(typed["ask"]), words=_said(found))
        elif "begin" in typed:
            begin_deployment(by=by, deployment=deployment)
        elif "duty" in typed:
            set_duty_done(
                by=by,
                deployment=deployment,
                body=_uuid(typed.get("body", "")),
                item=typed["duty"],
                done="undo" not in typed,
            )
    except RuleBrokenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("assistance_deployment", deployment)


@require_http_methods(["GET", "POST"])
@room_page
def report(request: HttpRequest, deployment: UUID, body: UUID) -> HttpResponse:
    """Report what happened; every side reads it."""
    found = _side(deployment, body)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_on_deployment(
                by=account_of(request).pk,
                deployment=deployment,
                body=body,
                happened_on=form.cleaned_data["happened_on"],
                words=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Reported. Every side reads it."))
            return redirect("assistance_deployment", deployment)
    return render(request, "assistance/report.html", {"work": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def end(request: HttpRequest, deployment: UUID) -> HttpResponse:
    """Say that the work is over."""
    found = _hosted(deployment)
    if found.begun_at is None or found.ended_at is not None:
        return redirect("assistance_deployment", deployment)
    form = WordsForm(request.POST or None, label=_("How did it end?"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            end_deployment(by=account_of(request).pk, deployment=deployment, words=form.cleaned_data["words"])
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Ended. Both sides are asked to appraise it."))
            return redirect("assistance_deployment", deployment)
    return render(request, "assistance/deployment_end.html", {"work": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def complete(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Say that the help asked for has been given."""
    found = own_request_or_404(asked, decides=True)
    if not may(found)["complete"]:
        return redirect("assistance_request", asked)
    refused = ""
    if request.method == "POST":
        try:
            complete_request(by=account_of(request).pk, record=asked)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Completed. Both sides are asked to appraise it."))
            return redirect("assistance_request", asked)
    return render(request, "assistance/request_complete.html", {"asked": found, "refused": refused})


@require_http_methods(["GET", "POST"])
@room_page
def judge(request: HttpRequest, deployment: UUID, body: UUID, about: UUID) -> HttpResponse:
    """How did the other side do its part?"""
    found = _side(deployment, body)
    if (body, about) not in found.to_appraise:
        raise Http404
    form = AppraisalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appraise(
                by=account_of(request).pk,
                deployment=deployment,
                body=body,
                about=about,
                marks=form.marks(),
                words=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Appraised. Only the other side reads it."))
            return redirect("assistance_deployment", deployment)
    context = {"work": found, "form": form, "name": body_names(request).get(about, "")}
    return render(request, "assistance/appraisal_write.html", context)


@require_safe
@room_page
def appraisal(request: HttpRequest, appraisal: UUID) -> HttpResponse:
    """How was a part of the work judged?"""
    found = appraisal_in_sight(appraisal)
    if found is None:
        raise Http404
    return render(request, "assistance/appraisal.html", {"one": found[0], "sheet": found[1]})


@require_http_methods(["GET", "POST"])
@room_page
def lesson_new(request: HttpRequest, deployment: UUID, body: UUID, about: UUID) -> HttpResponse:
    """Write what others can learn, and ask the other side whether the network may read it."""
    found = _side(deployment, body)
    senders = {one.body for one in found.participants}
    sides = {(found.host, one) for one in senders} | {(one, found.host) for one in senders}
    if found.ended_at is None or (body, about) not in sides:
        raise Http404
    form = LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lesson = propose_lesson(
                by=account_of(request).pk,
                deployment=deployment,
                body=body,
                other=about,
                title=form.cleaned_data["title"],
                words=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The other side is asked whether the network may read it."))
            return redirect("assistance_lesson", lesson)
    context = {"work": found, "form": form, "name": body_names(request).get(about, "")}
    return render(request, "assistance/lesson_write.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def lesson(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """What can others learn, and do both sides agree that they may?"""
    found = lesson_in_sight(lesson)
    if found is None:
        raise Http404
    about, sheet = found
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("In your words, if you like"),
        required=False,
    )
    if request.method == "POST" and form.is_valid():
        by, words = account_of(request).pk, form.cleaned_data["words"]
        try:
            if about.may_answer:
                answer_lesson(by=by, lesson=lesson, agreed="agree" in request.POST, words=words)
            elif about.may_share:
                share_lesson(by=by, lesson=lesson)
        except RuleBrokenError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done."))
        return redirect("assistance_lesson", lesson)
    return render(request, "assistance/lesson.html", {"lesson": about, "sheet": sheet, "form": form})


def _deployment(deployment: UUID) -> DeploymentSheet:
    found = deployment_sheet(deployment)
    if found is None:
        raise Http404
    return found


def _hosted(deployment: UUID) -> DeploymentSheet:
    found = _deployment(deployment)
    if not found.is_own or found.host not in found.my_bodies:
        raise Http404
    return found


def _side(deployment: UUID, body: UUID) -> DeploymentSheet:
    found = _deployment(deployment)
    if body not in found.my_bodies:
        raise Http404
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _said(found: DeploymentSheet) -> str:
    """What an expert is told of a deployment that they are asked to agree to."""
    parts = [found.sheet.title, found.place, found.sheet.body]
    return "\n\n".join(part for part in parts if part)

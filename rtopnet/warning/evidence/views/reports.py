"""What has been reported, one report, writing and grading it."""

from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.ids import new_id
from rtopnet.network.public import Body, account_of, desks_held, places_held
from rtopnet.sharing.public import (
    Marking,
    attachments_of,
    known_sheet,
    limit_in_bytes,
    may_attach,
    record_sheet,
)
from rtopnet.warning.evidence.device import device_key
from rtopnet.warning.evidence.forms.custody import GradeForm
from rtopnet.warning.evidence.forms.lists import FilterForm
from rtopnet.warning.evidence.forms.reports import WrittenForm, report_as_typed
from rtopnet.warning.evidence.forms.speech import SpeechForm
from rtopnet.warning.evidence.public import (
    KINDS,
    ReportSheet,
    SourceGrade,
    draft_incitement,
    draft_report,
    grade_report,
    note_files,
    note_opened,
    report_path,
    report_sheet,
    reports_in_sight,
    revise_report,
    write_speech,
)
from rtopnet.warning.evidence.views.access import (
    bodies_that_report,
    chosen_owner,
    own_report_or_404,
    owner_choices,
    places_of,
    room_page,
)


@require_safe
@room_page
def reports(request: HttpRequest) -> HttpResponse:
    """What has been reported, where and when, as far as we may read it?"""
    form = FilterForm(request.GET or None, places=places_of(request))
    page = reports_in_sight(form.wanted(), after=_after(request))
    context = {
        "form": form,
        "page": page,
        "is_filtered": form.is_bound,
        "may_report": bool(places_held(account_of(request).pk)),
        "query": form.query(),
        "device": _device(request),
    }
    return render(request, "evidence/reports.html", context)


@require_safe
@room_page
def one(request: HttpRequest, report: UUID) -> HttpResponse:
    """What happened, how sure is it, and who has it?"""
    found = report_sheet(report)
    if found is None:
        return _kept_elsewhere(report)
    by = account_of(request).pk
    note_opened(by=by, record=report)
    note_files(by=by, record=report)
    context = {
        "report": found,
        "record": report,
        "files": attachments_of(report),
        "may_attach": may_attach(report),
        "limit": limit_in_bytes(),
        "next": report_path(report),
    }
    return render(request, "evidence/report.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest) -> HttpResponse:
    """Report something; what is sent twice is kept once."""
    return _begin(request, WrittenForm, "evidence/report_write.html")


@require_http_methods(["GET", "POST"])
@room_page
def new_speech(request: HttpRequest) -> HttpResponse:
    """Report a speech that may be incitement."""
    return _begin(request, SpeechForm, "evidence/speech_write.html")


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, report: UUID) -> HttpResponse:
    """Write the report anew; a draft is saved as one types."""
    found = own_report_or_404(report, writes=True)
    form = _form_of(request, found)
    template = "evidence/speech_write.html" if found.speech else "evidence/report_write.html"
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form, template)
    if request.method == "POST" and "autosave" in request.POST:
        return JsonResponse({"saved": False}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return render(request, template, {"form": form, "report": found, "gazetteer": form.places})


@require_http_methods(["GET", "POST"])
@room_page
def grade(request: HttpRequest, report: UUID) -> HttpResponse:
    """How far can the source and the information be trusted, and why?"""
    found = own_report_or_404(report, writes=True)
    facts = found.facts
    initial = {"source_grade": facts.source_grade, "information_grade": facts.information_grade}
    form = GradeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            grade_report(
                by=account_of(request).pk,
                record=report,
                source=SourceGrade(typed["source_grade"]),
                information=typed["information_grade"],
                reason=typed["reason"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Graded. The reason stands in the chain of custody."))
            return redirect("situation_report", report)
    return render(request, "evidence/grade.html", {"form": form, "report": found})


def _kept_elsewhere(record: UUID) -> HttpResponse:
    """To the page of any record, where one of our kinds was written there by hand.

    Raises:
        Http404: there is none of which the reader may know.
    """
    known = record_sheet(record) or known_sheet(record)
    if known is None or known.kind not in KINDS:
        raise Http404
    return redirect("records_record", record)


def _begin(request: HttpRequest, kind: type[WrittenForm], template: str) -> HttpResponse:
    bodies = bodies_that_report(request)
    form = _form(request, kind, bodies)
    if request.method == "POST" and form.is_valid():
        try:
            record = _drafted(request, form, bodies)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept as a draft. Nobody outside reads it until you share it."))
            return redirect("situation_report", record)
    context = {"form": form, "gazetteer": form.places, "device": _device(request)}
    return render(request, template, context)


def _drafted(request: HttpRequest, form: WrittenForm, bodies: list[Body]) -> UUID:
    by, typed = account_of(request).pk, form.cleaned_data
    owner = chosen_owner(bodies, typed["owner"])
    desks = {body.id for body in desks_held(by)}
    terms = {
        "by": by,
        "owner": owner,
        "told": form.told(),
        "marking": Marking(typed["marking"]),
        "open_to_contributors": typed.get("open_to_contributors", owner.body not in desks),
        "sent_as": typed["sent_as"],
    }
    if isinstance(form, SpeechForm):
        return draft_incitement(**terms, said=form.said())
    return draft_report(**terms, kind=typed["kind"])


def _save(request: HttpRequest, found: ReportSheet, form: WrittenForm, template: str) -> HttpResponse:
    by = account_of(request).pk
    try:
        seen = datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        seen = None
    try:
        revise_report(by=by, record=found.id, told=form.told(), seen=seen)
        if isinstance(form, SpeechForm):
            write_speech(by=by, record=found.id, said=form.said())
    except RuleBrokenError as error:
        if "autosave" in request.POST:
            return JsonResponse({"saved": False, "reason": str(error)}, status=HTTPStatus.CONFLICT)
        form.add_error(None, str(error))
        return render(request, template, {"form": form, "report": found, "gazetteer": form.places})
    if "autosave" in request.POST:
        saved = report_sheet(found.id)
        return JsonResponse({"saved": True, "seen": saved.sheet.written_at.isoformat() if saved else ""})
    messages.success(request, _("Saved."))
    return redirect("situation_report", found.id)


def _form(request: HttpRequest, kind: type[WrittenForm], bodies: list[Body]) -> WrittenForm:
    return kind(
        request.POST or None,
        places=places_of(request),
        owners=owner_choices(bodies),
        decides=bool(desks_held(account_of(request).pk)),
        is_new=True,
        initial={"sent_as": new_id()},
    )


def _form_of(request: HttpRequest, found: ReportSheet) -> WrittenForm:
    places = places_of(request)
    kind = SpeechForm if found.speech else WrittenForm
    initial = report_as_typed(found, places)
    if found.speech:
        initial |= {name: getattr(found.speech, name) for name in SpeechForm.SPOKEN}
    return kind(request.POST or None, places=places, owners=[], decides=False, is_new=False, initial=initial)


def _device(request: HttpRequest) -> dict[str, str]:
    """What a browser needs to keep a report until it is sent, unreadable without us."""
    return {"key": device_key(account_of(request).pk), "account": str(account_of(request).pk)}


def _after(request: HttpRequest) -> tuple[date, UUID] | None:
    """Where the page begins; a place that cannot be read is the beginning."""
    day, _separator, record = request.GET.get("after", "").partition("~")
    try:
        return date.fromisoformat(day), UUID(record)
    except ValueError:
        return None

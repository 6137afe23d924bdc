"""Who had what, what was done with it, and how a speech is graded."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of
from rtopnet.sharing.public import attachments_of
from rtopnet.warning.evidence.forms.custody import StepForm
from rtopnet.warning.evidence.forms.speech import RabatForm
from rtopnet.warning.evidence.public import Step, add_step, custody_of, grade_speech, note_files
from rtopnet.warning.evidence.views.access import own_report_or_404, room_page


@require_http_methods(["GET", "POST"])
@room_page
def custody(request: HttpRequest, report: UUID) -> HttpResponse:
    """Who had the report and its files, and what was done with them?"""
    found, by = own_report_or_404(report), account_of(request).pk
    note_files(by=by, record=report)
    files = [(str(file.id), file.name) for file in attachments_of(report)]
    form = StepForm(request.POST or None, files=files)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            add_step(
                by=by,
                record=report,
                what=Step(typed["what"]),
                holder=typed["holder"],
                note=typed["note"],
                item=form.chosen_item(),
                happened_on=typed["happened_on"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down. It cannot be changed any more."))
            return redirect("situation_custody", report)
    context = {"report": found, "steps": custody_of(report), "form": form}
    return render(request, "evidence/custody.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def rabat(request: HttpRequest, report: UUID) -> HttpResponse:
    """Does the speech reach the threshold of the Rabat Plan of Action?"""
    found = own_report_or_404(report, writes=True)
    if found.speech is None:
        raise Http404
    form = RabatForm(request.POST or None, speech=found.speech)
    if request.method == "POST" and form.is_valid():
        try:
            grade_speech(by=account_of(request).pk, record=report, grades=form.graded())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Graded."))
            return redirect("situation_report", report)
    return render(request, "evidence/rabat.html", {"form": form, "report": found})

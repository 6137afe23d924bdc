"""Many reports from a file: the template, the check, and the decision."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held
from rtopnet.sharing.public import Marking
from rtopnet.warning.evidence.forms.bulk import (
    COLUMNS,
    REFUSALS,
    Checked,
    FileForm,
    KeepForm,
    checked,
    waiting_rows,
)
from rtopnet.warning.evidence.public import SheetRefusedError, keep_reports, rows_in
from rtopnet.warning.evidence.templates_for_files import csv_template, xlsx_template
from rtopnet.warning.evidence.views.access import (
    bodies_that_report,
    chosen_owner,
    owner_choices,
    places_of,
    room_page,
)

XLSFORM = Path(__file__).parents[1] / "data" / "field_report.xlsx"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@room_page
def bulk(request: HttpRequest) -> HttpResponse:
    """Take a file, and say of each row whether it can be kept; nothing is kept yet."""
    bodies = bodies_that_report(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = checked(rows_in(file.read(), known=COLUMNS), places_of(request))
        except SheetRefusedError as error:
            form.add_error("file", _refusal(error))
        else:
            keep = KeepForm(
                owners=owner_choices(bodies), initial={"rows": found.waiting, "came_as": file.name[:200]}
            )
            return _check_page(request, found, keep)
    return render(request, "evidence/bulk.html", {"form": form})


@require_POST
@room_page
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the good rows as drafts, or nothing."""
    if "nothing" in request.POST:
        messages.success(request, _("Nothing was kept."))
        return redirect("situation_bulk")
    bodies = bodies_that_report(request)
    form = KeepForm(request.POST, request.FILES, owners=owner_choices(bodies))
    if not form.is_valid():
        return render(request, "evidence/bulk.html", {"form": FileForm(), "refused": REFUSALS["broken"]})
    typed, by = form.cleaned_data, account_of(request).pk
    try:
        found = checked(waiting_rows(typed["rows"]), places_of(request))
        if found.bad:
            return _check_page(request, found, form)
        owner = chosen_owner(bodies, typed["owner"])
        kept = keep_reports(
            by=by,
            owner=owner,
            arriving=found.arriving,
            came_by=_("From a file: %(name)s") % {"name": typed["came_as"]},
            files=typed["attachments"].file if typed["attachments"] else None,
            marking=Marking(typed["marking"]),
            open_to_contributors=owner.body not in {body.id for body in desks_held(by)},
        )
    except SheetRefusedError as error:
        return render(request, "evidence/bulk.html", {"form": FileForm(), "refused": _refusal(error)})
    except RuleBrokenError as error:
        return render(request, "evidence/bulk.html", {"form": FileForm(), "refused": str(error)})
    count = len(kept.records)
    messages.success(
        request,
        ngettext("%(count)s report is kept as a draft.", "%(count)s reports are kept as drafts.", count)
        % {"count": count},
    )
    if kept.missing:
        messages.warning(
            request, _("These files were not in the zip: %(names)s") % {"names": ", ".join(kept.missing[:20])}
        )
    return redirect("situation_reports")


@require_safe
@room_page
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """The template of a file, with the columns and what may stand in them."""
    places = places_of(request)
    if ending == "csv":
        answer = HttpResponse(csv_template(), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(xlsx_template(places), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="reports.{ending}"'
    return answer


@require_safe
@room_page
def xlsform(request: HttpRequest) -> FileResponse:  # noqa: ARG001 -- the same for everybody
    """The form for ODK Collect and KoboToolbox."""
    return FileResponse(XLSFORM.open("rb"), as_attachment=True, filename=XLSFORM.name, content_type=_XLSX)


def _check_page(request: HttpRequest, found: Checked, form: KeepForm) -> HttpResponse:
    return render(request, "evidence/bulk_check.html", {"found": found, "form": form})


def _refusal(error: SheetRefusedError) -> str:
    words = str(REFUSALS.get(error.code, error.code))
    return f"{words} ({error.detail})" if error.detail else words

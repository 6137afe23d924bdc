"""Drafting a record and writing it anew; what is typed is never lost."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Account, Body, account_of, desks_held, name_in, places_held
from rtopnet.sharing.forms.words import (
    PartForms,
    PartFormSet,
    RecordForm,
    RevisionForm,
    chosen_body,
    owner_choices,
    words_of,
)
from rtopnet.sharing.public import (
    Marking,
    RecordSheet,
    Stage,
    Terms,
    draft_record,
    record_sheet,
    revise_record,
    set_terms,
)
from rtopnet.sharing.views.access import record_page


@require_http_methods(["GET", "POST"])
@record_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a record of one's state or institution."""
    account = account_of(request)
    bodies = places_held(account.pk)
    if not bodies:
        raise PermissionDenied
    form, parts = _forms(request, bodies, account)
    if _wants_part(request):
        return _page(request, form, _with_another(request), None)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        owner = chosen_body(bodies, form.cleaned_data["owner"])
        try:
            record = draft_record(
                by=account.pk,
                terms=_terms(form, None),
                words=words_of(form, parts),
                state=owner.id if owner.is_state else None,
                institution=None if owner.is_state else owner.id,
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved. Nobody outside reads it until you share it."))
            return redirect("records_record", record)
    return _page(request, form, parts, None)


@require_http_methods(["GET", "POST"])
@record_page
def edit(request: HttpRequest, record: UUID) -> HttpResponse:
    """Write the draft anew, or a further version of what was released."""
    account, sheet = account_of(request), record_sheet(record)
    if sheet is None:
        raise Http404
    if not sheet.writes:
        raise PermissionDenied
    bodies = [Body(sheet.owner, sheet.owner_names, is_state=True)]
    form, parts = _forms(request, bodies, account, sheet)
    if _wants_part(request):
        return _page(request, form, _with_another(request), sheet)
    if request.method == "POST" and form.is_valid() and parts.is_valid():
        return _save(request, sheet, form, parts)
    if request.method == "POST" and "autosave" in request.POST:
        return JsonResponse({"saved": False}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(request, form, parts, sheet)


def _save(request: HttpRequest, sheet: RecordSheet, form: RecordForm, parts: PartFormSet) -> HttpResponse:
    account = account_of(request)
    is_autosave = "autosave" in request.POST and sheet.stage == Stage.DRAFT
    revision = RevisionForm(request.POST)
    revision.is_valid()
    try:
        revise_record(
            by=account.pk,
            record=sheet.id,
            words=words_of(form, parts),
            seen=_seen(form),
            take_back_earlier=revision.cleaned_data["take_back_earlier"] and sheet.stage != Stage.DRAFT,
        )
        if sheet.decides:
            set_terms(by=account.pk, record=sheet.id, terms=_terms(form, sheet))
    except RuleBrokenError as error:
        if is_autosave:
            return JsonResponse({"saved": False, "reason": str(error)}, status=HTTPStatus.CONFLICT)
        form.add_error(None, str(error))
        return _page(request, form, parts, sheet)
    if is_autosave:
        saved = record_sheet(sheet.id)
        return JsonResponse({"saved": True, "seen": saved.written_at.isoformat() if saved else ""})
    messages.success(request, _("Saved."))
    return redirect("records_record", sheet.id)


def _forms(
    request: HttpRequest, bodies: list[Body], account: Account, sheet: RecordSheet | None = None
) -> tuple[RecordForm, PartFormSet]:
    desks = {body.id for body in desks_held(account.pk)}
    language = get_language() or "en"
    form = RecordForm(
        request.POST or None,
        owners=owner_choices(bodies, lambda names: name_in(names, language)),
        decides=sheet.decides if sheet else bool(desks),
        initial=_initial(sheet) if sheet else None,
    )
    parts = PartForms(request.POST or None, prefix="parts", initial=_initial_parts(sheet))
    return form, parts


def _initial(sheet: RecordSheet) -> dict[str, object]:
    return {
        "owner": str(sheet.owner),
        "kind": sheet.kind,
        "title": sheet.title,
        "body": sheet.body,
        "marking": sheet.marking.value,
        "chatham_house": sheet.chatham_house,
        "open_to_contributors": sheet.open_to_contributors,
        "seen": sheet.written_at.isoformat(),
    }


def _initial_parts(sheet: RecordSheet | None) -> list[dict[str, object]]:
    if sheet is None:
        return []
    return [
        {"slot": part.slot, "label": part.label, "body": part.body, "marking": part.marking.value}
        for part in sheet.parts
    ]


def _terms(form: RecordForm, sheet: RecordSheet | None) -> Terms:
    typed = form.cleaned_data
    return Terms(
        kind=typed["kind"],
        marking=Marking(typed["marking"]),
        chatham_house=typed["chatham_house"],
        open_to_contributors=typed.get("open_to_contributors", True),
        existence_only=sheet.existence_only if sheet else False,
        embargo_until=sheet.embargo_until if sheet else None,
        expires_at=sheet.expires_at if sheet else None,
    )


def _seen(form: RecordForm) -> datetime | None:
    try:
        return datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        return None


def _wants_part(request: HttpRequest) -> bool:
    return request.method == "POST" and "add_part" in request.POST


def _with_another(request: HttpRequest) -> PartFormSet:
    typed = request.POST.copy()
    count = min(int(typed.get("parts-TOTAL_FORMS") or 0), 50) + 1
    typed["parts-TOTAL_FORMS"] = str(count)
    typed.setdefault("parts-INITIAL_FORMS", "0")
    typed.setdefault(f"parts-{count - 1}-marking", str(Marking.RED.value))
    return PartForms(typed, prefix="parts")


def _page(
    request: HttpRequest, form: RecordForm, parts: PartFormSet, sheet: RecordSheet | None
) -> HttpResponse:
    context = {
        "form": form,
        "parts": parts,
        "sheet": sheet,
        "adding": _wants_part(request),
        "is_draft": sheet is None or sheet.stage == Stage.DRAFT,
    }
    return render(request, "sharing/write.html", context)

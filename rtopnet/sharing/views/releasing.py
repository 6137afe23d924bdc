"""Sharing a record: choosing, seeing in names who would read it, releasing, taking back."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, bodies_of, name_in, people_of_region
from rtopnet.sharing.forms.sharing import Addressable, PartAudienceForm, ShareForm, WordsForm, local_text
from rtopnet.sharing.public import (
    Audience,
    LedgerLine,
    RecordSheet,
    Stage,
    Terms,
    address_part,
    address_record,
    concerned_states,
    consult_state,
    groups_in_sight,
    metadata_warnings,
    name_concerned,
    needs_consultation,
    part_audiences_of,
    recall_record,
    receipts_of,
    release_ledger,
    release_record,
    requests_on,
    set_terms,
    waive_waiting,
    who_would_read,
    withdraw_record,
)
from rtopnet.sharing.readership import readership_in_words
from rtopnet.sharing.views.access import record_page, sheet_for_desk

LINES_SHOWN = 50
"""Of a release ledger at first; all of it on request."""


@require_http_methods(["GET", "POST"])
@record_page
def share(request: HttpRequest, record: UUID) -> HttpResponse:
    """Who is to read it, from when until when?"""
    sheet = _unended(record)
    form, part_forms = _forms(request, sheet)
    if request.method == "POST" and form.is_valid() and all(part.is_valid() for _p, part in part_forms):
        try:
            _keep(request, sheet, form, part_forms)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("records_check", record)
    return render(request, "sharing/share.html", {"sheet": sheet, "form": form, "part_forms": part_forms})


@require_http_methods(["GET", "POST"])
@record_page
def check(request: HttpRequest, record: UUID) -> HttpResponse:
    """Exactly who would read it, before the button is pressed."""
    sheet = _unended(record)
    if request.method == "POST":
        return _release(request, sheet)
    return render(request, "sharing/check.html", _checked(request, sheet))


@require_safe
@record_page
def ledger(request: HttpRequest, record: UUID) -> HttpResponse:
    """Who was told, opened and exported it, when, and which receipts are missing?"""
    sheet = sheet_for_desk(record)
    lines = release_ledger(record)
    shown = lines if "all" in request.GET else lines[:LINES_SHOWN]
    context = {
        "sheet": sheet,
        "lines": _placed(request, shown),
        "older": len(lines) - len(shown),
        "receipts": receipts_of(record),
        "requests": requests_on(record),
        "readership": readership_in_words(who_would_read(record), get_language() or "en"),
    }
    return render(request, "sharing/ledger.html", context)


@require_http_methods(["GET", "POST"])
@record_page
def recall(request: HttpRequest, record: UUID) -> HttpResponse:
    """Take the record back; the page says first what a recall cannot reach."""
    sheet = sheet_for_desk(record)
    if sheet.held or sheet.stage not in {Stage.WAITING, Stage.OPEN, Stage.EXPIRED}:
        raise PermissionDenied
    if request.method == "POST":
        try:
            recall_record(by=account_of(request).pk, record=record)
        except RuleBrokenError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Recalled. Its content is gone for every addressee, and receipts are asked for.")
            )
        return redirect("records_ledger", record)
    lines = [line for line in _placed(request, release_ledger(record)) if line.what != "told"]
    context = {
        "sheet": sheet,
        "opened": sorted({line.name for line in lines}),
        "exported": sorted({line.name for line in lines if line.what == "exported"}),
    }
    return render(request, "sharing/recall.html", context)


@require_http_methods(["GET", "POST"])
@record_page
def withdraw(request: HttpRequest, record: UUID) -> HttpResponse:
    """Delete the record's content for everybody, oneself included."""
    sheet = sheet_for_desk(record)
    if sheet.held:
        raise PermissionDenied
    if request.method == "POST":
        try:
            withdraw_record(by=account_of(request).pk, record=record)
        except RuleBrokenError as error:
            messages.error(request, str(error))
            return redirect("records_record", record)
        messages.success(request, _("Withdrawn. Its content is deleted; its ledger stays."))
        return redirect("records_list")
    return render(request, "sharing/withdraw.html", {"sheet": sheet})


@require_http_methods(["GET", "POST"])
@record_page
def consult(request: HttpRequest, record: UUID, state: UUID) -> HttpResponse:
    """Tell a state concerned, in words that protect sources; or record why waiting would endanger people."""
    sheet = _unended(record)
    about = next((one for one in concerned_states(record) if one.state == state), None)
    if about is None:
        raise Http404
    is_told = about.told_at is not None
    label = _("Why would waiting endanger people?") if is_told else _("What is the state told?")
    form = WordsForm(request.POST or None, label=label)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            if is_told:
                waive_waiting(by=account_of(request).pk, record=record, state=state, because=words)
            else:
                consult_state(by=account_of(request).pk, record=record, state=state, words=words)
        except RuleBrokenError as error:
            form.add_error("words", str(error))
        else:
            return redirect("records_check", record)
    return render(request, "sharing/consult.html", {"sheet": sheet, "about": about, "form": form})


def _unended(record: UUID) -> RecordSheet:
    sheet = sheet_for_desk(record)
    if sheet.held or sheet.stage in {Stage.RECALLED, Stage.WITHDRAWN}:
        raise PermissionDenied
    return sheet


def _release(request: HttpRequest, sheet: RecordSheet) -> HttpResponse:
    try:
        release_record(by=account_of(request).pk, record=sheet.id)
    except RuleBrokenError as error:
        context = _checked(request, sheet) | {"refused": str(error)}
        return render(request, "sharing/check.html", context)
    messages.success(request, _("Shared. You can recall it at any time."))
    return redirect("records_record", sheet.id)


def _checked(request: HttpRequest, sheet: RecordSheet) -> dict[str, object]:
    concerned = concerned_states(sheet.id)
    is_wide = needs_consultation(sheet.audience)
    parts = part_audiences_of(sheet.id, sheet.version)
    language = get_language() or "en"
    names = _names(request, language)
    return {
        "sheet": sheet,
        "readership": readership_in_words(who_would_read(sheet.id), language),
        "parts": [(part, [names[one] for one in _all(parts.get(part.slot))]) for part in sheet.parts],
        "concerned": concerned,
        "waits": is_wide and any(not one.is_heard for one in concerned),
        "is_released": sheet.stage != Stage.DRAFT,
        "warnings": metadata_warnings(sheet.id),
    }


def _all(audience: Audience | None) -> list[UUID]:
    if audience is None:
        return []
    return [*sorted(audience.states), *sorted(audience.institutions), *sorted(audience.persons)]


def _names(request: HttpRequest, language: str) -> dict[UUID, str]:
    region = account_of(request).region_id
    bodies = {body.id: name_in(body.names, language) for body in bodies_of(region)}
    return bodies | _people(request, language)


def _people(request: HttpRequest, language: str) -> dict[UUID, str]:
    """Everybody with their place: posts of several states bear one name."""
    found = people_of_region(account_of(request).region_id)
    return {person.id: _person(person.name, person.bodies, language) for person in found}


def _placed(request: HttpRequest, lines: list[LedgerLine]) -> list[LedgerLine]:
    people = _people(request, get_language() or "en")
    return [replace(line, name=people.get(line.account, line.name)) for line in lines]


def _keep(
    request: HttpRequest,
    sheet: RecordSheet,
    form: ShareForm,
    part_forms: list[tuple[object, PartAudienceForm]],
) -> None:
    by, typed = account_of(request).pk, form.cleaned_data
    embargo, expiry = form.times()
    terms = Terms(
        kind=sheet.kind,
        marking=form.marked(),
        chatham_house=sheet.chatham_house,
        open_to_contributors=sheet.open_to_contributors,
        existence_only=typed["existence_only"],
        embargo_until=embargo,
        expires_at=expiry,
    )
    with transaction.atomic():
        name_concerned(by=by, record=sheet.id, states=frozenset(UUID(one) for one in typed["concerned"]))
        # The wider of two markings first, or the audience on its way would go further than it allows.
        if terms.marking >= sheet.marking:
            set_terms(by=by, record=sheet.id, terms=terms)
            address_record(by=by, record=sheet.id, audience=form.audience())
        else:
            address_record(by=by, record=sheet.id, audience=form.audience())
            set_terms(by=by, record=sheet.id, terms=terms)
        for part, part_form in part_forms:
            address_part(by=by, record=sheet.id, slot=part.slot, audience=part_form.audience())  # type: ignore[attr-defined]  # a part of the sheet


def _forms(
    request: HttpRequest, sheet: RecordSheet
) -> tuple[ShareForm, list[tuple[object, PartAudienceForm]]]:
    addressable, others = _addressable(request, sheet)
    typed = request.POST or None
    form = ShareForm(typed, addressable=addressable, others=others, initial=_initial(sheet))
    audiences = part_audiences_of(sheet.id, sheet.version)
    part_forms: list[tuple[object, PartAudienceForm]] = [
        (
            part,
            PartAudienceForm(
                typed,
                prefix=f"part-{part.slot}",
                addressable=addressable,
                marking=part.marking,
                initial=_chosen(audiences.get(part.slot, Audience())),
            ),
        )
        for part in sheet.parts
    ]
    return form, part_forms


def _initial(sheet: RecordSheet) -> dict[str, object]:
    return _chosen(sheet.audience) | {
        "marking": sheet.marking.value,
        "network": sheet.audience.network,
        "public": sheet.audience.public,
        "existence_only": sheet.existence_only,
        "embargo_until": local_text(sheet.embargo_until),
        "expires_at": local_text(sheet.expires_at),
        "concerned": [str(one.state) for one in sheet.concerned],
    }


def _chosen(audience: Audience) -> dict[str, object]:
    return {
        "states": [str(one) for one in audience.states],
        "institutions": [str(one) for one in audience.institutions],
        "groups": [str(one) for one in audience.groups],
        "persons": [str(one) for one in audience.persons],
    }


def _addressable(request: HttpRequest, sheet: RecordSheet) -> tuple[Addressable, list[tuple[str, str]]]:
    language, account = get_language() or "en", account_of(request)
    bodies = [body for body in bodies_of(account.region_id) if body.id != sheet.owner]
    states = [(str(body.id), name_in(body.names, language)) for body in bodies if body.is_state]
    found = Addressable(
        states=states,
        institutions=[(str(body.id), name_in(body.names, language)) for body in bodies if not body.is_state],
        groups=[(str(group.id), group.name) for group in groups_in_sight() if group.keeper == sheet.owner],
        persons=[
            (str(person.id), _person(person.name, person.bodies, language))
            for person in people_of_region(account.region_id)
            if person.id != account.pk
        ],
    )
    return found, states


def _person(name: str, bodies: tuple[dict[str, str], ...], language: str) -> str:
    places = ", ".join(name_in(names, language) for names in bodies)
    return f"{name} ({places})" if places else name

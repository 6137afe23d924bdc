"""Calling a meeting, its page, moving it, calling it off, and what its host says."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.forms.meetings import HostPackForm, InvitesForm, WhenForm
from rtopnet.meetings.public import (
    Invites,
    MeetingLine,
    actions_carried_to,
    actions_of_meeting,
    agenda_of,
    awaited_states,
    cancel_meeting,
    change_meeting,
    delegations_to,
    keep_host_pack,
    minutes_of_meeting,
    own_answers,
    own_series,
    plan_meeting,
    suggested_chair,
    suggested_number,
)
from rtopnet.meetings.views.access import (
    addressable,
    meeting_page,
    named_choices,
    note_read,
    sheet_or_404,
    state_choices,
)
from rtopnet.network.public import Account, Body, account_of, desks_held, time_zone_of, zones_of_region
from rtopnet.sharing.public import attachments_of


@require_safe
@meeting_page
def meeting(request: HttpRequest, record: UUID) -> HttpResponse:
    """When and where is it, what will be talked about, and do we come?"""
    found = sheet_or_404(record)
    note_read(request, record, is_own=found.sheet.is_own)
    answers = own_answers([record])
    context = {
        "found": found,
        "meeting": found.line,
        "sheet": found.sheet,
        "items": agenda_of(record),
        "answers": [(state, answers.get((record, state))) for state in found.answers_for],
        "files": attachments_of(record),
        "minutes": minutes_of_meeting(record),
        "carried": actions_carried_to(record),
        "promised": actions_of_meeting(record),
        "document_languages": settings.DOCUMENT_LANGUAGES,
        "is_host": found.line.host is not None and found.writes_host_pack and not found.decides,
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
@meeting_page
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting: a draft first, which invites nobody."""
    account = account_of(request)
    desks = desks_held(account.pk)
    if not desks:
        raise PermissionDenied
    form, when = _forms(request, account, desks)
    if request.method == "POST" and form.is_valid() and when.is_valid():
        typed = form.cleaned_data
        owner = next(body for body in desks if str(body.id) == typed["owner"])
        owners = {"state" if owner.is_state else "institution": owner.id}
        try:
            record = plan_meeting(
                by=account.pk,
                when=when.when(),
                invites=Invites(typed["title"], typed["body"], form.marked(), form.audience()),
                series=UUID(typed["series"]) if typed["series"] else None,
                number=typed["number"],
                **owners,
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The draft is saved. Nobody is invited until you send the invitations.")
            )
            return redirect("meetings_meeting", record)
    return render(request, "meetings/new.html", {"form": form, "when": when})


@require_http_methods(["GET", "POST"])
@meeting_page
def change(request: HttpRequest, record: UUID) -> HttpResponse:
    """Move the meeting, or name its host and chair."""
    found = sheet_or_404(record)
    if not found.decides or found.line.is_cancelled:
        raise PermissionDenied
    account = account_of(request)
    zones = sorted({*zones_of_region(account.region_id), found.line.zone})
    form = WhenForm(
        request.POST or None, zones=zones, states=state_choices(account), initial=_initial(found.line)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(by=account.pk, meeting=record, when=form.when())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings_meeting", record)
    return render(request, "meetings/change.html", {"found": found, "meeting": found.line, "when": form})


@require_http_methods(["GET", "POST"])
@meeting_page
def cancel(request: HttpRequest, record: UUID) -> HttpResponse:
    """Call the meeting off; the page says first what that does."""
    found = sheet_or_404(record)
    if not found.decides or not found.takes_changes:
        raise PermissionDenied
    if request.method == "POST":
        cancel_meeting(by=account_of(request).pk, meeting=record)
        messages.success(request, _("The meeting is called off."))
        return redirect("meetings_meeting", record)
    return render(request, "meetings/cancel.html", {"found": found, "meeting": found.line})


@require_http_methods(["GET", "POST"])
@meeting_page
def host(request: HttpRequest, record: UUID) -> HttpResponse:
    """Write what those who come need to know."""
    found = sheet_or_404(record)
    if not found.writes_host_pack:
        raise PermissionDenied
    says = found.host_says
    initial = {"venue": says.venue, "programme": says.programme, "logistics": says.logistics} if says else {}
    form = HostPackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_host_pack(by=account_of(request).pk, meeting=record, words=form.words())
        messages.success(request, _("Saved. Everybody who is invited reads it."))
        return redirect("meetings_meeting", record)
    return render(request, "meetings/host.html", {"found": found, "meeting": found.line, "form": form})


@require_safe
@meeting_page
def delegations(request: HttpRequest, record: UUID) -> HttpResponse:
    """Who comes, and what do they need? For whoever called the meeting and its host."""
    found = sheet_or_404(record)
    if not found.writes_host_pack and not found.decides:
        raise PermissionDenied
    account = account_of(request)
    awaited = awaited_states(record, found.sheet.audience, account.region_id) if found.decides else []
    context = {
        "found": found,
        "meeting": found.line,
        "answers": delegations_to(record),
        "silent": [one for one in awaited if one.answer is None],
    }
    return render(request, "meetings/delegations.html", context)


def _forms(request: HttpRequest, account: Account, desks: list[Body]) -> tuple[InvitesForm, WhenForm]:
    series = own_series([body.id for body in desks])
    chosen = next((one.id for one in series if str(one.id) == request.GET.get("series")), None)
    form = InvitesForm(
        request.POST or None,
        owners=named_choices(desks),
        series=[(str(one.id), one.name) for one in series],
        initial={"series": str(chosen or ""), "number": suggested_number(chosen), "network": True},
        **addressable(account),
    )
    zone = time_zone_of(account)
    chair = suggested_chair(chosen, account.region_id) if chosen else None
    when = WhenForm(
        request.POST or None,
        zones=sorted({*zones_of_region(account.region_id), zone}),
        states=state_choices(account),
        initial={"zone": zone, "form": "in_person", "chair": str(chair or "")},
    )
    return form, when


def _initial(line: MeetingLine) -> dict[str, object]:
    return {
        "form": line.form,
        "starts_on": line.starts_at.date(),
        "starts_at": line.starts_at.time(),
        "ends_on": line.ends_at.date(),
        "ends_at": line.ends_at.time(),
        "zone": line.zone,
        "place": line.place,
        "join_link": line.join_link,
        "host": str(line.host or ""),
        "chair": str(line.chair or ""),
    }

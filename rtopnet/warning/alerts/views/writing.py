"""Writing a warning: the first signal, what it says, and what happened without one."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held, places_held
from rtopnet.sharing.public import Marking
from rtopnet.warning.alerts.forms.warnings import MissedForm, SayingForm
from rtopnet.warning.alerts.public import (
    AlertSheet,
    RuleInSight,
    alert_sheet,
    firing_in_sight,
    raise_signal,
    record_missed,
    revise_alert,
    rule_in_sight,
    start_from_firing,
)
from rtopnet.warning.alerts.views.access import alert_or_404, ask, named, region_bodies, room_page


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a warning with its first signal."""
    return _begin(request)


@require_http_methods(["GET", "POST"])
@room_page
def follow(request: HttpRequest, firing: UUID) -> HttpResponse:
    """Begin a warning from what a watch rule found."""
    account = account_of(request).pk
    found = firing_in_sight(firing)
    rule = rule_in_sight(found.rule, account) if found else None
    if found is None or rule is None:
        raise Http404
    if found.alert is not None and alert_sheet(found.alert) is not None:
        return redirect("situation_warning", found.alert)
    return _begin(request, firing=firing, rule=rule)


def _begin(
    request: HttpRequest, *, firing: UUID | None = None, rule: RuleInSight | None = None
) -> HttpResponse:
    by = account_of(request).pk
    places = places_held(by)
    if not places:
        raise PermissionDenied
    form = SayingForm(
        request.POST or None,
        owners=named(places),
        states=region_bodies(request, states=True),
        is_new=True,
        initial={"title": rule.title} if rule else None,
    )
    if request.method == "POST" and form.is_valid():
        typed, owner = form.cleaned_data, UUID(form.cleaned_data["owner"])
        decides = owner in {body.id for body in desks_held(by)}
        try:
            if firing is not None:
                record = start_from_firing(by=by, firing=firing, body=owner, saying=form.saying())
            else:
                record = raise_signal(
                    by=by,
                    body=owner,
                    saying=form.saying(),
                    marking=Marking(typed["marking"]),
                    open_to_contributors=typed["open_to_contributors"] or not decides,
                )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The signal is kept. Nobody outside your own people reads it."))
            return redirect("situation_warning", record)
    return render(request, "alerts/write.html", {"form": form, "rule": rule})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, warning: UUID) -> HttpResponse:
    """Write the warning anew; a draft is saved as one types."""
    found = alert_or_404(warning)
    if not found.sheet.writes or found.closed_at is not None or not found.is_own:
        raise Http404
    form = SayingForm(
        request.POST or None,
        owners=[],
        states=region_bodies(request, states=True, without=found.sheet.owner),
        is_new=False,
        initial=_initial(found),
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    if request.method == "POST" and "autosave" in request.POST:
        return JsonResponse({"saved": False}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return render(request, "alerts/write.html", {"form": form, "alert": found})


@require_http_methods(["GET", "POST"])
@room_page
def missed(request: HttpRequest) -> HttpResponse:
    """Put down what happened without a warning."""
    by = account_of(request).pk
    desks = desks_held(by)
    if not desks:
        raise PermissionDenied
    form = MissedForm(request.POST or None, owners=named(desks), states=region_bodies(request, states=True))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            record = record_missed(
                by=by,
                body=UUID(typed["owner"]),
                saying=form.saying(),
                happened_on=typed["happened_on"],
                words=typed["words"],
                lesson=typed["lesson"],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Put down. Share it, so that the network learns from it."))
            return redirect("situation_warning", record)
    context = {
        "heading": _("Put down what happened without a warning"),
        "lead": _("The network counts what it missed as well as what it warned of."),
        "form": form,
        "button": _("Put it down"),
        "back": reverse("situation_warnings"),
    }
    return ask(request, context)


def _save(request: HttpRequest, found: AlertSheet, form: SayingForm) -> HttpResponse:
    try:
        seen = datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        seen = None
    is_autosave = "autosave" in request.POST
    if is_autosave and found.sheet.released_at is not None:
        # Each saving of what others read is a version that they are told of.
        return JsonResponse({"saved": False}, status=HTTPStatus.CONFLICT)
    try:
        revise_alert(by=account_of(request).pk, record=found.id, saying=form.saying(), seen=seen)
    except RuleBrokenError as error:
        if is_autosave:
            return JsonResponse({"saved": False, "reason": str(error)}, status=HTTPStatus.CONFLICT)
        form.add_error(None, str(error))
        return render(request, "alerts/write.html", {"form": form, "alert": found})
    if is_autosave:
        saved = alert_sheet(found.id)
        return JsonResponse({"saved": True, "seen": saved.sheet.written_at.isoformat() if saved else ""})
    messages.success(request, _("Saved."))
    return redirect("situation_warning", found.id)


def _initial(found: AlertSheet) -> dict[str, object]:
    return {
        "title": found.sheet.title,
        "body": found.sheet.body,
        "crimes": [crime.value for crime in found.crimes],
        "concerned": [str(one.state) for one in found.sheet.concerned],
        "seen": found.sheet.written_at.isoformat(),
    }

"""Answering a warning, signing it, and tying records to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held
from rtopnet.warning.alerts.forms.warnings import AnswerForm, AskToSignForm, LinkForm, WordsForm
from rtopnet.warning.alerts.public import (
    AlertSheet,
    Deed,
    LinkKind,
    allows,
    answer_alert,
    ask_to_sign,
    link_to_alert,
    sign_alert,
    take_name_off,
    unlink_from_alert,
)
from rtopnet.warning.alerts.views.access import (
    alert_or_404,
    ask,
    named,
    own_alert_or_404,
    records_offered,
    region_bodies,
    room_page,
)
from rtopnet.warning.alerts.views.stages import carry_out


@require_http_methods(["GET", "POST"])
@room_page
def answer(request: HttpRequest, warning: UUID) -> HttpResponse:
    """What do we do about it?"""
    found = alert_or_404(warning)
    by = account_of(request).pk
    desks = desks_held(by)
    if found.is_own or not desks or not allows(found.course, Deed.ANSWER):
        raise Http404
    asked = {one.body for one in found.asked if one.is_mine}
    bodies = [body for body in desks if body.id in asked] or desks
    form = AnswerForm(request.POST or None, bodies=named(bodies), records=records_offered(warning))
    done = carry_out(
        request,
        warning,
        form,
        lambda: answer_alert(
            by=by,
            record=warning,
            body=UUID(form.cleaned_data["body"]),
            kind=form.answer_kind(),
            words=form.cleaned_data["words"],
            openly=form.cleaned_data["openly"],
            linked=form.linked_record(),
        ),
        _("Answered. The owner of the warning has been told."),
    )
    context = _asked(found, form, _("Answer the warning"), _("Send the answer"))
    lead = _("Whoever warned reads your answer, and nobody else unless you say so below.")
    return done or ask(request, context | {"lead": lead})


@require_http_methods(["GET", "POST"])
@room_page
def link(request: HttpRequest, warning: UUID) -> HttpResponse:
    """Tie a record to the warning."""
    found = alert_or_404(warning)
    by = account_of(request).pk
    answered = [one.body for one in found.answers if one.is_mine]
    if found.closed_at is not None or not (found.is_own or answered):
        raise Http404
    kinds = tuple(LinkKind) if found.is_own else (LinkKind.ANSWER,)
    form = LinkForm(request.POST or None, records=records_offered(warning), kinds=kinds)
    done = carry_out(
        request,
        warning,
        form,
        lambda: link_to_alert(
            by=by,
            record=warning,
            linked=form.cleaned_data["linked"],
            kind=LinkKind(form.cleaned_data["kind"]),
            body=None if found.is_own else answered[0],
        ),
        _("Tied to the warning."),
    )
    context = _asked(found, form, _("Tie a record to the warning"), _("Tie it"))
    lead = _("A reader of the warning sees the record only if they read it anyway; others see no sign of it.")
    return done or ask(request, context | {"lead": lead})


@require_POST
@room_page
def unlink(request: HttpRequest, warning: UUID, linked: UUID) -> HttpResponse:
    """Untie a record that one's own body tied."""
    unlink_from_alert(by=account_of(request).pk, record=warning, linked=linked)
    messages.success(request, _("Untied."))
    return redirect("situation_warning", warning)


@require_http_methods(["GET", "POST"])
@room_page
def invite(request: HttpRequest, warning: UUID) -> HttpResponse:
    """Which other state may sign it with us?"""
    found = own_alert_or_404(warning)
    if found.issued_at is not None or found.closed_at is not None:
        raise Http404
    form = AskToSignForm(
        request.POST or None, states=region_bodies(request, states=True, without=found.sheet.owner)
    )
    by = account_of(request).pk
    done = carry_out(
        request,
        warning,
        form,
        lambda: ask_to_sign(by=by, record=warning, state=UUID(form.cleaned_data["state"])),
        _("Asked. The state reads the draft from now on."),
    )
    points = [
        _("The state reads the draft from now on, and later versions of it."),
        _("It signs for itself, and can take its name off until you issue the warning."),
    ]
    context = _asked(found, form, _("Ask a state to sign with you"), _("Ask it"))
    return done or ask(request, context | {"points": points})


@require_http_methods(["GET", "POST"])
@room_page
def sign(request: HttpRequest, warning: UUID, state: UUID) -> HttpResponse:
    """Do we sign it for our own state?"""
    found = alert_or_404(warning)
    mine = next((one for one in found.sponsors if one.state == state and one.is_mine), None)
    if mine is None or found.is_own or found.issued_at is not None or found.closed_at is not None:
        raise Http404
    form = WordsForm(request.POST or None, label=_("Words that go with it"), required=False)
    by = account_of(request).pk
    if request.method == "POST" and form.is_valid():
        words, signs = form.cleaned_data["words"], "leave" not in request.POST
        try:
            if signs:
                sign_alert(by=by, record=warning, state=state, words=words)
            else:
                take_name_off(by=by, record=warning, state=state, words=words)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Signed.") if signs else _("Your state's name does not stand on the warning.")
            )
            return redirect("situation_warning", warning)
    context = _asked(found, form, _("Sign the warning for your state"), _("Sign it"))
    lead = _("Once the warning is issued, your state's name stands on it for good.")
    leave = _("Take our name off") if mine.has_signed else _("Do not sign")
    return ask(request, context | {"lead": lead, "other": leave})


def _asked(found: AlertSheet, form: object, heading: str, button: str) -> dict[str, object]:
    return {
        "alert": found,
        "form": form,
        "heading": heading,
        "button": button,
        "back": reverse("situation_warning", args=[found.id]),
    }

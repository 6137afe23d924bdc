"""How the reader wants to be told: habits, kinds and channels, browsers to wake, mails to stop."""

from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.network.notice_forms import HabitsForm, browser_of
from rtopnet.network.public import (
    Channel,
    PushTargetRefusedError,
    Refused,
    TrialTooSoonError,
    account_of,
    add_push_subscription,
    application_key,
    choose_notice_channels,
    choose_notice_habits,
    known_kinds,
    notice_choices,
    reader_of_stop_link,
    remove_push_subscription,
    send_trial_notice,
    stop_notice_mails,
    zones_of_region,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """How and when am I told of things?"""
    account = account_of(request)
    kept = notice_choices(account=account)
    zones = zones_of_region(account.region_id)
    if request.method != "POST":
        return _page(request, HabitsForm.of(kept.habits, kept.own_zone, zones))
    form = HabitsForm(request.POST, zones=zones)
    if not form.is_valid():
        return _page(request, form)
    choose_notice_habits(by=account.pk, habits=form.habits(), time_zone=form.cleaned_data["time_zone"])
    messages.success(request, _("Your times have been saved."))
    return redirect("network_notice_choices")


@require_POST
@login_required
def kinds(request: HttpRequest) -> HttpResponse:
    """Keep which kinds come by which channel; what is not ticked does not come."""
    refused = [
        Refused(kind.key, channel)
        for kind in known_kinds()
        for channel in Channel
        if f"{channel}:{kind.key}" not in request.POST
    ]
    choose_notice_channels(by=account_of(request).pk, refused=refused)
    messages.success(request, _("Your choice of kinds has been saved."))
    return redirect("network_notice_choices")


@require_POST
@login_required
def trial(request: HttpRequest) -> HttpResponse:
    """Send a trial by every channel."""
    try:
        send_trial_notice(by=account_of(request).pk)
    except TrialTooSoonError:
        messages.warning(request, _("A trial was sent less than a minute ago. Wait for it to arrive."))
    else:
        messages.success(request, _("A trial is on its way. It stands among your notices already."))
    return redirect("network_notice_choices")


@require_POST
@login_required
def add_browser(request: HttpRequest) -> HttpResponse:
    """Let this browser be woken."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    browser = browser_of(request.headers.get("User-Agent", ""))
    try:
        add_push_subscription(by=account_of(request).pk, browser=browser, **given)
    except PushTargetRefusedError:
        messages.warning(request, _("This browser cannot be woken: its push service cannot be called."))
    else:
        messages.success(request, _("This browser will be woken from now on."))
    return redirect("network_notice_choices")


@require_POST
@login_required
def stop_browser(request: HttpRequest, subscription: UUID) -> HttpResponse:
    """No longer wake a browser."""
    remove_push_subscription(by=account_of(request).pk, subscription=subscription)
    messages.success(request, _("That browser is no longer woken."))
    return redirect("network_notice_choices")


# A mail program posts here by itself, with no session and no token of ours but the one in the address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails by the link in one of them; looking at the page, as a scanner does, stops nothing."""
    is_done = request.method == "POST" and stop_notice_mails(token=token)
    is_ours = is_done or reader_of_stop_link(token=token)
    about = {"is_done": is_done, "is_ours": is_ours}
    return render(request, "network/mail_stop.html", about, status=200 if is_ours else 404)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the same for everybody
    """The script that a browser runs when it is woken; for the whole site, hence at its root."""
    script = render_to_string("network/service_worker.js")
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


def _page(request: HttpRequest, form: HabitsForm) -> HttpResponse:
    key = urlsafe_b64encode(application_key()).rstrip(b"=").decode()
    about: dict[str, Any] = {
        "form": form,
        "choices": notice_choices(account=account_of(request)),
        "application_key": key,
    }
    return render(request, "network/notice_choices.html", about)

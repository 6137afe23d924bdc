"""Whether the region is ready: contacts confirmed, drills started, answered and scored."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rtopnet.kernel.clock import now
from rtopnet.network.public import (
    CallClosedError,
    NoSuchHourError,
    SecretariatStartsError,
    account_of,
    acts_as_secretariat,
    answer_by_link,
    answer_drill,
    call_off_drill,
    confirm_contact,
    drill_in_sight,
    instant_of,
    open_calls,
    post_in_sight,
    readiness_of,
    region_zone,
    start_drill,
)

LENGTHS = (
    ("30", _("30 minutes")),
    ("60", _("1 hour")),
    ("240", _("4 hours")),
    ("1440", _("1 day")),
    ("4320", _("3 days")),
)


class DrillForm(forms.Form):
    """A drill to start."""

    title = forms.CharField(label=_("Title"), max_length=120)
    message = forms.CharField(
        label=_("Message"),
        help_text=_("It goes out by mail to every focal point and deputy: write nothing above TLP:GREEN."),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    lasts = forms.ChoiceField(label=_("How long it can be answered"), choices=LENGTHS, initial="1440")
    when = forms.ChoiceField(
        label=_("When"),
        widget=forms.RadioSelect,
        choices=[("now", _("Now, as soon as I press the button")), ("later", _("At a set hour"))],
        initial="now",
    )
    day = forms.DateField(label=_("Day"), required=False)
    hour = forms.TimeField(label=_("Hour"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["day"].widget.input_type = "date"
        self.fields["hour"].widget.input_type = "time"

    def clean(self) -> dict[str, Any]:
        """Work out the instant; ``at`` is None for now."""
        cleaned = super().clean() or {}
        cleaned["at"] = None
        if cleaned.get("when") != "later" or {"day", "hour"} & set(self.errors):
            return cleaned
        if not cleaned.get("day") or not cleaned.get("hour"):
            self.add_error("day", say("Say on which day and at which hour, or choose “now”."))
            return cleaned
        try:
            cleaned["at"] = instant_of(datetime.combine(cleaned["day"], cleaned["hour"]), self.zone)
        except NoSuchHourError:
            self.add_error("hour", say("Clocks there are put forward and skip this hour. Choose another."))
        if cleaned["at"] and cleaned["at"] <= now():
            self.add_error("day", say("That hour has passed. Choose a later one, or “now”."))
        return cleaned


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Are we ready?"""
    found = readiness_of(account_of(request), get_language() or "en")
    return render(request, "network/readiness.html", {"readiness": found})


@require_POST
@login_required
def confirm(request: HttpRequest, post: UUID) -> HttpResponse:
    """Say that one's contact is right as it stands."""
    found = post_in_sight(account_of(request), post, get_language() or "en")
    if found is None or not found.is_mine:
        raise Http404
    confirm_contact(by=account_of(request).pk, post=post)
    messages.success(request, say("Thank you. The contact is confirmed for a year."))
    return redirect("network_readiness")


@require_http_methods(["GET", "POST"])
@login_required
def new_drill(request: HttpRequest) -> HttpResponse:
    """Start a drill now, or plan one."""
    if not acts_as_secretariat():
        raise Http404
    zone = region_zone(account_of(request))
    form = DrillForm(request.POST or None, zone=zone)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        made = start_drill(
            by=account_of(request).pk,
            title=wanted["title"],
            message=wanted["message"],
            lasts=timedelta(minutes=int(wanted["lasts"])),
            at=wanted["at"],
        )
        is_now = wanted["at"] is None
        messages.success(
            request,
            say("The drill has started.") if is_now else say("The drill is planned; only you see it."),
        )
        return redirect("network_drill", drill=made)
    return render(request, "network/drill_new.html", {"form": form, "zone": zone})


@require_http_methods(["GET", "POST"])
@login_required
def drill(request: HttpRequest, drill: UUID) -> HttpResponse:
    """One drill: answer it, and see what it showed."""
    account, language = account_of(request), get_language() or "en"
    found = drill_in_sight(account, drill, language)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            answer_drill(by=account.pk, drill=drill)
        except CallClosedError:
            messages.warning(request, say("This needed no answer any more."))
        else:
            messages.success(request, say("Thank you, your answer is in."))
        return redirect("network_drill", drill=drill)
    mine = [call for call in open_calls(account, language) if call.drill == drill]
    context = {"drill": found, "calls": mine, "is_secretariat": acts_as_secretariat()}
    return render(request, "network/drill.html", context)


@require_POST
@login_required
def call_off(request: HttpRequest, drill: UUID) -> HttpResponse:
    """Take a planned drill back."""
    try:
        call_off_drill(by=account_of(request).pk, drill=drill)
    except SecretariatStartsError:
        raise Http404 from None
    messages.success(request, say("The drill is called off; nobody was asked."))
    return redirect("network_readiness")


@never_cache
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a drill by the link in its letter; the page shows nothing of whom it asks or why."""
    if request.method == "GET":
        return render(request, "network/here.html", {"state": "ask"})
    try:
        answer_by_link(token=token)
    except CallClosedError:
        return render(request, "network/here.html", {"state": "closed"}, status=410)
    return render(request, "network/here.html", {"state": "done"})

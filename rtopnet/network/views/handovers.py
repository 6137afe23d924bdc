"""Handing a post over: to whom and when, then what moves with it, then the button."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.kernel.clock import now
from rtopnet.network.public import (
    HandoverDoneError,
    HandoverPendingError,
    HandoverRefusedError,
    NoSuchHourError,
    PostView,
    Successor,
    account_of,
    cancel_handover,
    duties_of,
    hand_over,
    handover_in_sight,
    handovers_in_sight,
    instant_of,
    loss_of,
    post_in_sight,
    successors_of,
    zones_of,
)
from rtopnet.network.views.offering import offer


class HandOverForm(forms.Form):
    """To whom a post passes, when, and what its next holder should know."""

    to = forms.ChoiceField(label=_("Who takes over"))
    when = forms.ChoiceField(
        label=_("When"),
        widget=forms.RadioSelect,
        choices=[("now", _("Now, as soon as I confirm")), ("later", _("At a set hour"))],
        initial="later",
    )
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    time_zone = forms.ChoiceField(label=_("Time zone of that hour"))
    note = forms.CharField(
        label=_("Note for whoever takes over"),
        help_text=_(
            "What is under way, whom to call, where things lie. It stays with the post; you no longer see it."
        ),
        widget=forms.Textarea,
        required=False,
        max_length=10_000,
    )

    def __init__(self, *args: Any, people: list[Successor], zones: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [(str(person.id), _described(person)) for person in people])
        offer(self, "time_zone", [(zone, zone.replace("_", " ")) for zone in zones])
        self.fields["day"].widget.input_type = "date"
        self.fields["hour"].widget.input_type = "time"

    def clean(self) -> dict[str, Any]:
        """Work out the instant; ``at`` is None for now."""
        cleaned = super().clean() or {}
        cleaned["at"] = None
        if cleaned.get("when") != "later":
            return cleaned
        for field in ("day", "hour"):
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, say("Say at which hour, or choose “now”."))
        if not {"day", "hour", "time_zone"} & set(self.errors):
            self._set_instant(cleaned)
        return cleaned

    def _set_instant(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["at"] = instant_of(
                datetime.combine(cleaned["day"], cleaned["hour"]), cleaned["time_zone"]
            )
        except NoSuchHourError:
            self.add_error("hour", say("Clocks there are put forward and skip this hour. Choose another."))
        else:
            if cleaned["at"] <= now():
                self.add_error("day", say("That hour has passed there. Choose a later one, or “now”."))


@require_http_methods(["GET", "POST"])
@login_required
def hand_over_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """Choose, look at what moves and what ends, confirm."""
    account, language = account_of(request), get_language() or "en"
    found = _in_my_hand(request, post)
    if any(each.is_to_come for each in handovers_in_sight(post, account.pk)):
        return redirect("network_post", post=post)
    people = successors_of(post, language)
    form = HandOverForm(request.POST or None, people=people, zones=zones_of(post))
    context = {"post": found, "form": form, "people": people}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "network/hand_over.html", context)
    if "confirmed" not in request.POST:
        return render(request, "network/hand_over_check.html", context | _consequences(form, found, people))
    return _carry_out(request, form, found, people)


@require_POST
@login_required
def cancel(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Take a hand-over back before its hour."""
    account = account_of(request)
    found = handover_in_sight(handover, account.pk)
    if found is None or not post_is_in_my_hand(request, found.post):
        raise Http404
    try:
        cancel_handover(by=account.pk, handover=handover)
    except HandoverDoneError:
        messages.warning(request, say("It was too late: the hour has passed, or it was cancelled before."))
    else:
        messages.success(request, say("The hand-over is cancelled. Whoever holds the post keeps it."))
    return redirect("network_post", post=found.post)


def post_is_in_my_hand(request: HttpRequest, post: UUID) -> bool:
    """Whether the reader holds the post or decides for it."""
    found = post_in_sight(account_of(request), post, get_language() or "en")
    return found is not None and found.in_my_hand


def _in_my_hand(request: HttpRequest, post: UUID) -> PostView:
    found = post_in_sight(account_of(request), post, get_language() or "en")
    if found is None or not found.in_my_hand:
        raise Http404
    return found


def _consequences(form: HandOverForm, post: PostView, people: list[Successor]) -> dict[str, Any]:
    zone = ZoneInfo(form.cleaned_data["time_zone"])
    return {
        "successor": _chosen(form, people),
        "at": form.cleaned_data["at"] and form.cleaned_data["at"].astimezone(zone),
        "duties": duties_of(post.id),
        "loss": loss_of(post.id, get_language() or "en"),
    }


def _carry_out(
    request: HttpRequest, form: HandOverForm, post: PostView, people: list[Successor]
) -> HttpResponse:
    wanted, successor = form.cleaned_data, _chosen(form, people)
    try:
        hand_over(
            by=account_of(request).pk,
            post=post.id,
            to=successor.id,
            at=wanted["at"],
            time_zone=wanted["time_zone"],
            note=wanted["note"],
        )
    except HandoverPendingError:
        form.add_error(None, say("Somebody has set another hand-over of this post meanwhile."))
    except HandoverRefusedError:
        form.add_error(None, say("That hour has passed, or that person can no longer take this post."))
    else:
        messages.success(request, _done(post, successor, is_now=wanted["at"] is None))
        return redirect("home" if post.is_mine and wanted["at"] is None else "network_directory")
    return render(request, "network/hand_over.html", {"post": post, "form": form, "people": people})


def _done(post: PostView, successor: Successor, *, is_now: bool) -> str:
    if is_now:
        words = say("%(name)s now holds the post “%(post)s”.")
    else:
        words = say(
            "%(name)s will take over the post “%(post)s” at the set hour; nothing more is to be done."
        )
    return words % {"name": successor.name, "post": post.title}


def _chosen(form: HandOverForm, people: list[Successor]) -> Successor:
    return next(person for person in people if str(person.id) == form.cleaned_data["to"])


def _described(person: Successor) -> str:
    return f"{person.name} ({', '.join(person.titles)})" if person.titles else person.name

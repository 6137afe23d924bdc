"""Offering help from one's roster, comparing offers, answering them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.assistance.forms.fields import WordsForm
from rtopnet.assistance.forms.offers import AcceptForm, NeedLine, OfferForm, line_forms
from rtopnet.assistance.public import (
    OfferInSight,
    RequestSheet,
    accept_offer,
    comparison,
    decline_offer,
    draft_offer,
    matches_for,
    offer_in_sight,
    offers_for,
    offers_listed,
    revise_offer,
    send_offer,
    send_regret,
    take_back_offer,
)
from rtopnet.assistance.views.access import (
    language,
    own_request_or_404,
    request_or_404,
    room_page,
)
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held, name_in
from rtopnet.sharing.public import note_reading


@require_safe
@room_page
def offers(request: HttpRequest) -> HttpResponse:
    """What did we offer, and what was offered to us?"""
    context = {"own": offers_listed(own=True), "others": offers_listed(own=False)}
    return render(request, "assistance/offers.html", context)


@require_safe
@room_page
def one(request: HttpRequest, offer: UUID) -> HttpResponse:
    """What is offered, and what became of it?"""
    found = _offer(offer)
    if not found.is_own:
        note_reading(by=account_of(request).pk, record=offer)
    context = {"offer": found, "asks": own_of(found)}
    return render(request, "assistance/offer.html", context)


def own_of(found: OfferInSight) -> bool:
    """Whether the reader answers the offer."""
    return not found.is_own


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest, asked: UUID) -> HttpResponse:
    """What of ours fits, and what do we offer?"""
    found, bodies = _asked_of_me(request, asked)
    form, lines = _forms(request, found, bodies)
    if request.method == "POST" and form.is_valid() and all(line.form.is_valid() for line in lines):
        try:
            offer = draft_offer(
                by=account_of(request).pk,
                request=asked,
                body=UUID(form.cleaned_data["body"]),
                valid_until=form.cleaned_data["valid_until"],
                conditions=form.cleaned_data["conditions"],
                lines=[given for line in lines for given in line.form.lines(line.need.id)],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("assistance_offer_check", offer)
    return render(request, "assistance/offer_write.html", {"asked": found, "form": form, "lines": lines})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Write the draft of an offer anew."""
    draft = _own_draft(offer)
    found, bodies = _asked_of_me(request, draft.request)
    form, lines = _forms(request, found, [one for one in bodies if one[0] == str(draft.body)], draft)
    if request.method == "POST" and form.is_valid() and all(line.form.is_valid() for line in lines):
        try:
            revise_offer(
                by=account_of(request).pk,
                offer=offer,
                valid_until=form.cleaned_data["valid_until"],
                conditions=form.cleaned_data["conditions"],
                lines=[given for line in lines for given in line.form.lines(line.need.id)],
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            return redirect("assistance_offer_check", offer)
    return render(request, "assistance/offer_write.html", {"asked": found, "form": form, "lines": lines})


@require_http_methods(["GET", "POST"])
@room_page
def check(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Exactly what goes to whom, before it leaves."""
    draft = _own_draft(offer)
    found = request_or_404(draft.request)
    refused = ""
    if request.method == "POST":
        try:
            send_offer(by=account_of(request).pk, offer=offer)
        except RuleBrokenError as error:
            refused = str(error)
        else:
            messages.success(request, _("Sent. You can take the offer back until it is answered."))
            return redirect("assistance_offer", offer)
    context = {"offer": draft, "asked": found, "refused": refused}
    return render(request, "assistance/offer_check.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def take_back(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Take an offer back that has no answer yet."""
    found = _offer(offer)
    if not found.is_own or not found.decides:
        raise Http404
    if found.sent_at is None or found.answer is not None:
        return redirect("assistance_offer", offer)
    if request.method == "POST":
        try:
            take_back_offer(by=account_of(request).pk, offer=offer)
        except RuleBrokenError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Taken back. The asking state no longer reads it."))
        return redirect("assistance_offer", offer)
    return render(request, "assistance/offer_take_back.html", {"offer": found})


@require_http_methods(["GET", "POST"])
@room_page
def regret(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Tell the asking state that there is nothing to offer this time."""
    found, bodies = _asked_of_me(request, asked)
    form = WordsForm(request.POST or None, label=_("In your words, if you like"), required=False)
    if request.method == "POST" and form.is_valid():
        for key, _name in bodies:
            words = form.cleaned_data["words"]
            send_regret(by=account_of(request).pk, record=asked, body=UUID(key), words=words)
        messages.success(request, _("The asking state knows that you will not offer anything this time."))
        return redirect("assistance_request", asked)
    return render(request, "assistance/regret.html", {"asked": found, "form": form})


@require_safe
@room_page
def compare(request: HttpRequest, asked: UUID) -> HttpResponse:
    """What is offered for what we need, side by side, and what is still missing?"""
    found = own_request_or_404(asked)
    every = offers_for(asked)
    context = {"asked": found, "table": comparison(asked), "offers": [one for one in every if one.sent_at]}
    return render(request, "assistance/compare.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def answer(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Accept an offer in parts or wholly, or decline it."""
    found = _offer(offer)
    if found.is_own:
        raise Http404
    asked = own_request_or_404(found.request, decides=True)
    if found.answer is not None:
        return redirect("assistance_offer", offer)
    form = AcceptForm(request.POST or None, offer=found)
    if request.method == "POST" and form.is_valid():
        by, words = account_of(request).pk, form.cleaned_data["words"]
        try:
            if "decline" in request.POST:
                decline_offer(by=by, offer=offer, words=words)
            else:
                accept_offer(by=by, offer=offer, accepted=form.accepted(), words=words)
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Answered. Whoever offered it has been told."))
            return redirect("assistance_compare", asked.id)
    lines = [(line, form[f"line-{line.id}"]) for line in found.lines]
    context = {"offer": found, "asked": asked, "form": form, "lines": lines}
    return render(request, "assistance/answer.html", context)


def _offer(offer: UUID) -> OfferInSight:
    found = offer_in_sight(offer)
    if found is None:
        raise Http404
    return found


def _own_draft(offer: UUID) -> OfferInSight:
    found = _offer(offer)
    if not found.is_own or found.sent_at is not None:
        raise Http404
    if not found.decides:
        raise PermissionDenied
    return found


def _asked_of_me(request: HttpRequest, asked: UUID) -> tuple[RequestSheet, list[tuple[str, str]]]:
    """A request of others that takes offers, and the bodies for which the reader can make one."""
    found = request_or_404(asked)
    if found.is_own or found.closed_at is not None:
        raise Http404
    bodies = desks_held(account_of(request).pk)
    if not bodies:
        raise PermissionDenied
    return found, [(str(body.id), name_in(body.names, language())) for body in bodies]


def _forms(
    request: HttpRequest,
    found: RequestSheet,
    bodies: list[tuple[str, str]],
    draft: OfferInSight | None = None,
) -> tuple[OfferForm, list[NeedLine]]:
    initial: dict[str, object] = {}
    if draft is not None:
        initial = {"conditions": draft.conditions, "valid_until": draft.valid_until}
    form = OfferForm(request.POST or None, bodies=bodies, initial=initial)
    matches = matches_for(list(found.needs))
    return form, line_forms(found.needs, matches, request.POST or None, draft)

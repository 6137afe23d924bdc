"""Keeping one's roster, and seeing what others keep of oneself."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.assistance.forms.fields import WordsForm
from rtopnet.assistance.forms.roster import EntryForm, entry_as_typed
from rtopnet.assistance.public import (
    EntryInSight,
    answer_consent,
    change_entry,
    consents_in_sight,
    correct_entry,
    correction_in_sight,
    entries_kept,
    entry_in_sight,
    forget_entry,
    keep_entry,
    own_entries,
    settle_correction,
)
from rtopnet.assistance.views.access import language, room_page
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import account_of, desks_held, name_in, people_of_region


@require_safe
@room_page
def roster(request: HttpRequest) -> HttpResponse:
    """Whom and what could we send?"""
    wanted = request.GET.get("q", "")
    context = {
        "entries": entries_kept(search=wanted),
        "mine": own_entries(),
        "wanted": wanted,
        "keeps": bool(desks_held(account_of(request).pk)),
    }
    return render(request, "assistance/roster.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def new(request: HttpRequest) -> HttpResponse:
    """Take somebody or something into the roster."""
    bodies = _bodies(request)
    if not bodies:
        raise PermissionDenied
    form = EntryForm(request.POST or None, bodies=bodies, people=_people(request))
    if request.method == "POST" and form.is_valid():
        account = account_of(request)
        try:
            record = keep_entry(
                by=account.pk,
                body=UUID(form.cleaned_data["body"]),
                region=account.region_id,
                entry=form.entry(),
            )
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept. Nobody outside your own people can browse your roster."))
            return redirect("assistance_entry", record)
    return render(request, "assistance/entry_write.html", {"form": form})


@require_safe
@room_page
def one(request: HttpRequest, entry: UUID) -> HttpResponse:
    """What is kept of somebody, and what can they do?"""
    return render(request, "assistance/entry.html", {"entry": _entry(entry)})


@require_http_methods(["GET", "POST"])
@room_page
def edit(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Write an entry anew."""
    found = _kept(entry)
    form = EntryForm(
        request.POST or None,
        bodies=[(str(found.keeper), name_in(found.keeper_names, language()))],
        people=_people(request),
        initial=entry_as_typed(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_entry(by=account_of(request).pk, record=entry, entry=form.entry())
        except RuleBrokenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("assistance_entry", entry)
    return render(request, "assistance/entry_write.html", {"form": form, "entry": found})


@require_http_methods(["GET", "POST"])
@room_page
def forget(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Delete all that the roster holds of somebody."""
    found = _kept(entry)
    if request.method == "POST":
        forget_entry(by=account_of(request).pk, record=entry)
        messages.success(
            request, _("Forgotten. The ledger keeps that there was an entry, and nothing of it.")
        )
        return redirect("assistance_roster")
    return render(request, "assistance/entry_forget.html", {"entry": found})


@require_http_methods(["GET", "POST"])
@room_page
def correct(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Say what is wrong in one's own entry, or ask to be forgotten."""
    found = _entry(entry)
    if not found.is_me:
        raise Http404
    form = WordsForm(request.POST or None, label=_("What is wrong, and what is right?"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            correct_entry(
                by=account_of(request).pk,
                record=entry,
                words=form.cleaned_data["words"],
                forget="forget" in request.POST,
            )
        except RuleBrokenError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Your keeper has been told."))
            return redirect("assistance_entry", entry)
    return render(request, "assistance/entry_correct.html", {"entry": found, "form": form})


@require_http_methods(["GET", "POST"])
@room_page
def correction(request: HttpRequest, correction: UUID) -> HttpResponse:
    """Settle what an expert says of their entry."""
    asked = correction_in_sight(correction)
    if asked is None:
        raise Http404
    found = _kept(asked[0])
    form = WordsForm(request.POST or None, label=_("Your answer"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            settle_correction(
                by=account_of(request).pk,
                correction=correction,
                taken_over="taken_over" in request.POST,
                answer=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Settled."))
            return redirect("assistance_entry", found.id)
    context = {"entry": found, "correction": asked[1], "form": form}
    return render(request, "assistance/correction.html", context)


@require_http_methods(["GET", "POST"])
@room_page
def consent(request: HttpRequest, consent: UUID) -> HttpResponse:
    """Does the expert agree to this deployment?"""
    found = next(iter(consents_in_sight(consent=consent)), None)
    if found is None:
        raise Http404
    label = _("In your words, if you like") if found.account else _("When and how did they tell you?")
    form = WordsForm(request.POST or None, label=label, required=False)
    if request.method == "POST" and found.may_answer and form.is_valid():
        try:
            answer_consent(
                by=account_of(request).pk,
                consent=consent,
                given="given" in request.POST,
                note=form.cleaned_data["words"],
            )
        except RuleBrokenError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Answered."))
            return redirect("assistance_consent", consent)
    return render(request, "assistance/consent.html", {"consent": found, "form": form})


def _entry(entry: UUID) -> EntryInSight:
    found = entry_in_sight(entry)
    if found is None:
        raise Http404
    return found


def _kept(entry: UUID) -> EntryInSight:
    found = _entry(entry)
    if not found.is_own:
        raise Http404
    if not found.decides:
        raise PermissionDenied
    return found


def _bodies(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(body.id), name_in(body.names, language())) for body in desks_held(account_of(request).pk)]


def _people(request: HttpRequest) -> list[tuple[str, str]]:
    people = people_of_region(account_of(request).region_id)
    return [
        (
            str(person.id),
            f"{person.name} ({', '.join(name_in(names, language()) for names in person.bodies)})",
        )
        for person in people
    ]

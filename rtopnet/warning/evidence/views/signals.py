"""Signals: the list, one of them, and how reading their sources goes."""

from urllib.parse import urlencode
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rtopnet.network.public import account_of, bodies_of, desks_held, name_in, places_held, states_of
from rtopnet.sharing.public import reader_page
from rtopnet.warning.evidence.forms.signals import SignalFilterForm
from rtopnet.warning.evidence.public import (
    SignalSheet,
    languages_in_sight,
    signal_sheet,
    signals_in_sight,
    sources_in_sight,
)

signals_page = reader_page()


@require_safe
@signals_page
def signals(request: HttpRequest) -> HttpResponse:
    """What do open sources tell, and how many of them independently?"""
    sources = sources_in_sight()
    states = states_of(account_of(request).region_id)
    form = SignalFilterForm(
        request.GET or None,
        states=[(state.iso3, state.name(language())) for state in states],
        sources=[(source.key, source.name) for source in sources],
        languages=[(tag, language_name(tag)) for tag in languages_in_sight()],
    )
    form.is_bound = True
    form.data = request.GET
    page = signals_in_sight(form.wanted(), before=request.GET.get("before", ""))
    kept = {key: value for key, value in request.GET.items() if key != "before" and value}
    context = {
        "form": form,
        "page": page,
        "sources": sources,
        "holds_licensed": any(source.is_licensed for source in sources),
        "is_filtered": bool(kept),
        "decides": bool(desks_held(account_of(request).pk)),
        "older": urlencode({**kept, "before": page.older}) if page.older else "",
    }
    return render(request, "evidence/signals.html", context)


@require_safe
@signals_page
def one(request: HttpRequest, signal: UUID) -> HttpResponse:
    """What does it say, who else says so, and what did we make of it?"""
    found = signal_or_404(signal)
    account = account_of(request)
    desks = desks_held(account.pk)
    context = {
        "signal": found,
        "decides": bool(desks),
        "drafts": bool(places_held(account.pk)),
        "several_desks": len(desks) > 1,
        "bodies": {body.id: name_in(body.names, language()) for body in bodies_of(account.region_id)},
        "language": language_name(found.line.language),
    }
    return render(request, "evidence/signal.html", context)


@require_safe
@signals_page
def sources(request: HttpRequest) -> HttpResponse:
    """Which sources are read, what did each bring last, and what is wrong?"""
    found = sources_in_sight()
    context = {"sources": found, "holds_licensed": any(source.is_licensed for source in found)}
    return render(request, "evidence/sources.html", context)


def signal_or_404(signal: UUID) -> SignalSheet:
    """The signal, where it is in sight.

    Raises:
        Http404: it is not.
    """
    found = signal_sheet(signal)
    if found is None:
        raise Http404
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def language_name(tag: str) -> str:
    """A language's name in the reader's, or its tag where nobody knows it."""
    if not tag:
        return ""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(language().replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag

"""Figures of the outlook as files, and the cards of its models."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rtopnet.network.public import account_of, region_of
from rtopnet.warning.forecasts.downloads import FILE_KINDS
from rtopnet.warning.forecasts.public import MONTHS_IN_FILE, StateCard, card_of_state, state_page


@require_safe
@login_required
@never_cache
def state_figures(request: HttpRequest, iso3: str, suffix: str) -> HttpResponse:
    """A state's recorded and expected deaths, with source and licence inside."""
    kind = FILE_KINDS.get(suffix)
    if kind is None:
        raise Http404
    region = region_of(account_of(request))
    page = state_page(region=region, iso3=iso3.upper(), language="en", months_ahead=MONTHS_IN_FILE)
    if page is None:
        raise Http404
    name = f"{page.region_slug}-{page.state.iso3}-{page.origin:%Y-%m}.{kind.suffix}"
    response = HttpResponse(kind.write(page), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@login_required
@never_cache
def state_model_card(request: HttpRequest, iso3: str, task: str) -> HttpResponse:
    """What is the model worth that made this state's forecasts?"""
    found = _card_or_404(request, iso3, task)
    context = {"card": found.card, "iso3": found.iso3, "state": found.state}
    return render(request, "forecasts/model_card.html", context)


@require_safe
@login_required
@never_cache
def state_model_card_file(request: HttpRequest, iso3: str, task: str) -> HttpResponse:
    """The same as a file, as forewarn writes it."""
    found = _card_or_404(request, iso3, task)
    response = HttpResponse(found.markdown, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="model-card-{found.iso3}-{found.card.task}.md"'
    return response


def _card_or_404(request: HttpRequest, iso3: str, task: str) -> StateCard:
    found = card_of_state(
        region=region_of(account_of(request)),
        iso3=iso3.upper(),
        task=task,
        language=get_language() or "en",
    )
    if found is None:
        raise Http404
    return found

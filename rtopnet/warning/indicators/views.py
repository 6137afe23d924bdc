"""The Framework's page: what assessors look for, searched and printed."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rtopnet.network.public import account_of, region_of
from rtopnet.warning.indicators.public import Factor, Framework, framework_fault, framework_for


@require_safe
@login_required
def framework(request: HttpRequest) -> HttpResponse:
    """Which factors and indicators are looked at, and how far do we know the official text?"""
    region = region_of(account_of(request))
    whole = framework_for(region, get_language() or "en")
    sought = " ".join(request.GET.get("q", "").split())[:100]
    context = {
        "framework": whole,
        "fault": framework_fault(region),
        "sought": sought,
        "factors": found_in(whole, sought) if sought else whole.factors,
    }
    return render(request, "indicators/framework.html", context)


def found_in(whole: Framework, sought: str) -> list[Factor]:
    """Factors that say all the words, or have indicators that do; then with these alone."""
    words = sought.casefold().split()
    found = []
    for factor in whole.factors:
        if _says(f"{factor.code} {factor.name} {factor.note}", words):
            found.append(factor)
            continue
        signs = tuple(one for one in factor.indicators if _says(f"{one.code} {one.text}", words))
        if signs:
            found.append(replace(factor, indicators=signs))
    return found


def _says(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)

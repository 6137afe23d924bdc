"""Assessments as they are read: the list, one with what changed first, and a factor with all answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.kernel.clock import now
from rtopnet.network.public import account_of, desks_held, region_of
from rtopnet.sharing.public import note_reading
from rtopnet.warning.assessments.public import (
    PROFILES,
    AssessmentSheet,
    FactorResult,
    assessment_tasks_for,
    assessments_in_sight,
    outlook_beside,
    result_of,
    since_last,
)
from rtopnet.warning.assessments.views.access import factor_or_404, language, room_page, sheet_or_404


@require_safe
@room_page
def assessments(request: HttpRequest) -> HttpResponse:
    """What do we judge, what was concluded, and what waits for me?"""
    lines = assessments_in_sight()
    context = {
        "tasks": assessment_tasks_for(account_of(request), language()),
        "now": now(),
        "running": [line for line in lines if line.concluded_at is None],
        "concluded": [line for line in lines if line.concluded_at is not None],
        "may_open": bool(desks_held(account_of(request).pk)),
    }
    return render(request, "assessments/assessments.html", context)


@require_safe
@room_page
def one(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """What changed, what do assessors see by crime, how far do they agree, and what can I do?"""
    found = sheet_or_404(request, assessment)
    results = [result for turn in found.shown_turns if (result := result_of(found, turn)) is not None]
    latest = results[0] if results else None
    earlier = since_last(assessment) if latest else None
    if earlier is not None and not earlier.before.is_own:
        # What changed tells what the earlier one says.
        note_reading(by=account_of(request).pk, record=earlier.before.id)
    region = region_of(account_of(request))
    context = {
        "found": found,
        "latest": latest,
        "first": results[-1] if len(results) > 1 else None,
        "since": earlier,
        "first_middles": {one.factor.code: one.middle for one in results[-1].factors} if results else {},
        "beside": outlook_beside(found, latest, region=region, language=language()),
        "profiles": list(PROFILES.values()),
    }
    return render(request, "assessments/assessment.html", context)


@require_safe
@room_page
def factor(request: HttpRequest, assessment: UUID, factor: str) -> HttpResponse:
    """What does each assessor say of this factor, in both rounds, and what was said about it?"""
    found = sheet_or_404(request, assessment)
    context = {
        "found": found,
        "factor": factor_or_404(found, factor),
        "results": factor_results(found, factor),
        "sayings": [one for one in found.sayings if one.code == factor],
        "minority": [one for one in found.minority if one.code == factor],
        "neighbours": neighbours(found, factor),
    }
    return render(request, "assessments/factor.html", context)


def factor_results(found: AssessmentSheet, code: str) -> list[tuple[int, FactorResult]]:
    """A factor's answers by round, the first round first."""
    results = [(turn, result_of(found, turn)) for turn in reversed(found.shown_turns)]
    return [(turn, one) for turn, result in results if result and (one := result.factor(code)) is not None]


def neighbours(found: AssessmentSheet, code: str) -> dict[str, str]:
    """The factors before and after one, where there are such."""
    codes = [one.code for one in found.framework.factors]
    place = codes.index(code)
    return {
        "before": codes[place - 1] if place else "",
        "after": codes[place + 1] if place + 1 < len(codes) else "",
    }

"""Home, a state's page, the region's boundaries, and what is shown when something fails."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rtopnet.advice.public import advice_tasks_for
from rtopnet.assistance.public import assistance_tasks_for
from rtopnet.kernel.clock import now
from rtopnet.meetings.public import decision_tasks_for, meeting_tasks_for
from rtopnet.network.public import (
    Account,
    Task,
    account_of,
    boundaries_of,
    newest_notices,
    region_of,
    standing_of,
    tasks_for,
    time_zone_of,
)
from rtopnet.sharing.public import record_tasks_for
from rtopnet.warning.alerts.public import alerts_overview, warning_tasks_for
from rtopnet.warning.assessments.public import assessment_tasks_for, assessments_in_sight
from rtopnet.warning.evidence.public import reports_in_sight
from rtopnet.warning.forecasts.public import region_outlook, state_page

NEWEST_NOTICES = 3
SOONEST_TASKS = 12
NEWEST_OF_EACH = 4


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what changed, and how is the region?"""
    account, language = account_of(request), translation.get_language() or "en"
    zone = ZoneInfo(time_zone_of(account))
    tasks = _all_tasks(account, language)
    context = {
        "tasks": tasks,
        "soonest": tasks[:SOONEST_TASKS],
        "now": now(),
        "notices": newest_notices(zone=zone, most=NEWEST_NOTICES),
        "outlook": region_outlook(region=region_of(account), language=language),
    }
    with timezone.override(zone):
        return render(request, "portal/home.html", context)


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the reader, in every room."""
    account, language = account_of(request), translation.get_language() or "en"
    tasks = _all_tasks(account, language)
    with timezone.override(ZoneInfo(time_zone_of(account))):
        return render(request, "portal/waiting.html", {"tasks": tasks, "soonest": tasks, "now": now()})


@require_safe
@login_required
def situation(request: HttpRequest) -> HttpResponse:
    """How is the region, and what are we doing about it?"""
    account = account_of(request)
    opened, _closed, _pace = alerts_overview()
    context = {
        "warnings": opened[:NEWEST_OF_EACH],
        "assessments": assessments_in_sight(limit=NEWEST_OF_EACH),
        "reports": reports_in_sight(size=NEWEST_OF_EACH).reports,
        "outlook": region_outlook(region=region_of(account), language=translation.get_language() or "en"),
    }
    with timezone.override(ZoneInfo(time_zone_of(account))):
        return render(request, "portal/situation.html", context)


@require_safe
@login_required
def state(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is expected in this state, and how do we know?"""
    region = region_of(account_of(request))
    page = state_page(region=region, iso3=iso3.upper(), language=translation.get_language() or "en")
    if page is None:
        raise Http404
    return render(request, "portal/state.html", {"page": page})


@require_safe
@login_required
@cache_control(private=True, max_age=3600)
def boundaries(request: HttpRequest, slug: str) -> FileResponse:
    """The outlines of the reader's own region; of another, nothing is said."""
    standing = standing_of(account_of(request))
    if slug != standing.region.slug:
        raise Http404
    file = boundaries_of(slug)
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), content_type="application/geo+json")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """The request could not be understood."""
    return render(request, "400.html", status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form came without its token, from elsewhere or from a page that stood open too long."""
    return render(request, "403.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The reader may not do this."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """There is nothing here, or nothing the reader may know of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Something failed; the page asks nothing of the database."""
    return HttpResponse(_plain_page("500.html"), status=500)


def _all_tasks(account: Account, language: str) -> list[Task]:
    tasks = [
        *tasks_for(account, language),
        *record_tasks_for(account, language),
        *decision_tasks_for(account, language),
        *meeting_tasks_for(account, language),
        *warning_tasks_for(account, language),
        *assistance_tasks_for(account, language),
        *advice_tasks_for(account, language),
        *assessment_tasks_for(account, language),
    ]
    return sorted(tasks, key=lambda task: (task.due_at is None, task.due_at))


def _plain_page(name: str) -> str:
    from django.template.loader import render_to_string

    return render_to_string(name)

"""The room's board: what waits for whom, and since when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.assistance.public import assistance_tasks_for, pace_of_own, requests_listed
from rtopnet.assistance.views.access import language, room_page
from rtopnet.kernel.clock import now
from rtopnet.network.public import account_of

SHOWN = 25
SOONEST_TASKS = 12


@require_safe
@room_page
def home(request: HttpRequest) -> HttpResponse:
    """Who needs what, what can we give, and what waits for us?"""
    own = requests_listed(own=True, open_only=True, limit=SHOWN)
    tasks = assistance_tasks_for(account_of(request), language())
    context = {
        "tasks": tasks,
        "soonest": tasks if "all" in request.GET else tasks[:SOONEST_TASKS],
        "now": now(),
        "own": own,
        "others": requests_listed(own=False, open_only=True, limit=SHOWN),
        "pace": pace_of_own(),
    }
    return render(request, "assistance/home.html", context)

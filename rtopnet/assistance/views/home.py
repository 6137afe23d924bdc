"""The room's board: what waits for whom, and since when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.assistance.public import requests_listed
from rtopnet.assistance.views.access import room_page


@require_safe
@room_page
def home(request: HttpRequest) -> HttpResponse:
    """Who needs what, what can we give, and what waits for us?"""
    return render(
        request,
        "assistance/home.html",
        {"own": requests_listed(own=True), "others": requests_listed(own=False)},
    )

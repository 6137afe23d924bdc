"""Signing in by a one-time link, in the local setting and from this machine only."""

from ipaddress import ip_address

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rtopnet.network.public import SignInLinkSpentError, account_behind_link, use_sign_in_link
from rtopnet.network.second_factor import note_second_factor

FORWARDING_HEADERS = (
    *("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP"),
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
)
"""What proxies add; behind one, an address on this machine says nothing about where the reader is."""

BACKEND = "rtopnet.network.authentication.AccountBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def local_sign_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whose link it is; sign in on the button, so that a previewed link is not spent."""
    if not _is_from_this_machine(request):
        raise Http404
    if request.method == "GET":
        account = account_behind_link(secret=secret)
        return render(
            request, "network/local_sign_in.html", {"account": account}, status=200 if account else 410
        )
    try:
        account = use_sign_in_link(secret=secret)
    except SignInLinkSpentError:
        return render(request, "network/local_sign_in.html", {"account": None}, status=410)
    login(request, account, backend=BACKEND)
    note_second_factor(request, account, how="local_link")
    return redirect("home")


def _is_from_this_machine(request: HttpRequest) -> bool:
    forwarded = any(header in request.META for header in FORWARDING_HEADERS)
    return not forwarded and ip_address(request.META["REMOTE_ADDR"]).is_loopback

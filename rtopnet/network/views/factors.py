"""Second factors: choosing one, and taking one away."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rtopnet.network.access import account_of
from rtopnet.network.public import LastFactorError, NoSuchFactorError, factors_of, remove_factor

LETTERS = {"webauthn": "mfa/email/webauthn_removed", "totp": "mfa/email/totp_deactivated"}


@never_cache
@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Which second factor does somebody want who has none yet?"""
    if factors_of(account_of(request).pk):
        return redirect("network_my_account")
    return render(request, "network/choose_factor.html")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth is untyped
def remove(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask once more, then take a factor away; the last one stays."""
    account = account_of(request)
    factors = factors_of(account.pk)
    factor = next((one for one in factors if one.handle == handle), None)
    if factor is None:
        raise Http404
    if request.method == "GET" or len(factors) == 1:
        context = {"factor": factor, "is_last": len(factors) == 1}
        return render(request, "network/remove_factor.html", context)
    try:
        kind = remove_factor(by=account, handle=handle)
    except (NoSuchFactorError, LastFactorError) as error:
        raise Http404 from error
    get_adapter().send_notification_mail(LETTERS[kind], account)
    messages.success(request, _("It no longer opens your account."))
    return redirect("network_my_account")


@require_safe
@login_required
def to_my_account(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Where the library's pages lead back to."""
    return redirect("network_my_account")

"""One's own account: what opens it, and who came."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rtopnet.network.access import account_of
from rtopnet.network.public import acting_desks, factors_of, recovery_codes_left


@require_safe
@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """What opens my account, and who has used it?"""
    account = account_of(request)
    context = {
        "account": account,
        "factors": factors_of(account.pk),
        "codes_left": recovery_codes_left(account.pk),
        "may_invite": bool(acting_desks()),
    }
    return render(request, "network/my_account.html", context)

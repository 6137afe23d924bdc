"""One's own account: what opens it, and who came."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rtopnet.network.access import account_of
from rtopnet.network.public import (
    NoSuchSessionError,
    acting_desks,
    choose_language,
    end_session,
    factors_of,
    open_sessions,
    recent_sign_ins,
    recovery_codes_left,
)
from rtopnet.network.sessions import sign_in_of


@require_safe
@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """What opens my account, and who has used it?"""
    account = account_of(request)
    factors = factors_of(account.pk)
    context = {
        "account": account,
        "factors": factors,
        "has_app": any(factor.kind == "totp" for factor in factors),
        "codes_left": recovery_codes_left(account.pk),
        "may_invite": bool(acting_desks()),
        "sessions": open_sessions(account.pk),
        "here": sign_in_of(request),
        "sign_ins": recent_sign_ins(account.pk),
    }
    return render(request, "network/my_account.html", context)


@require_POST
@login_required
def end(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """Sign out on another device."""
    try:
        end_session(account=account_of(request), sign_in_id=sign_in_id, why="signed_out_from_elsewhere")
    except NoSuchSessionError as error:
        raise Http404 from error
    messages.success(request, _("That session is ended."))
    return redirect("network_my_account")


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of letters and pages."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    choose_language(by=account_of(request), language=chosen)
    with translation.override(chosen):
        messages.success(request, _("Letters and pages come in this language from now on."))
    answer = redirect("network_my_account")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer

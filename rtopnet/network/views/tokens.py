"""A person's tokens for programs; only they see them, and only in a session."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.network.program_forms import SCOPE_WORDS, TokenForm
from rtopnet.network.public import (
    NewToken,
    TokenNotInSightError,
    account_of,
    make_token,
    revoke_token,
    tokens_of,
)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """Which programs act for me, and how do I let one?"""
    if request.method == "GET":
        return _page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    # Shown in the answer itself and kept nowhere, so it can't be shown again.
    return _page(request, TokenForm(), made=make_token(by=account_of(request).pk, **form.terms()))


@require_POST
@login_required
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """End a token at once."""
    try:
        revoke_token(by=account_of(request).pk, token=token)
    except TokenNotInSightError:
        raise Http404 from None
    messages.success(request, _("The token opens nothing any more."))
    return redirect("network_tokens")


def _page(
    request: HttpRequest, form: TokenForm, *, made: NewToken | None = None, status: int = 200
) -> HttpResponse:
    rows = [
        {"token": token, "scopes": [SCOPE_WORDS[scope] for scope in token.scopes]}
        for token in tokens_of(account_of(request).pk)
    ]
    shown = {"form": form, "made": made, "rows": rows}
    return render(request, "network/tokens.html", shown, status=status)

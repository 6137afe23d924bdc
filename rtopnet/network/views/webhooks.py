"""A person's webhooks: made, tested and removed by their holder alone."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rtopnet.network.program_forms import WebhookForm
from rtopnet.network.public import (
    NewWebhook,
    WebhookNotInSightError,
    WebhookRefusedError,
    account_of,
    enable_webhook,
    known_kinds,
    make_webhook,
    remove_webhook,
    send_again,
    send_test,
    webhooks_of,
)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def webhooks(request: HttpRequest) -> HttpResponse:
    """Which of my programs are told when I am?"""
    kinds = [(kind.key, kind.title) for kind in known_kinds()]
    if request.method == "GET":
        return _page(request, WebhookForm(kinds=kinds))
    form = WebhookForm(request.POST, kinds=kinds)
    if form.is_valid():
        try:
            made = make_webhook(by=account_of(request).pk, **form.cleaned_data)
        except WebhookRefusedError as refusal:
            form.add_error("url", str(refusal))
        else:
            return _page(request, WebhookForm(kinds=kinds), made=made)
    return _page(request, form, status=422)


@require_POST
@login_required
def test(request: HttpRequest, webhook: UUID) -> HttpResponse:
    """Announce a test."""
    by = account_of(request).pk
    return _done(request, lambda: send_test(by=by, webhook=webhook), _("A test is on its way."))


@require_POST
@login_required
def enable(request: HttpRequest, webhook: UUID) -> HttpResponse:
    """Switch it on again."""
    by = account_of(request).pk
    return _done(request, lambda: enable_webhook(by=by, webhook=webhook), _("The webhook is on again."))


@require_POST
@login_required
def remove(request: HttpRequest, webhook: UUID) -> HttpResponse:
    """Announce nothing more to it."""
    by = account_of(request).pk
    return _done(request, lambda: remove_webhook(by=by, webhook=webhook), _("The webhook is removed."))


@require_POST
@login_required
def again(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """Announce once more what was announced before."""
    by = account_of(request).pk
    return _done(request, lambda: send_again(by=by, delivery=delivery), _("It is sent once more."))


def _done(request: HttpRequest, deed: Callable[[], None], words: str) -> HttpResponse:
    try:
        deed()
    except WebhookNotInSightError:
        raise Http404 from None
    messages.success(request, words)
    return redirect("network_webhooks")


def _page(
    request: HttpRequest, form: WebhookForm, *, made: NewWebhook | None = None, status: int = 200
) -> HttpResponse:
    titles = {kind.key: kind.title for kind in known_kinds()}
    rows = [
        {"hook": hook, "kinds": [titles.get(kind, kind) for kind in hook.kinds]}
        for hook in webhooks_of(account_of(request).pk)
    ]
    shown = {"form": form, "made": made, "rows": rows, "titles": titles}
    return render(request, "network/webhooks.html", shown, status=status)

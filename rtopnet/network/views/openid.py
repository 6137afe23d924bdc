"""To a state's OpenID provider and back."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from rtopnet.network.openid import StateProvider


@never_cache
@require_safe
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the reader to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the reader back from it."""
    return _answer(OAuth2CallbackView, request, provider_id)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Who turned back at the provider may sign in another way."""
    return redirect("account_login")


def _answer(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(StateProvider(request, provider_id))(request)  # type: ignore[attr-defined]  # allauth is untyped
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except RequestException:
        return render(request, "network/openid_refused.html", {"is_down": True}, status=403)
    return answer

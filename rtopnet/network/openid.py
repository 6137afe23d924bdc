"""Sign-in by a state's own OpenID provider: it speaks for that state's open accounts, and opens none."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.shortcuts import render

from rtopnet.audit.public import record_deed
from rtopnet.network.models import Account
from rtopnet.network.queries import account_of_state
from rtopnet.network.rules import says_multi_factor
from rtopnet.network.second_factor import has_proved_second_factor, note_second_factor

CLAIMS = "rtopnet.openid_claims"
"""Where a request's META holds what the provider signed."""


class StateProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """The protocol: the identity token's signature is always checked, and no claim is kept."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> SocialLogin:
        """Take who the provider says it is from what it signed."""
        login = super().complete_login(request, app, token, **more)
        login.account.extra_data = {}
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        self.request.META[CLAIMS] = claims
        return claims


class StateProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Whom a provider signs in: an open account that holds a post of its state now, by verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account, or refuse in words that are the same whatever the reason."""
        app = sociallogin.provider.app
        account = _account(sociallogin, app)
        if account is None:
            record_deed(verb="refused", kind="network.openid", subject=str(app.provider_id))
            raise ImmediateHttpResponse(render(request, "network/openid_refused.html", status=403))
        if sociallogin.account.pk is None:
            sociallogin.account.user = account
            sociallogin.account.save()
            record_deed(verb="linked", kind="network.account", subject=account.pk, region=account.region_id)
        sociallogin.user = account
        claims = request.META.get(CLAIMS, {})
        if app.settings["trust_second_factor"] and says_multi_factor(
            claims, app.settings["multi_factor_acr"]
        ):
            note_second_factor(request, account, how="openid")


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """Asks for a second factor, unless a trusted provider has just seen one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if isinstance(user, Account) and has_proved_second_factor(request, user):
            return False
        return bool(super()._should_handle(request))


def _account(sociallogin: SocialLogin, app: Any) -> Account | None:
    of_state = {"region_slug": app.settings["region"], "iso3": app.settings["state"]}
    if sociallogin.account.pk is not None:
        return account_of_state(email=sociallogin.account.user.email, **of_state)
    verified = {one.email.lower() for one in sociallogin.email_addresses if one.verified is True}
    if len(verified) != 1:
        return None
    account = account_of_state(email=verified.pop(), **of_state)
    # One account is one person at the provider; an address given to somebody else there opens nothing.
    if account and SocialAccount.objects.filter(user=account, provider=sociallogin.account.provider).exists():
        return None
    return account

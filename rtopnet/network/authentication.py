"""Signing in by allauth, on our terms: nobody opens an account by themselves, and factors are kept sealed."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.context import request_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext

from rtopnet.network.beside import send_beside
from rtopnet.network.models import Account
from rtopnet.network.second_factor import signed_in_just_now


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """E-mail address and password; no permissions of Django's are used anywhere."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, if it is still open."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are opened by the state they belong to."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send after commit and beside the request: its time or failure would tell who has an account."""
        # Some letters are written once the transaction has committed, when the library's own middleware has
        # left the request already.
        with request_context(self.request):
            letter = self.render_mail(template_prefix, email, context)
        send_beside(letter)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def get_login_stages(self) -> list[str]:
        """The library's, with our own for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "rtopnet.network.openid.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within minutes of signing in: what was just proved need not be proved again."""
        request = self.request
        if isinstance(request.user, Account) and signed_in_just_now(request, request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))


class SealedFactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Second factors; a copy of the database alone does not give away their secrets."""

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls us."""
        return "RtoPNet"

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key made from the installation's."""
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed, also with a key that was replaced since."""
        return _seals().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 -- allauth's
        """What a passkey is called when nobody names it."""
        del user, type
        return gettext("Passkey")


def _seals() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rtopnet second factors")
    return base64.urlsafe_b64encode(derive.derive(force_bytes(key)))

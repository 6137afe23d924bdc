"""Signing in by allauth, on our terms: nobody opens an account by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from rtopnet.network.models import Account


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """E-mail address and password; no permissions of Django's are used anywhere."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, if it is still open."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are opened by the state they belong to."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

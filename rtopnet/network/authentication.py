"""Signing in by allauth, on our terms: nobody opens an account by themselves."""

from threading import Thread
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest

from rtopnet.network.models import Account

_log = structlog.get_logger(__name__)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """E-mail address and password; no permissions of Django's are used anywhere."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, if it is still open."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are opened by the state they belong to."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send after commit and beside the request: its time or failure would tell who has an account."""
        letter = self.render_mail(template_prefix, email, context)
        transaction.on_commit(Thread(target=_send, args=(letter,), daemon=True).start)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError as error:
        _log.error("mail was not sent", reason=type(error).__name__)

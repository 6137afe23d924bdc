"""What the network notes when somebody signs in, out, or changes a password."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from rtopnet.network.models import Account
from rtopnet.network.services import note_account_deed


@receiver(user_logged_in)
def on_signed_in(user: Account, **_: Any) -> None:
    """Keep the sign-in in the ledger."""
    note_account_deed(verb="signed_in", account=user)


@receiver(user_logged_out)
def on_signed_out(user: Account | None, **_: Any) -> None:
    """Keep the sign-out in the ledger."""
    if user is not None:
        note_account_deed(verb="signed_out", account=user)


@receiver([password_changed, password_reset])
def on_password_changed(user: Account, **_: Any) -> None:
    """Keep the change, not the password, in the ledger."""
    note_account_deed(verb="changed_password", account=user)

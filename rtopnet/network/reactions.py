"""What the network notes when somebody signs in, out, or changes what opens their account."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from rtopnet.network.models import Account
from rtopnet.network.queries import factors_of
from rtopnet.network.second_factor import note_second_factor
from rtopnet.network.services import note_account_deed, note_factor_deed


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


# allauth's own signals of second factors come partly after commit, too late for the ledger.
@receiver(post_save, sender=Authenticator)
def on_factor_saved(
    instance: Authenticator, *, created: bool, update_fields: frozenset[str] | None, **_: Any
) -> None:
    """Keep enrolment and use of second factors in the ledger; the first enrolled is proved by that."""
    is_recovery = instance.type == Authenticator.Type.RECOVERY_CODES
    if created:
        note_factor_deed(verb="enrolled", factor=instance)
        if not is_recovery:
            _take_as_proved(instance)
    elif update_fields and "last_used_at" in update_fields:
        note_factor_deed(verb="used_recovery_code" if is_recovery else "used", factor=instance)
    else:
        note_factor_deed(verb="changed", factor=instance)


@receiver(post_delete, sender=Authenticator)
def on_factor_removed(instance: Authenticator, **_: Any) -> None:
    """Keep the removal of a second factor in the ledger."""
    note_factor_deed(verb="removed", factor=instance)


def _take_as_proved(factor: Authenticator) -> None:
    request = context.request
    # A further factor proves nothing: it may be added beside those that a session still owes.
    if request and request.user == factor.user and len(factors_of(factor.user_id)) == 1:
        note_second_factor(request, factor.user, how=str(factor.type))

"""What the network notes when somebody signs in, out, or changes what opens their account."""

from typing import Any
from uuid import UUID

from allauth.account.internal.stagekit import clear_login
from allauth.account.signals import password_changed, password_reset
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from rtopnet.network.lockout import whom
from rtopnet.network.models import Account, SignInOutcome
from rtopnet.network.queries import factors_of, is_session_open
from rtopnet.network.second_factor import note_second_factor
from rtopnet.network.services import (
    end_session,
    note_account_deed,
    note_factor_deed,
    note_sign_in,
    note_unknown_address,
)
from rtopnet.network.sessions import address_of, agent_of, begin_session, sign_in_of


@receiver(user_logged_in)
def on_signed_in(user: Account, request: HttpRequest, **_: Any) -> None:
    """Keep the sign-in, for its holder and in the ledger."""
    begin_session(request, _note(SignInOutcome.SIGNED_IN, user, request))


@receiver(user_login_failed)
def on_refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Keep a failure; where there is no such account, as much is written, but to nobody's list."""
    if request is None:
        return
    account = Account.objects.filter(email=whom(request, credentials), is_active=True).first()
    if account is None:
        note_unknown_address()
        return
    is_locked = getattr(request, "axes_locked_out", False)
    _note(SignInOutcome.LOCKED if is_locked else SignInOutcome.WRONG_PASSWORD, account, request)


@receiver(authentication_failed)
def on_wrong_code(request: HttpRequest, user: Account, **_: Any) -> None:
    """Count a wrong one-time code like a wrong password; who guesses too often starts over, locked out."""
    AxesProxyHandler.user_login_failed(Account, {"email": user.email}, request)
    _note(SignInOutcome.WRONG_CODE, user, request)
    if getattr(request, "axes_locked_out", False):
        clear_login(request)


@receiver(user_logged_out)
def on_signed_out(user: Account | None, request: HttpRequest, **_: Any) -> None:
    """Keep the sign-out in the ledger."""
    if user is None:
        return
    note_account_deed(verb="signed_out", account=user)
    sign_in_id = sign_in_of(request)
    if sign_in_id and is_session_open(user.pk, sign_in_id):
        end_session(account=user, sign_in_id=sign_in_id, why="signed_out")


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


def _note(outcome: SignInOutcome, account: Account, request: HttpRequest) -> UUID:
    return note_sign_in(account=account, outcome=outcome, ip=address_of(request), agent=agent_of(request))

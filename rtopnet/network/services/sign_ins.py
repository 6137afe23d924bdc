"""Verbs about sign-ins: noting them, and ending sessions."""

from uuid import UUID

from django.db import transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account, SignIn, SignInOutcome
from rtopnet.network.services.accounts import note_account_deed


class NoSuchSessionError(RuleBrokenError):
    """The account has no such open session."""


@transaction.atomic
def note_sign_in(*, account: Account, outcome: SignInOutcome, ip: str | None, agent: str) -> UUID:
    """Keep an attempt to sign in, for its account's holder and for the ledger."""
    signed_in = SignIn.objects.create(account_id=account.pk, outcome=outcome, ip=ip, agent=agent)
    verb = "signed_in" if outcome == SignInOutcome.SIGNED_IN else "failed_to_sign_in"
    note_account_deed(verb=verb, account=account)
    return signed_in.pk


def note_unknown_address() -> None:
    """Keep that somebody tried an address without an account; the address itself is not kept."""
    record_deed(verb="failed_to_sign_in", kind="network.account", subject="unknown")


@transaction.atomic
def end_session(*, account: Account, sign_in_id: UUID, why: str) -> None:
    """End the session of a sign-in: its next request is nobody's.

    Raises:
        NoSuchSessionError: it is not among the account's open ones.
    """
    open_ones = SignIn.objects.filter(pk=sign_in_id, account_id=account.pk, ended_at__isnull=True)
    if not open_ones.update(ended_at=now()):
        raise NoSuchSessionError("There is no such session any more.")
    record_deed(
        verb="ended",
        kind="network.session",
        subject=sign_in_id,
        region=account.region_id,
        detail={"why": why},
    )


@transaction.atomic
def choose_language(*, by: Account, language: str) -> None:
    """Keep the language in which letters and pages come."""
    Account.objects.filter(pk=by.pk).update(language=language)
    note_account_deed(verb="chose_language", account=by)

"""Verbs about second factors; enrolling and proving them is allauth's."""

from allauth.mfa.models import Authenticator

from rtopnet.audit.public import record_deed
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account
from rtopnet.network.queries import factor_row, factors_of


class NoSuchFactorError(RuleBrokenError):
    """The account has no such factor."""


class LastFactorError(RuleBrokenError):
    """Without it the account would have no second factor."""


def remove_factor(*, by: Account, handle: str) -> str:
    """Take away one of one's own factors; returns its kind.

    Raises:
        NoSuchFactorError: it is not among them.
        LastFactorError: it is the last.
    """
    row = factor_row(by.pk, handle)
    if row is None:
        raise NoSuchFactorError("There is no such second factor.")
    if len(factors_of(by.pk)) == 1:
        raise LastFactorError("The last second factor stays: add another one first.")
    row.delete()
    return str(row.type)


def note_factor_deed(*, verb: str, factor: Authenticator) -> None:
    """Keep what happened to an account's second factor in the ledger."""
    record_deed(
        verb=verb,
        kind="network.second_factor",
        subject=factor.user_id,
        region=factor.user.region_id,
        detail={"type": str(factor.type)},
    )

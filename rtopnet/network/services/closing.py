"""Closing accounts: a desk closes those of its own people."""

from uuid import UUID

from django.db import connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.network.events import AccountClosed
from rtopnet.network.models import Account


class CannotCloseError(RuleBrokenError):
    """The account is not one that this account may close."""


@transaction.atomic
def close_account(*, by: Account, account_id: UUID) -> None:
    """Close an account of one's own desk: its posts end and every way in is gone, at once and for good.

    The database decides (``network_close_account``): whether it is there, is another desk's, is a focal
    point's that a deputy would close, or would leave a desk without anybody, the answer is the same.

    Raises:
        CannotCloseError: it may not be closed by ``by``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_close_account(%s)", [account_id])
        if not cursor.fetchone()[0]:
            raise CannotCloseError("This account cannot be closed by you.")
    record_deed(verb="closed", kind="network.account", subject=account_id, region=by.region_id)
    publish(AccountClosed(account_id))

"""Whose request it is."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from rtopnet.network.models import Account


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in; pages behind a sign-in may rely on one.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user

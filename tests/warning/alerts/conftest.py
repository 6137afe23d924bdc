"""The room's tests live in the small network that the tests of sharing made."""

import pytest
from django.test import Client

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account
from tests.sharing.worlds import make_world


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def enter(world):
    """A browser signed in as the desk of a state, or as an account."""

    def signed_in(code="XAA", account=None):
        with acting_for(Capacity.SIGN_IN):
            found = Account.objects.get(pk=account or world.scribe(code).account)
        client = Client()
        client.force_login(found, backend="rtopnet.network.authentication.AccountBackend")
        return client

    return signed_in

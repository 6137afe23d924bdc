import pytest
from django.test import Client

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account
from tests.advice.papers import make_advice_world


@pytest.fixture
def world():
    return make_advice_world()


@pytest.fixture
def enter(world):
    """A browser signed in as the desk of a state or institution."""

    def signed_in(code="XAA"):
        with acting_for(Capacity.SIGN_IN):
            found = Account.objects.get(pk=world.scribe(code).account)
        client = Client()
        client.force_login(found, backend="rtopnet.network.authentication.AccountBackend")
        return client

    return signed_in

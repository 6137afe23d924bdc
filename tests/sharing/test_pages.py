"""What every page about records has in common."""

import pytest

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account
from rtopnet.sharing.rules import Audience
from tests.sharing.worlds import database_now, make_record, make_world

pytestmark = pytest.mark.django_db


def test_no_browser_keeps_what_its_owner_may_recall(client):
    world = make_world()
    audience = Audience(states=frozenset({world.states["XAB"].pk}))
    record, _ = make_record(world, "XAA", audience=audience, released_at=database_now())
    sign_in(client, world, "XAB")
    for path in ("/records/", f"/records/{record.pk}/", "/meetings/", "/assistance/", "/records/search/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store"), path


def sign_in(client, world, code):
    with acting_for(Capacity.INSTALLATION):
        account = Account.objects.get(pk=world.scribe(code).account)
    client.force_login(account)

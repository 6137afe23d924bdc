"""The network over the API: who is who, and what one is told."""

import pytest

from rtopnet.network.public import Scope, make_token
from tests.factories import make_account, make_region
from tests.network.noticing import known_papers, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def account(region):
    return make_account(region)


@pytest.fixture
def get(client, account):
    def ask(path, *scopes, by=account):
        secret = make_token(by=by.pk, name="p", scopes=scopes or list(Scope), days=9).secret
        return client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {secret}"})

    return ask


@pytest.fixture
def papers(monkeypatch):
    return known_papers(monkeypatch)


def test_notices_come_a_page_at_a_time_and_stay_unread(get, papers, account):
    for title in ("First", "Second", "Third"):
        tell(account, paper=papers.add(title, account))
    page = get("notices?size=2").json()
    rest = get(f"notices?size=2&after={page['next']}").json()
    told = page["items"] + rest["items"]
    assert len({notice["id"] for notice in told}) == 3
    assert rest["next"] is None
    assert not any(notice["is_read"] for notice in told)


def test_a_notice_of_what_is_hidden_meanwhile_names_nothing(get, papers, account):
    tell(account, paper=papers.add("Hidden"))
    (notice,) = get("notices").json()["items"]
    assert notice["subject"] is None
    assert "Hidden" not in str(notice)


def test_notices_are_their_readers_own(get, papers, account, region):
    tell(account, paper=papers.add("Mine", account))
    assert get("notices", by=make_account(region, "XAB")).json()["items"] == []


def test_the_directory_names_holders_of_the_region_alone(get, account):
    elsewhere = make_account(make_region("ridge", states=("XBA",)), "XBA")
    named = {post["holder"] for post in get("directory").json()}
    assert account.name in named
    assert str(elsewhere.region_id) not in str(get("directory").json())
    assert "XBA" not in str(get("directory").json())


@pytest.mark.parametrize(
    ("path", "scope"), [("notices", Scope.NOTICES_READ), ("directory", Scope.DIRECTORY_READ)]
)
def test_each_needs_its_scope(get, path, scope):
    assert get(path, *(set(Scope) - {scope})).status_code == 403
    assert get(path, scope).status_code == 200

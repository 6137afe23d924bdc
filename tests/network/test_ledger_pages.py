"""A desk's own ledger on the site: in words, in pages, and as a download."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Post, State
from rtopnet.network.public import open_account
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def account(region):
    return make_account(region)


@pytest.fixture
def reader(client, account):
    client.force_login(account, "rtopnet.network.authentication.AccountBackend")
    return client


def write(account, count=1, verb="tried", subject="x"):
    with acting_as(account.pk):
        for _ in range(count):
            record_deed(verb=verb, kind="sharing.record", subject=subject)


def state_of(region, iso3="XAA"):
    with acting_for(Capacity.INSTALLATION):
        return State.objects.get(region=region, iso3=iso3).pk


def text_of(response):
    return response.content.decode()


def test_it_shows_deeds_in_words(reader, account):
    write(account, verb="recalled")
    text = text_of(reader.get("/network/ledger/"))
    assert "State XAA" in text
    assert "recalled" in text
    assert "a record" in text
    assert "Focal point of XAA" in text


def test_it_shows_nothing_of_another_state(reader, region, account):
    write(make_account(region, "XAB"), subject="canary")
    assert "canary" not in text_of(reader.get("/network/ledger/"))
    assert reader.get(f"/network/ledger/?of={state_of(region, 'XAB')}").status_code == 404
    assert reader.post(f"/network/ledger/{state_of(region, 'XAB')}/download/").status_code == 404


def test_it_comes_in_pages(reader, account):
    write(account, 60)
    first = text_of(reader.get("/network/ledger/"))
    assert first.count('role="row"') == 51
    older = first.split("before=")[1].split('"')[0]
    second = text_of(reader.get(f"/network/ledger/?before={older}"))
    assert second.count('role="row"') > 1
    assert 'rel="next"' not in second


def test_it_is_filtered_by_verb(reader, account):
    write(account, 3, verb="recalled", subject="one")
    write(account, 2, verb="released", subject="two")
    text = text_of(reader.get("/network/ledger/?verb=released"))
    assert text.count(">two<") == 2
    assert ">one<" not in text
    assert "Show all entries" in text_of(reader.get("/network/ledger/?verb=never"))


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=" + "9" * 30, "verb=%00", "of=x", "verb=A"]
)
def test_what_no_page_asks_for_is_not_there(reader, query):
    assert reader.get(f"/network/ledger/?{query}").status_code == 404


def test_the_download_comes_with_a_checkpoint(reader, region, account):
    assert "No checkpoint has been signed yet" in text_of(reader.get("/network/ledger/"))
    response = reader.post(f"/network/ledger/{state_of(region)}/download/")
    assert response.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
    text = text_of(reader.get("/network/ledger/"))
    assert "downloaded" in text
    assert "The latest checkpoint signed entry" in text


def test_a_download_is_no_link_that_somebody_could_follow_unawares(reader, region):
    assert reader.get(f"/network/ledger/{state_of(region)}/download/").status_code == 405


def test_who_has_no_desk_is_told_whom_to_ask(client, region):
    with acting_for(Capacity.INSTALLATION):
        post = Post.objects.create(
            region=region,
            key="writer",
            kind="contributor",
            state_id=state_of(region),
            titles={"en": "Writer"},
        )
        account = open_account(post=post, email="writer@reef.example", name="Writer")
    client.force_login(account, "rtopnet.network.authentication.AccountBackend")
    text = text_of(client.get("/network/ledger/"))
    assert "You read no ledger" in text
    assert "<form" not in text.split("<main")[1].split("</main")[0]
    assert client.post(f"/network/ledger/{state_of(region)}/download/").status_code == 404


def test_strangers_are_asked_to_sign_in(client, region):
    assert client.get("/network/ledger/").status_code == 302
    assert client.post(f"/network/ledger/{state_of(region)}/download/").status_code == 302

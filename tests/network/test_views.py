"""Signing in and out as a browser does it."""

import logging

import pytest
from django.core import mail

from rtopnet.config.log_filters import WithoutSecrets
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account
from rtopnet.network.public import give_sign_in_link
from tests.factories import make_account, make_region
from tests.network.factors import give_app, prove

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"  # noqa: S105 -- of nobody


@pytest.fixture
def account():
    return make_account(make_region(), password=PASSWORD)


@pytest.fixture
def link(account):
    with acting_for(Capacity.INSTALLATION):
        return f"/sign-in/{give_sign_in_link(account=account)}/"


def sign_in(client, account, password=PASSWORD):
    return client.post("/accounts/login/", {"login": account.email, "password": password})


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_the_sign_in_page_opens(client):
    assert client.get("/accounts/login/").status_code == 200


def test_signing_in_with_a_password_and_out_again(client, account):
    give_app(account)
    assert sign_in(client, account).headers["Location"] == "/accounts/second-factor/prove/"
    assert client.get("/").status_code == 302
    assert prove(client).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/").status_code == 302


def test_unknown_address_and_wrong_password_are_answered_alike(client, account):
    wrong = sign_in(client, account, "not the phrase").content.decode()
    unknown = client.post("/accounts/login/", {"login": "nobody@reef.example", "password": "x" * 14})
    for page in (wrong, unknown.content.decode()):
        assert "password you specified are not correct" in page


def test_nobody_opens_an_account_alone(client):
    page = client.post("/accounts/signup/", {"email": "new@reef.example"})
    assert page.status_code == 200
    with acting_for(Capacity.INSTALLATION):
        assert not Account.objects.exists()


def test_a_closed_account_loses_its_session(client, account):
    client.force_login(account)
    assert client.get("/").status_code == 200
    with acting_for(Capacity.INSTALLATION):
        Account.objects.update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_link_signs_in_once(client, link):
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200, "looking does not spend it"
    assert client.post(link).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    client.logout()
    assert client.post(link).status_code == 410
    assert client.get("/").status_code == 302


def test_a_link_answers_on_loopback_alone(client, link):
    assert client.post(link, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.post(link, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert client.post(link).status_code == 302


@pytest.fixture
def mailed(monkeypatch, django_capture_on_commit_callbacks):
    """Ask for a reset and let the letters be written that follow the commit."""

    class AtOnce:
        def __init__(self, target, args, **_):
            self.start = lambda: target(*args)

    monkeypatch.setattr("rtopnet.network.beside.Thread", AtOnce)

    def ask(client, address):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/accounts/password/reset/", {"email": address})

    return ask


def test_a_password_is_reset_by_mail(client, account, mailed):
    mailed(client, account.email)
    (letter,) = mail.outbox
    address = next(word for word in letter.body.split() if "/accounts/password/reset/key/" in word)
    form = client.get(address, follow=True).request["PATH_INFO"]
    new = "another long phrase"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, account, new).headers["Location"] == "/"


def test_a_mail_server_that_fails_says_nothing_to_the_reader(client, account, mailed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert mailed(client, account.email).status_code == 302


def test_a_reset_for_an_unknown_address_sends_nothing_and_says_the_same(client, account, mailed):
    known, unknown = mailed(client, account.email), mailed(client, "nobody@reef.example")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert len(mail.outbox) == 1


def test_a_link_changes_who_is_signed_in(client, link, account):
    second = make_account(make_region("ridge", states=("XBA",)), "XBA")
    client.force_login(second)
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_secrets_of_links_stay_out_of_the_log():
    record = logging.LogRecord("django.request", 30, "", 0, "Gone: %s", ("/sign-in/abc-DEF_1/",), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Gone: /sign-in/…/"


def test_signed_in_pages_are_kept_by_no_cache(client, account):
    client.force_login(account)
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/states/%00/", "/states/toolong/", "/states/XA%2F/figures.csv"])
def test_odd_addresses_are_not_found(client, account, address):
    client.force_login(account)
    assert client.get(address).status_code == 404

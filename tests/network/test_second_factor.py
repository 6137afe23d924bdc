"""Nothing that is not public is read before a second factor is proved."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.urls import get_resolver

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.middleware import ENROLMENT_ROUTES, OPEN_ROUTES, SIGN_IN_ROUTES
from rtopnet.network.public import LastFactorError, factors_of, remove_factor
from tests.factories import make_account, make_outlook, make_region
from tests.network.factors import SECRET, code_of, give_app, prove
from tests.network.test_views import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_code_was_used():
    cache.clear()


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def account(region):
    return make_account(region, password=PASSWORD)


def test_a_password_alone_opens_no_page_that_is_not_public(client, account, region):
    make_outlook(region)
    sign_in(client, account)
    assert client.session[SESSION_KEY] == str(account.pk)
    for address in ("/", "/states/XAA/", "/states/XAA/figures.csv", "/accounts/mine/", "/nowhere/"):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/accounts/second-factor/?next=")
        assert b"XAA" not in answer.content


def routes():
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_what_a_session_may_do_without_its_second_factor_is_listed_and_there():
    assert routes() >= ENROLMENT_ROUTES | OPEN_ROUTES | SIGN_IN_ROUTES


def test_without_a_factor_one_is_led_to_enrol(client, account):
    sign_in(client, account)
    page = client.get("/", follow=True)
    assert page.request["PATH_INFO"] == "/accounts/second-factor/"
    assert "Set up a passkey" in page.content.decode()
    assert "site-header__acting" not in page.content.decode(), "nobody is acting yet"


def test_an_app_is_enrolled_and_opens_the_pages(client, account):
    sign_in(client, account)
    page = client.get("/accounts/second-factor/app/")
    assert page.status_code == 200
    secret = re.search(r'id="totp-secret">(\w+)<', page.content.decode())[1]
    answer = client.post("/accounts/second-factor/app/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/second-factor/codes/"
    codes = client.get("/accounts/second-factor/codes/").content.decode()
    assert len(re.findall(r'recovery-codes__code">\d{8}<', codes)) == 10
    again = client.get("/accounts/second-factor/codes/").content.decode()
    assert "recovery-codes__code" not in again, "they are shown once"
    assert client.get("/").status_code == 200


def test_the_letter_about_a_new_app_is_written_after_the_request(
    client, account, monkeypatch, django_capture_on_commit_callbacks
):
    letters = []
    monkeypatch.setattr("rtopnet.network.authentication.send_beside", letters.append)
    sign_in(client, account)
    page = client.get("/accounts/second-factor/app/")
    secret = re.search(r'id="totp-secret">(\w+)<', page.content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/second-factor/app/", {"code": code_of(secret)}).status_code == 302
        assert letters == []
    assert [letter.to for letter in letters] == [[account.email]]


def test_a_wrong_code_opens_nothing(client, account):
    give_app(account)
    sign_in(client, account)
    assert prove(client, "000000").status_code == 200
    assert client.get("/").status_code == 302


def test_a_recovery_code_works_once(client, account):
    codes = give_app(account)
    sign_in(client, account)
    assert prove(client, codes[0]).headers["Location"] == "/"
    client.post("/accounts/logout/")
    sign_in(client, account)
    assert prove(client, codes[0]).status_code == 200
    assert prove(client, codes[1]).headers["Location"] == "/"


def test_a_code_is_not_taken_twice(client, account):
    give_app(account)
    for expected in (302, 200):
        sign_in(client, account)
        assert prove(client, code_of()).status_code == expected
        client.post("/accounts/logout/")


def test_a_session_from_before_the_first_factor_has_to_prove_it_too(client, account):
    sign_in(client, account)
    give_app(account)
    answer = client.get("/accounts/second-factor/app/")
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert SESSION_KEY not in client.session


def test_one_starts_over_from_the_second_factor(client, account):
    give_app(account)
    sign_in(client, account)
    assert client.get("/accounts/login/").headers["Location"] == "/accounts/second-factor/prove/"
    client.post("/accounts/logout/")
    assert client.get("/accounts/login/").status_code == 200


def test_a_proof_for_one_account_is_none_for_another(client, account, region):
    client.force_login(account)
    other = make_account(make_region("ridge", states=("XBA",)), "XBA", password=PASSWORD)
    client.logout()
    sign_in(client, other)
    session = client.session
    session["account_authentication_methods_user"] = str(account.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session.save()
    assert client.get("/").status_code == 302


def test_secrets_are_sealed(account):
    codes = give_app(account)
    with acting_as(account.pk):
        kept = str(list(Authenticator.objects.values("data")))
        assert SECRET not in kept
        assert codes[0] not in kept
        assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of())


def test_factors_are_their_holders_alone(account, region):
    other = make_account(region, "XAB")
    give_app(account)
    with acting_as(other.pk):
        assert not Authenticator.objects.exists()
        assert Authenticator.objects.update(data={}) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Authenticator.objects.create(user=account, type="webauthn", data={})
    with acting_for(Capacity.INSTALLATION):
        assert not Authenticator.objects.exists()
    with acting_for(Capacity.SIGN_IN), transaction.atomic():
        assert Authenticator.objects.exists()
        assert Authenticator.objects.all()._raw_delete("default") == 0


def test_the_last_factor_stays(account):
    give_app(account)
    with acting_as(account.pk):
        (app,) = factors_of(account.pk)
        with pytest.raises(LastFactorError):
            remove_factor(by=account, handle=app.handle)
        with pytest.raises(DatabaseError, match="last second factor"), transaction.atomic():
            Authenticator.objects.get(type="totp").delete()
        passkey = Authenticator.objects.create(user=account, type="webauthn", data={"name": "key"})
        remove_factor(by=account, handle=app.handle)
        assert [factor.kind for factor in factors_of(account.pk)] == ["webauthn"]
        with pytest.raises(DatabaseError, match="stays with its account"), transaction.atomic():
            Authenticator.objects.filter(pk=passkey.pk).update(type="totp")


def test_removing_a_factor_asks_who_it_is(client, account):
    give_app(account)
    client.force_login(account)
    with acting_as(account.pk):
        Authenticator.objects.create(user=account, type="webauthn", data={"name": "key"})
        handle = factors_of(account.pk)[0].handle
        record_deed(verb="made", kind="test", subject="1")
    page = f"/accounts/second-factor/{handle}/remove/"
    assert client.get(page).headers["Location"].startswith("/accounts/confirm/")
    assert client.post("/accounts/confirm/", {"password": PASSWORD, "next": page}).headers["Location"] == page
    assert client.post(page).headers["Location"] == "/accounts/mine/"
    with acting_as(account.pk):
        assert [factor.name for factor in factors_of(account.pk)] == ["key"]
    assert client.get("/accounts/second-factor/unknown/remove/").status_code == 404


@pytest.mark.parametrize(
    "credential", ["", "{", "[]", "{}", '"a"', '{"response": {}}', '{"response": {"userHandle": null}}']
)
def test_a_passkey_that_is_none_signs_nobody_in(client, account, credential):
    client.get("/accounts/second-factor/passkey/sign-in/", headers={"accept": "application/json"})
    answer = client.post("/accounts/second-factor/passkey/sign-in/", {"credential": credential})
    assert answer.status_code in (200, 302)
    assert SESSION_KEY not in client.session


def test_options_of_a_passkey_tell_nothing_of_accounts(client, account):
    give_app(account)
    answer = client.get("/accounts/second-factor/passkey/sign-in/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"].get("allowCredentials", []) == []

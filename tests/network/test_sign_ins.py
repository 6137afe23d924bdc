"""Sessions end, holders see who came, and guessing is locked out."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import SignIn
from rtopnet.network.public import open_sessions, recent_sign_ins
from tests.factories import make_account, make_region
from tests.network.factors import code_of, give_app, prove
from tests.network.test_views import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_limit_was_reached():
    cache.clear()


@pytest.fixture
def account():
    return make_account(make_region(), password=PASSWORD)


def after(minutes):
    return clock.clock_at(clock.now() + timedelta(minutes=minutes))


def outcomes(account):
    with acting_as(account.pk):
        return [line.outcome for line in recent_sign_ins(account.pk)]


def test_a_session_ends_after_half_an_hour_without_activity(client, account):
    client.force_login(account)
    with after(29):
        assert client.get("/").status_code == 200
    with after(58):
        assert client.get("/").status_code == 200, "the half hour counts from the last request"
    with after(89):
        answer = client.get("/states/XAA/?a=1")
        assert answer.headers["Location"] == "/accounts/login/?ended=idle&next=%2Fstates%2FXAA%2F%3Fa%3D1"
        assert "30 minutes without activity" in client.get(answer.headers["Location"]).content.decode()
    assert SESSION_KEY not in client.session


def test_what_a_page_asks_by_itself_is_no_activity(client, account):
    client.force_login(account)
    with after(20):
        assert client.get(reverse("network_notices_count")).status_code == 200
        assert client.session["rtopnet.seen"] < clock.now().timestamp() - 600


def test_a_session_ends_after_twelve_hours_whatever_happens(client, account):
    client.force_login(account)
    for minutes in range(20, 12 * 60, 20):
        with after(minutes):
            assert client.get("/accounts/mine/").status_code == 200
    with after(12 * 60 + 1):
        assert "ended=long" in client.get("/").headers["Location"]


def test_what_was_sent_too_late_leads_back_to_its_form(client, account):
    client.force_login(account)
    with after(31):
        came_from = "http://testserver/accounts/invitations/"
        answer = client.post("/accounts/invitations/", {"email": "a"}, headers={"referer": came_from})
        assert answer.headers["Location"].endswith("next=%2Faccounts%2Finvitations%2F")
    client.force_login(account)
    with after(31):
        answer = client.post("/", headers={"referer": "http://elsewhere.example/steal"})
        assert answer.headers["Location"].endswith("next=%2F")


def test_the_holder_sees_sign_ins_and_failures(client, account):
    give_app(account)
    sign_in(client, account, "not the phrase")
    client.post(
        "/accounts/login/",
        {"login": account.email, "password": PASSWORD},
        headers={"user-agent": FIREFOX},
    )
    prove(client, "000000")
    client.post("/accounts/second-factor/prove/", {"code": code_of()}, headers={"user-agent": FIREFOX})
    assert outcomes(account) == ["signed in", "wrong one-time code", "wrong password"]
    page = client.get("/accounts/mine/").content.decode()
    assert "wrong password" in page
    assert "127.0.0.1 · Firefox, Linux" in page


def test_sign_ins_are_their_holders_alone(client, account):
    client.force_login(account)
    other = make_account(make_region("ridge", states=("XBA",)), "XBA")
    with acting_as(other.pk):
        assert not SignIn.objects.exists()
        assert SignIn.objects.update(ended_at=clock.now()) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            SignIn.objects.create(account=account, outcome="signed_in")
    with acting_as(account.pk):
        with pytest.raises(DatabaseError, match="stays as it was noted"), transaction.atomic():
            SignIn.objects.update(outcome="locked")
        assert SignIn.objects.all()._raw_delete("default") == 0


def test_one_signs_out_elsewhere(client, account):
    elsewhere = Client()
    for browser in (elsewhere, client):
        browser.force_login(account)
    with acting_as(account.pk):
        here, there = open_sessions(account.pk)
    assert client.post(f"/accounts/mine/sessions/{there.id}/end/").status_code == 302
    assert elsewhere.get("/").status_code == 302
    assert client.get("/").status_code == 200
    assert client.post(f"/accounts/mine/sessions/{there.id}/end/").status_code == 404
    stranger = make_account(make_region("ridge", states=("XBA",)), "XBA")
    elsewhere.force_login(stranger)
    assert elsewhere.post(f"/accounts/mine/sessions/{here.id}/end/").status_code == 404


def test_the_language_is_kept(client, account):
    client.force_login(account)
    assert client.post("/accounts/mine/language/", {"language": "km"}).status_code == 302
    assert 'lang="km"' in client.get("/accounts/mine/").content.decode()
    assert client.post("/accounts/mine/language/", {"language": "xx"}).status_code == 400


def bare(answer, address):
    page = re.sub(r'(csrfmiddlewaretoken" value=)"[^"]+"', r"\1", answer.content.decode())
    return (answer.status_code, page.replace(address, ""))


def test_guessing_is_locked_out_alike_for_known_and_unknown_addresses(client, account):
    answers = {}
    for address in (account.email, "nobody@reef.example"):
        tries = [
            client.post("/accounts/login/", {"login": address, "password": f"guess number {number}"})
            for number in range(6)
        ]
        answers[address] = [bare(answer, address) for answer in tries]
    known, unknown = answers.values()
    assert known == unknown
    assert [status for status, _ in known] == [200] * 4 + [429] * 2
    assert sign_in(client, account).status_code == 429, "the right phrase neither, for a while"
    assert outcomes(account)[0] == "refused, after too many failures"
    with after(16):
        assert sign_in(client, account).status_code == 302


@pytest.fixture(autouse=True)
def _axes_reads_our_clock(monkeypatch):
    monkeypatch.setattr("axes.handlers.proxy.now", clock.now)


def test_who_guesses_locks_nobody_out_who_is_elsewhere(client, account):
    for number in range(5):
        guess = {"login": account.email.upper(), "password": f"guess number {number}"}
        client.post("/accounts/login/", guess, REMOTE_ADDR="192.0.2.7")
    assert sign_in(client, account).status_code == 302


def test_many_failures_from_anywhere_lock_the_account(client, account, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for number in range(20):
        guess = {"login": account.email, "password": f"guess number {number}"}
        client.post("/accounts/login/", guess, REMOTE_ADDR=f"192.0.2.{number}")
    assert sign_in(client, account).status_code == 429


def test_guessing_codes_is_locked_out_too(client, account, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    give_app(account)
    sign_in(client, account)
    statuses = [prove(client, f"00000{number}").status_code for number in range(5)]
    assert statuses == [200] * 4 + [429]
    assert prove(client).headers["Location"] == "/accounts/login/"
    assert sign_in(client, account).status_code == 429


def test_no_password_is_kept_of_a_failure(client, account):
    sign_in(client, account, "not the phrase")
    with acting_for(Capacity.SIGN_IN):
        assert "not the phrase" not in str(list(AccessAttempt.objects.values()))
    with acting_as(account.pk):
        assert AccessAttempt.objects.count() == 1
    other = make_account(make_region("ridge", states=("XBA",)), "XBA")
    with acting_as(other.pk):
        assert not AccessAttempt.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_tables_of_the_libraries_that_signing_in_uses_are_secured():
    names = ["mfa_%", "axes_%", "account_%", "socialaccount_%"]
    open_to_all = "SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relrowsecurity"
    with connection.cursor() as cursor:
        cursor.execute(f"{open_to_all} AND relname LIKE ANY(%s)", [names])
        assert cursor.fetchall() == []

"""Tokens: what they open, for whom, until when."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at, now
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Account, ApiToken, Holding
from rtopnet.network.public import (
    Scope,
    TokenNotInSightError,
    TokenRefusedError,
    make_token,
    revoke_token,
    tokens_of,
)
from rtopnet.network.services import answer_given, token_behind
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def account(region):
    return make_account(region)


@pytest.fixture
def other(account, region):
    return make_account(region, "XAB")


def token(account, *scopes, days=30):
    return make_token(by=account.pk, name="Our archive", scopes=scopes or list(Scope), days=days)


def call(client, made, path="/api/v1/me", **headers):
    secret = getattr(made, "secret", made)
    return client.get(path, headers={"authorization": f"Bearer {secret}", **headers})


def test_a_token_says_whose_it_is_and_what_it_opens(client, account):
    answer = call(client, token(account, Scope.RECORDS_READ))
    assert answer.status_code == 200
    assert answer.json()["account"] == str(account.pk)
    assert answer.json()["token"]["scopes"] == ["records:read"]
    assert [post["key"] for post in answer.json()["posts"]] == ["xaa-focal-point"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_secret_is_kept_nowhere(account):
    made = token(account)
    assert made.secret.startswith("rtn_")
    with acting_as(account.pk):
        kept = ApiToken.objects.get(pk=made.id)
    assert made.secret not in [str(getattr(kept, field.attname)) for field in ApiToken._meta.fields]


@pytest.mark.parametrize("secret", ["", "rtn_", "rtn_" + "x" * 43, "é" * 10, "x" * 5000])
def test_unknown_tokens_are_asked_for_a_good_one(client, account, secret):
    answer = call(client, secret)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_revoked_expired_and_closed_open_nothing_and_say_the_same(client, account):
    revoked, expired, closed = token(account), token(account, days=1), token(account)
    revoke_token(by=account.pk, token=revoked.id)
    revoke_token(by=account.pk, token=revoked.id)
    with clock_at(now() + timedelta(days=1, seconds=1)):
        answers = [call(client, revoked), call(client, expired)]
        assert call(client, closed).status_code == 200
    with acting_for(Capacity.INSTALLATION):
        Account.objects.update(is_active=False)
        record_deed(verb="closed", kind="network.account", subject=account.pk)
    answers += [call(client, closed), call(client, "rtn_none")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}


def test_sessions_do_not_count_on_the_api_nor_tokens_on_pages(client, account):
    client.force_login(account)
    assert client.get("/api/v1/me").status_code == 401
    client.logout()
    assert call(client, token(account), "/").status_code == 302


def test_a_token_reaches_what_its_posts_do_at_each_call(client, account):
    made = token(account)
    assert len(call(client, made).json()["posts"]) == 1
    with acting_for(Capacity.INSTALLATION):
        Holding.objects.update(ends_at=now())
        record_deed(verb="ended", kind="network.holding", subject=account.pk)
    assert call(client, made).status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/region", "/api/v1/states", "/api/v1/institutions"])
def test_the_directory_needs_its_scope(client, account, path):
    refused = call(client, token(account, Scope.RECORDS_READ), path)
    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:rtopnet:problem:scope-missing"
    assert "directory:read" in refused.json()["detail"]
    assert call(client, token(account, Scope.DIRECTORY_READ), path).status_code == 200


def test_a_token_sees_its_own_region_alone(client, account):
    make_region("ridge", states=("XBA",))
    states = call(client, token(account), "/api/v1/states").json()
    assert [state["iso3"] for state in states] == ["XAA", "XAB"]
    assert call(client, token(account), "/api/v1/region").json()["slug"] == "reef"


def test_what_is_not_there_is_a_problem_too(client, account):
    made = token(account)
    for path in ("/api/v1/nothing", "/api/", "/api/v1/", f"/api/v1/records/{new_id()}", "/api/v1/records/x"):
        answer = call(client, made, path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    refused = client.delete("/api/v1/me")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")


def test_a_token_makes_so_many_calls_a_minute(client, account, settings):
    settings.API_CALLS_A_MINUTE = 2
    made, other = token(account), token(account)
    with clock_at(now()):
        assert [call(client, made).status_code for _ in range(3)] == [200, 200, 429]
        refused = call(client, made)
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert call(client, other).status_code == 200
    with clock_at(now() + timedelta(minutes=1)):
        assert call(client, made).status_code == 200


def test_a_use_is_noted_once_an_hour(client, account):
    made, began = token(account), now()
    for minutes in (0, 10, 61):
        with clock_at(began + timedelta(minutes=minutes)):
            call(client, made)
    with acting_as(account.pk):
        (kept,) = tokens_of(account.pk)
    assert kept.last_used_at == began + timedelta(minutes=61)
    assert kept.last_used_ip == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "scopes", "days"), [("", list(Scope), 30), ("a", [], 30), ("a", [Scope.RECORDS_READ], 366)]
)
def test_a_token_needs_a_name_a_scope_and_an_end_within_a_year(account, name, scopes, days):
    with pytest.raises(TokenRefusedError):
        make_token(by=account.pk, name=name, scopes=scopes, days=days)


def test_the_database_knows_the_scopes_and_the_longest_life(account):
    made = token(account)
    for change in ({"scopes": ["everything"]}, {"expires_at": now() + timedelta(days=400)}):
        with pytest.raises(IntegrityError), transaction.atomic(), acting_as(account.pk):
            ApiToken.objects.filter(pk=made.id).update(**change)


def test_nobody_sees_or_ends_anothers_tokens(account, other):
    made = token(account)
    with acting_as(other.pk):
        assert tokens_of(account.pk) == []
    with pytest.raises(TokenNotInSightError):
        revoke_token(by=other.pk, token=made.id)
    with acting_for(Capacity.INSTALLATION):
        assert not ApiToken.objects.exists()


def test_a_token_stays_with_its_account(account, other):
    made = token(account)
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(account.pk):
        ApiToken.objects.filter(pk=made.id).update(account_id=other.pk)


def test_an_answers_key_is_its_accounts_own(account, other):
    assert answer_given(by=account.pk, key="k", call="a" * 64) is None
    assert answer_given(by=other.pk, key="k", call="b" * 64) is None


def test_no_address_is_kept_without_a_known_token(account):
    assert token_behind(secret="rtn_unknown", address="192.0.2.1") is None  # noqa: S106 -- of nobody


def make_on_page(client, **changes):
    form = {"name": "Our archive", "scopes": ["records:read", "ledger:read"], "days": "30"} | changes
    return client.post("/accounts/tokens/", form)


def test_a_token_is_made_on_its_page_and_shown_once(client, account):
    client.force_login(account)
    assert "No program acts for you" in client.get("/accounts/tokens/").content.decode()
    page = make_on_page(client)
    secret = re.search(r"rtn_[\w-]{43}", page.content.decode())[0]
    assert "no-store" in page.headers["Cache-Control"]
    assert secret not in client.get("/accounts/tokens/").content.decode()
    answer = call(client, secret)
    assert answer.json()["token"]["scopes"] == ["ledger:read", "records:read"]


@pytest.mark.parametrize("change", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "999"}])
def test_a_faulty_form_keeps_what_was_typed(client, account, change):
    client.force_login(account)
    page = make_on_page(client, **change)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert ('value="Our archive"' in page.content.decode()) is ("name" not in change)
    with acting_as(account.pk):
        assert not ApiToken.objects.exists()


def test_a_token_is_revoked_on_its_page_by_its_holder_alone(client, account, other):
    made = token(account)
    client.force_login(other)
    assert client.post(f"/accounts/tokens/{made.id}/revoke/").status_code == 404
    assert call(client, made).status_code == 200
    client.force_login(account)
    assert client.post(f"/accounts/tokens/{made.id}/revoke/").status_code == 302
    assert call(client, made).status_code == 401
    assert "Revoked on" in client.get("/accounts/tokens/").content.decode()


def test_a_token_does_not_make_tokens(client, account):
    made = token(account)
    answer = client.post(
        "/accounts/tokens/", {"name": "x"}, headers={"authorization": f"Bearer {made.secret}"}
    )
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]

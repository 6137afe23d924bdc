"""A state's own OpenID provider, against a double of one on loopback: discovery, keys, token, userinfo."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from joserfc import jwt
from joserfc.jwk import RSAKey

from rtopnet.config.openid import openid_apps
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.errors import SetUpError
from rtopnet.network.models import Account
from tests.factories import make_account, make_region
from tests.network.factors import give_app

pytestmark = pytest.mark.django_db
KEY, STRANGERS_KEY = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}) for _ in "ab")
CLIENT = "rtopnet"


class Provider:
    """What the double says of whoever comes."""

    def __init__(self):
        self.claims, self.key, self.asked = {}, KEY, []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(double.document(urlsplit(self.path).path))

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                double.asked.append(parse_qs(self.rfile.read(length).decode()))
                token = {"access_token": "opaque", "token_type": "Bearer", "id_token": double.id_token()}
                self.answer(token)

            def answer(self, document):
                body = json.dumps(document).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def document(self, path):
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            return {"keys": [KEY.as_dict(private=False)]}
        return {name: self.claims[name] for name in ("sub", "email", "email_verified") if name in self.claims}

    def id_token(self):
        at = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": at, "exp": at + 60} | self.claims
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


@pytest.fixture(scope="module")
def double():
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(double, settings, tmp_path, monkeypatch):
    cache.clear()
    double.claims, double.key, double.asked = {}, KEY, []
    monkeypatch.setenv("XAA_SECRET", "hush")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps(listed(tmp_path, double))}}
    return double


def listed(folder, double, **more):
    file = folder / "providers.json"
    entry = {
        "id": "xaa",
        "name": "State XAA",
        "server_url": double.address,
        "client_id": CLIENT,
        "secret_env": "XAA_SECRET",
        "state": "XAA",
        "region": "reef",
    }
    file.write_text(json.dumps([entry | more]))
    return str(file)


@pytest.fixture
def account():
    return make_account(make_region())


def come(client, provider, **claims):
    """Go to the provider and come back as whoever ``claims`` say."""
    away = client.get("/accounts/openid/xaa/")
    assert away.headers["Location"].startswith(f"{provider.address}/authorize?")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    provider.claims = {"sub": "1", "email": "xaa@reef.example", "email_verified": True} | claims
    return client.get("/accounts/openid/xaa/back/", {"code": "c", "state": asked["state"][0]})


def test_an_account_of_the_state_is_signed_in_and_owes_its_second_factor(client, provider, account):
    assert come(client, provider).status_code == 302
    assert client.session[SESSION_KEY] == str(account.pk)
    assert client.get("/").headers["Location"].startswith("/accounts/second-factor/")
    assert provider.asked[0]["client_secret"] == ["hush"]
    assert provider.asked[0]["code_verifier"]


def test_who_has_a_factor_is_asked_for_it(client, provider, account):
    give_app(account)
    assert come(client, provider).headers["Location"] == "/accounts/second-factor/prove/"


def test_the_second_time_the_link_counts_and_no_claim_is_kept(client, provider, account):
    come(client, provider)
    client.post("/accounts/logout/")
    assert come(client, provider, email="renamed@reef.example").status_code == 302
    assert client.session[SESSION_KEY] == str(account.pk)
    with acting_as(account.pk):
        assert [link.extra_data for link in SocialAccount.objects.all()] == [{}]
    other = make_account(make_region("ridge", states=("XBA",)), "XBA")
    with acting_as(other.pk):
        assert not SocialAccount.objects.exists()


REFUSED = {
    "an address that the provider has not verified": {"email_verified": False},
    "verified in words alone": {"email_verified": "true"},
    "an address without an account": {"email": "nobody@reef.example"},
    "another state's account": {"email": "xab@reef.example"},
    "another region's account": {"email": "xba@ridge.example"},
    "no address": {"email": None},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED)
def test_nobody_else_is_signed_in_and_no_account_is_opened(client, provider, account, claims):
    with acting_for(Capacity.INSTALLATION):
        region = account.region
    make_account(region, "XAB")
    make_account(make_region("ridge", states=("XBA",)), "XBA")
    answer = come(client, provider, **claims)
    assert answer.status_code == 403
    assert "opens no account here" in answer.content.decode()
    assert SESSION_KEY not in client.session
    with acting_for(Capacity.INSTALLATION):
        assert Account.objects.count() == 3


def test_an_address_given_to_somebody_else_at_the_provider_opens_nothing(client, provider, account):
    come(client, provider)
    client.post("/accounts/logout/")
    assert come(client, provider, sub="2").status_code == 403


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_a_closed_account_is_not_signed_in(client, provider, account, change):
    come(client, provider)
    client.post("/accounts/logout/")
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=account.pk).update(**change)
    assert come(client, provider).status_code == 403


def test_a_token_signed_with_another_key_is_refused(client, provider, account):
    provider.key = STRANGERS_KEY
    come(client, provider)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "claims", [{"aud": "somebody else"}, {"iss": "http://elsewhere.example"}, {"exp": 1}]
)
def test_a_token_for_somebody_else_or_long_ago_is_refused(client, provider, account, claims):
    come(client, provider, **claims)
    assert SESSION_KEY not in client.session


def test_a_state_that_was_not_given_out_is_refused(client, provider, account):
    provider.claims = {"sub": "1", "email": "xaa@reef.example", "email_verified": True}
    client.get("/accounts/openid/xaa/back/", {"code": "c", "state": "made up"})
    assert SESSION_KEY not in client.session


def trusting(settings, tmp_path, provider):
    file = listed(tmp_path, provider, trust_second_factor=True, multi_factor_acr=["high"])
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps(file)}}


@pytest.mark.parametrize(
    ("claims", "trusts", "is_whole"),
    [
        ({"amr": ["pwd", "mfa"]}, True, True),
        ({"acr": "high"}, True, True),
        ({"amr": ["pwd"]}, True, False),
        ({}, True, False),
        ({"amr": ["pwd", "mfa"]}, False, False),
    ],
)
def test_its_second_factor_counts_where_it_is_trusted_and_says_so(
    client, provider, account, settings, tmp_path, claims, trusts, is_whole
):
    give_app(account)
    if trusts:
        trusting(settings, tmp_path, provider)
    come(client, provider, **claims)
    assert (client.get("/").status_code == 200) == is_whole


def test_the_sign_in_page_offers_it_and_others_are_absent(client, provider):
    assert "Sign in with State XAA" in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/openid/xzz/").status_code == 404


def test_a_provider_that_does_not_answer_is_said(client, settings, provider, tmp_path):
    gone = type("", (), {"address": "http://127.0.0.1:1"})
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps(listed(tmp_path, gone))}}
    assert "does not answer now" in client.get("/accounts/openid/xaa/").content.decode()


def test_what_a_list_of_providers_lacks_is_said_in_one_line(tmp_path, double, monkeypatch):
    monkeypatch.delenv("XAA_SECRET", raising=False)
    with pytest.raises(SetUpError, match="XAA_SECRET is not set"):
        openid_apps(listed(tmp_path, double))
    with pytest.raises(SetUpError, match="has no 'state'"):
        openid_apps(listed(tmp_path, double, state=""))
    with pytest.raises(SetUpError, match="cannot be read"):
        openid_apps(str(tmp_path / "none.json"))
    assert openid_apps(None) == []

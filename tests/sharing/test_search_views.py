"""The search page, and what it suggests."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtopnet.kernel.acting import acting_as
from rtopnet.network.models import Account
from rtopnet.sharing.public import Marking
from tests.sharing.test_search import desk, draft, share
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.django_db
PAGE, SUGGESTIONS = "/records/search/", "/records/search/suggest/"


@pytest.fixture
def world():
    return make_world()


def browser(world, code="XAA"):
    client = Client(raise_request_exception=True)
    account = desk(world, code)
    with acting_as(account):
        client.force_login(Account.objects.get(pk=account))
    return client


def read(world, query="", code="XAA", **given):
    answer = browser(world, code).get(f"{PAGE}?{urlencode({'q': query} | given)}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(page):
    """The page without the tokens of its forms, which are new each time."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_nobody_searches_without_signing_in():
    for address in (PAGE, SUGGESTIONS):
        assert Client().get(address).status_code == 302


def test_what_is_found_is_shown_with_its_owner_marking_and_words(world):
    share(world, draft(world, marking=Marking.GREEN), "XAB")
    page = read(world, "férry", "XAB")
    assert "1 record" in page
    assert "Crowds at the northern bridge" in page
    assert '<mark class="found">ferry</mark>' in page
    assert "State XAA" in page
    assert "TLP:GREEN" in page


def test_what_is_noted_when_it_is_read_is_found_without_its_words(world):
    share(world, draft(world), "XAB")
    page = read(world, "ferry", "XAB")
    assert "Crowds at the northern bridge" in page
    assert "TLP:AMBER" in page
    assert "Its words are shown once you open it" in page
    assert '<mark class="found">' not in page
    assert '<mark class="found">ferry</mark>' in read(world, "ferry")


def test_an_empty_search_says_what_to_type_and_a_vain_one_what_to_try(world):
    draft(world)
    assert "What you find will be listed here" in read(world)
    hidden, absent = read(world, "ferry", "XAC"), read(world, "nothing", "XAC")
    assert "Nothing was found" in hidden
    assert told(hidden).replace("ferry", "nothing") == told(absent)


def test_finds_are_narrowed_and_widened_again(world):
    for marking in (Marking.AMBER, Marking.AMBER, Marking.GREEN):
        draft(world, marking=marking)
    page = read(world, "ferry")
    assert "3 records" in page
    assert "TLP:GREEN" in page
    narrowed = read(world, "ferry", marking="GREEN")
    assert "1 record" in narrowed
    assert "chosen; select again to widen" in narrowed
    assert "Nothing was found" in read(world, "ferry", marking="RED")


def test_pages_follow_one_another_each_find_once(world):
    for number in range(23):
        draft(world, title=f"Report {number}")
    first, second = read(world, "ferry"), read(world, "ferry", page=2)
    assert "23 records" in first
    assert "page=2" in first
    titles = [f"Report {number}" for number in range(23)]
    shown = [[title for title in titles if f">{title}<" in page] for page in (first, second)]
    assert len(shown[0]) == 20
    assert sorted(shown[0] + shown[1]) == sorted(titles)


def test_text_is_shown_as_text(world):
    draft(world, title="<b>Ferry</b>", body="<script>ferry</script>")
    page = read(world, "ferry")
    assert "<script>ferry" not in page.replace('<mark class="found">', "").replace("</mark>", "")
    assert "&lt;b&gt;" in page


def test_words_are_suggested_as_json(world):
    draft(world)
    answer = browser(world).get(SUGGESTIONS, {"q": "northern bri"})
    assert answer.json() == {"suggestions": ["northern bridge"]}
    assert browser(world, "XAC").get(SUGGESTIONS, {"q": "northern bri"}).json() == {"suggestions": []}


HOSTILE = [
    "' OR 1=1 --",
    '"unclosed',
    "a & | ! <-> b:*",
    "\\",
    "'':*",
    "((((",
    "x" * 10_000,
    "ក" * 10_000,
    "a " * 5_000,
    "\u202eabc\u202c",
    "😀🎉",
    "\x00nul\x00",
    "\ud7ff\ufffe",
    "%00",
    "~~~~",
    "e" + "\u0301" * 500,
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_find_nothing_and_break_nothing(world, query):
    draft(world)
    client = browser(world)
    for address in (PAGE, SUGGESTIONS):
        assert client.get(address, {"q": query}).status_code == 200


NONSENSE = [
    "",
    "\x00",
    "0",
    "-1",
    "99999999999999999999",
    "'",
    "\uff11\uff12",
    "00000000-0000-0000-0000-00000000000g",
]


@pytest.mark.parametrize("key", ["kind", "owner", "marking", "year", "language", "order", "page"])
def test_nonsense_narrows_nothing(world, key):
    draft(world)
    for value in NONSENSE:
        assert "1 record" in read(world, "ferry", **{key: value}) or key == "kind"


def test_anything_typed_is_answered(world):
    draft(world)
    client = browser(world)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60), st.text(max_size=12))
    def answered(query, other):
        given_all = {"q": query, "kind": other, "year": other, "owner": other, "page": other}
        assert client.get(PAGE, given_all).status_code == 200
        assert client.get(SUGGESTIONS, {"q": query}).status_code == 200

    answered()

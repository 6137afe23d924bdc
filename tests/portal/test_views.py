"""Pages as their readers get them."""

import json
import re
from datetime import timedelta
from io import BytesIO

import polars as pl
import pytest

from rtopnet.kernel.clock import now
from rtopnet.network.public import Task
from tests.factories import make_account, make_outlook, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region(states=("XAA", "XAB", "XAC"))


@pytest.fixture
def reader(client, region):
    account = make_account(region)
    client.force_login(account)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def bare(response, address):
    """The page without what differs from one request to the next."""
    page = response.content.decode().replace(address, "")
    return re.sub(r'(csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page)


def test_home_before_any_outlook_says_what_will_be_here(reader):
    page = reader.get("/")
    assert page.status_code == 200
    assert "No outlook has been computed yet" in text_of(page)


def test_home_shows_every_state_once_in_alphabetical_order(reader, region):
    make_outlook(region)
    rows = re.findall(r'<th scope="row"[^>]*>\s*<a [^>]*>(.*?)</a>', reader.get("/").content.decode())
    assert rows == ["State XAA", "State XAB", "State XAC"]


def test_home_shows_what_is_due_soonest_and_leads_to_the_rest(reader, monkeypatch):
    soon = now() + timedelta(days=1)
    many = [Task(f"Answer number {n}.", soon + timedelta(hours=n), "/records/") for n in range(14)]
    monkeypatch.setattr("rtopnet.portal.views.tasks_for", lambda *_: list(reversed(many)))
    home, all_of_it = text_of(reader.get("/")), text_of(reader.get("/waiting/"))
    assert "14 things wait for you" in home
    assert "Answer number 11." in home
    assert "Answer number 12." not in home
    assert "All 14 that wait for you" in home
    assert "Answer number 13." in all_of_it
    assert "All 14" not in all_of_it


def test_nothing_waiting_says_so(reader, monkeypatch):
    monkeypatch.setattr("rtopnet.portal.views.tasks_for", lambda *_: [])
    assert "Nothing waits for you" in text_of(reader.get("/waiting/"))


def test_the_situation_answers_how_the_region_is(reader, region):
    make_outlook(region)
    assert "How is the region, and what are we doing about it?" in text_of(reader.get("/situation/"))


def test_a_state_without_any_death_shows_as_such(reader, region):
    make_outlook(region)
    assert "No death recorded since 2021" in text_of(reader.get("/"))


def test_home_names_vintage_licence_and_skill(reader, region):
    make_outlook(region)
    page = text_of(reader.get("/"))
    assert "CC0-1.0" in page
    assert "91" in page


def test_home_says_when_a_newer_month_is_missing(reader, region):
    make_outlook(region)
    assert "June 2026" in text_of(reader.get("/"))


def test_pages_of_another_region_are_as_if_absent(reader, region):
    other = make_region("ridge", states=("XBA",))
    make_outlook(other, quiet=())
    make_outlook(region)
    for address in ("/states/XBA/", "/states/XBA/figures.csv", "/regions/ridge/boundaries.geojson"):
        unknown = address.replace("XBA", "XZZ").replace("ridge", "no")
        foreign, absent = reader.get(address), reader.get(unknown)
        assert (foreign.status_code, absent.status_code) == (404, 404)
        assert bare(foreign, address) == bare(absent, unknown)
    assert "XBA" not in reader.get("/").content.decode()


def test_the_states_page(reader, region):
    make_outlook(region)
    page = text_of(reader.get("/states/XAA/"))
    for expected in ("State XAA", "Northern Shore", "Landing", "Harbour Watch"):
        assert expected in page


def test_addresses_of_states_may_be_typed_in_small_letters(reader, region):
    make_outlook(region)
    assert reader.get("/states/xaa/").status_code == 200


def test_figures_as_csv_parquet_and_json_carry_source_and_licence(reader, region):
    make_outlook(region)
    csv = pl.read_csv(reader.get("/states/XAA/figures.csv").content)
    parquet_bytes = reader.get("/states/XAA/figures.parquet").content
    parquet = pl.read_parquet(BytesIO(parquet_bytes))
    whole = json.loads(reader.get("/states/XAA/figures.json").content)
    assert csv.height == parquet.height == len(whole["rows"]) == 2 * (60 + 36)
    assert set(csv["licence"]) == set(parquet["licence"]) == {"CC0-1.0"}
    assert whole["sources"][0]["licence"] == "CC0-1.0"
    metadata = pl.read_parquet_metadata(BytesIO(parquet_bytes))
    assert metadata["invented"] == "true"
    assert reader.get("/states/XAA/figures.exe").status_code == 404


def test_strangers_get_no_figures(client, region):
    make_outlook(region)
    for address in ("/states/XAA/", "/states/XAA/figures.csv", "/regions/reef/boundaries.geojson"):
        assert client.get(address).status_code == 302


def test_pages_send_a_strict_content_security_policy(reader, region):
    make_outlook(region)
    page = reader.get("/states/XAA/")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=", page.content.decode())


def test_a_page_in_khmer_is_marked_as_such(reader, region):
    make_outlook(region)
    reader.post("/language/", {"language": "km", "next": "/"})
    page = reader.get("/").content.decode()
    assert '<html lang="km"' in page
    assert "តំបន់" in page


def test_home_asks_the_database_few_questions(reader, region, django_assert_max_num_queries):
    make_outlook(region)
    reader.get("/")
    with django_assert_max_num_queries(60):
        reader.get("/")


def test_a_states_page_asks_the_database_few_questions(reader, region, django_assert_max_num_queries):
    make_outlook(region)
    with django_assert_max_num_queries(19):
        reader.get("/states/XAA/")

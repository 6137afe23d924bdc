"""The state's page explains its forecast, and its model has a card; both as the run kept them."""

import re

import pytest
from django.db import connection

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.public import region_by_slug
from rtopnet.warning.forecasts.models import ForecastExplanation
from rtopnet.warning.forecasts.public import card_of_state, state_page
from tests.factories import make_account, make_outlook, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    made = make_region(states=("XAA", "XAB", "XAC"))
    make_outlook(made)
    return made


@pytest.fixture
def reader(client, region):
    client.force_login(make_account(region))
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_says_why_in_sentences(reader):
    page = text_of(reader.get("/states/XAA/"))
    for said in (
        "about 46 deaths are expected in the next three months. In three usual months of the last twenty "
        "years there were about 20",
        "What raises it most: its own last three months.",
        "What lowers it most: what followed similar situations elsewhere and before.",
        "The situation most like the present one was that of State XAB in February 2019: 3 deaths",
        "The outlook from data to April 2026 expected about 40 deaths",
        "Most of the difference comes from months that came since.",
        "With its own last three months as usual",
    ):
        assert said in page


def test_no_columns_name_is_shown(reader):
    page = text_of(reader.get("/states/XAA/")) + text_of(reader.get("/states/XAA/model/fatalities/"))
    for raw in ("own_last_3", "attack_echo_12", "near_battle_echo", "similar_situations", "own-history-12"):
        assert raw not in page


def test_events_behind_a_driver_have_source_and_licence(reader):
    page = text_of(reader.get("/states/XAA/"))
    assert "Events behind its own last three months" in page
    assert "ucdp-ged 26.1, 9001 (CC0-1.0)" in page


def test_a_regions_probability_is_told_as_odds(reader):
    page = text_of(reader.get("/states/XAA/"))
    assert "The model says 20%. " in page
    assert "Attacks on civilians here in the last years: 2 times" in page


def test_a_run_without_explanations_says_when_they_will_come(reader):
    assert "The next outlook will explain itself" in text_of(reader.get("/states/XAB/"))


def test_the_card_tells_losses_and_failures(reader):
    page = text_of(reader.get("/states/XAA/model/fatalities/"))
    assert "it lost in 1 of 2." in page
    assert "700" in page
    assert "3.456" in page
    assert "August 2024" in page
    assert "State XAA" in page


def test_the_states_page_leads_to_the_card_and_the_card_to_its_file(reader):
    assert "/states/XAA/model/fatalities/" in reader.get("/states/XAA/").content.decode()
    file = reader.get("/states/XAA/model/fatalities.md")
    assert file.content.decode().startswith("# Model card")
    assert "attachment" in file["Content-Disposition"]


@pytest.mark.parametrize("address", ["XAA/model/attacks/", "XZZ/model/fatalities/", "XAA/model/nothing.md"])
def test_cards_that_are_not_there_are_absent(reader, address):
    assert reader.get(f"/states/{address}").status_code == 404


def test_strangers_and_other_regions_learn_nothing(client, region):
    assert client.get("/states/XAA/model/fatalities/").status_code == 302
    stranger = make_account(make_region("ridge", states=("XBA",)), "XBA")
    client.force_login(stranger)
    assert client.get("/states/XAA/model/fatalities/").status_code == 404
    assert client.get("/states/XAA/model/fatalities.md").status_code == 404
    with acting_as(stranger.pk):
        assert not ForecastExplanation.objects.exists()


def test_only_the_installation_writes_explanations(region):
    with acting_as(make_account(region).pk), connection.cursor() as cursor:
        cursor.execute("UPDATE forecasts_forecastexplanation SET place = 'elsewhere'")
        assert cursor.rowcount == 0


def test_parts_of_a_change_add_up_as_they_are_read(region):
    with acting_for(Capacity.INSTALLATION):
        page = state_page(region=region_by_slug("reef"), iso3="XAA", language="en")
    change = page.why.change
    assert change.before + change.revised_data + change.new_data + change.model == change.after
    assert page.why.base + sum(each.contribution for each in page.why.drivers) == page.why.total


def test_a_card_is_read_with_the_states_names(region):
    with acting_for(Capacity.INSTALLATION):
        found = card_of_state(region=region_by_slug("reef"), iso3="XAB", task="fatalities", language="en")
    assert found.state == "State XAB"
    assert found.card.by_place[0].part == "State XAA"
    assert found.card.by_place[0].is_worse


def test_the_page_asks_the_database_a_fixed_number_of_times(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        reader.get("/states/XAA/")

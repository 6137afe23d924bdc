"""Pages are rendered from values alone: what a reader gets without JavaScript, and what the policy allows."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django_vite.core.asset_loader import DjangoViteAssetLoader

from rtopnet.warning.forecasts.public import FirstLevelRow, Outcome, RecentEvent
from tests.portal.outlooks import ORIGIN, outcome_of, outlook_of, page_of, skill_of, state_of

INLINE = re.compile(
    r"<[a-z][^>]*\s(style|on[a-z]+)=|<style|<script(?![^>]*(src=|application/json))", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def _without_front_end_build(monkeypatch):
    nothing = SimpleNamespace(generate_vite_asset=lambda *_, **__: "")
    monkeypatch.setattr(DjangoViteAssetLoader, "instance", lambda: nothing)


def home(outlook):
    return render_to_string("portal/home.html", {"outlook": outlook, "region_name": "Five Straits"})


def state(page):
    return render_to_string("portal/state.html", {"page": page})


def rich_page():
    event = RecentEvent(
        event_id="7",
        starts_on=date(2026, 5, 3),
        ends_on=date(2026, 5, 5),
        date_precision=2,
        place="Tolm",
        region="High Moor",
        place_precision=3,
        outcome=Outcome.ONE_SIDED,
        best=5,
        low=3,
        high=9,
        side_a="Moor Front",
        side_b="Civilians",
        source="Invented events",
        version="1",
    )
    regions = (FirstLevelRow("High Moor", 8, 0, None), FirstLevelRow("Port", 2, 1, 0.4))
    outcomes = (outcome_of(), outcome_of(Outcome.ONE_SIDED, medians=(), expected=None))
    return page_of(state_of(), *outcomes, regions=regions, events=(event,), skill=skill_of())


def test_home_shows_every_state_in_the_given_order_with_its_facts():
    html = home(outlook_of(state_of(), state_of("XAB", "Bassar"), skill=skill_of()))
    assert html.index(">Arlen<") < html.index(">Bassar<")
    assert html.count('role="rowheader"') == 2
    assert "9 times in 10 between 10 and 60" in html
    assert html.count('class="sparkline"') == 2


def test_home_tells_no_recorded_death_from_missing_figures():
    html = home(outlook_of(state_of(expected=(0, 0, 0), counts=(0, 0))))
    assert "No death recorded since 1989" in html


def test_home_without_outlook_says_what_will_be_here_and_how():
    html = home(None)
    assert "No outlook has been computed yet" in html
    assert "rtopnet outlook run" in html


def test_home_says_which_month_is_missing():
    assert "June 2026 is missing." in home(outlook_of(state_of(), missing_month=date(2026, 6, 1)))
    assert "is missing" not in home(outlook_of(state_of()))


def test_a_state_s_page_answers_first():
    html = state(rich_page())
    assert html.index("What is expected in Arlen?") < html.index("about 30 (9 times in 10 between 10 and 60)")
    assert "no number here is the probability that a crime in law was committed" in html


def test_a_state_s_page_tells_how_exactly_place_and_day_are_known():
    html = state(rich_page())
    assert "somewhere in the district" in html
    assert "within these two to six days" in html
    assert "not computed" in html


def test_a_type_without_forecast_keeps_its_history():
    html = state(rich_page())
    assert "No forecast of this type" in html
    assert html.count('class="fan__history"') >= 2


def test_a_state_s_page_without_events_says_how_they_get_there():
    html = state(page_of(state_of(), outcome_of()))
    assert "forewarn ingest ucdp-ged" in html


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_figures_can_be_taken_along(suffix):
    assert f'href="/states/XAA/figures.{suffix}"' in state(rich_page())


@pytest.mark.parametrize("language", ["en", "km"])
def test_pages_carry_no_inline_style_or_script(language):
    with translation.override(language):
        pages = [home(outlook_of(state_of(), skill=skill_of())), home(None), state(rich_page())]
        pages += [render_to_string(f"{code}.html") for code in (400, 403, 404, 500)]
    for html in pages:
        assert not INLINE.search(html)
        assert f'<html lang="{language}"' in html
        assert html.count("<h1") == 1


def test_numbers_in_drawings_are_not_localised():
    with translation.override("km"):
        html = state(page_of(state_of(), outcome_of()))
    drawing = html[html.index('<svg width="640') : html.index("</svg>", html.index('<svg width="640'))]
    assert re.search(r'viewBox="0 0 640\.0 300\.0"', drawing)
    assert "២០២៦" in html


def test_data_for_the_browser_is_escaped():
    html = home(outlook_of(state_of(name="</script><b>")))
    assert "</script><b>" not in html


def test_the_page_of_a_month_s_origin_names_it():
    assert ORIGIN.strftime("%B %Y") in state(rich_page())

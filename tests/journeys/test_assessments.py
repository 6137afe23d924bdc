"""Four assessors of four bodies judge a state in two rounds, each in their own browser, one on a phone."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.journeys.conftest import Watched
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
WIDTHS = (1280, 360)
TODAY = date.today()  # noqa: DTZ011 -- as the browser's own field for a day has it
SOON = (TODAY + timedelta(days=5)).isoformat()
STEPS = ("Absent", "Unclear", "Present", "Strong")


@dataclass(frozen=True)
class Cast:
    """The owner, who scores too, three further assessors, and the state that is judged."""

    owner: Watched
    first: Watched
    second: Watched
    third: Watched
    judged: Watched

    @property
    def panel(self):
        return (self.owner, self.first, self.second, self.third)


@pytest.fixture
def cast(session_of, installation):
    names = list(installation.links[EXERCISE])
    return Cast(*(session_of(names[place]) for place in (3, 1, 5, 4, 0)))


def looks_right(watched, name):
    """At both widths: a picture is kept, nothing scrolls sideways, nothing bars a reader."""
    page = watched.page
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"assessments-{name}-en-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert faults_of_access(page) == [], name
    page.set_viewport_size(before)


def text(watched):
    return watched.page.locator("main").inner_text()


def press(watched, name, role="button"):
    watched.page.get_by_role(role, name=name, exact=True).first.click()
    watched.page.wait_for_load_state("networkidle")


def choose(watched, question, answer):
    group = watched.page.locator("fieldset").filter(has_text=question).last
    group.get_by_label(answer).first.check()


def finds_nothing(watched, path):
    watched.open(path)
    assert "no such page" in watched.page.locator("h1").inner_text().lower()
    assert "404" in watched.complaints.pop()


def prepare(cast):
    page = cast.owner.page
    cast.owner.open("/situation/assessments/")
    looks_right(cast.owner, "list")
    press(cast.owner, "Begin an assessment")
    page.get_by_label("What is it called?").fill("Ildony before the election")
    page.get_by_label("Why now, and what should assessors look at?").fill("The election is six weeks away.")
    page.get_by_label("Which state is it about?").select_option(label="Ildony")
    page.get_by_label("Period: from").fill((TODAY - timedelta(days=30)).isoformat())
    page.get_by_label("Period: until").fill(TODAY.isoformat())
    for name in ("Early-warning analyst", "Nolmere", "Tarvessa", "Pelurin"):
        page.locator("#id_assessors label").filter(has_text=name).first.click()
    page.get_by_label("Scores are waited for until the end of").fill(SOON)
    looks_right(cast.owner, "scope")
    press(cast.owner, "Save the draft")
    path = cast.owner.page.url.removeprefix(cast.owner.address)
    finds_nothing(cast.first, path)
    press(cast.owner, "Open the scoring")
    looks_right(cast.owner, "open")
    press(cast.owner, "Open the scoring now")
    return path


def score_one(watched, step, reason):
    page = watched.page
    choose(watched, "Is this factor there?", STEPS[step])
    choose(watched, "Where is it going?", "Worsening")
    choose(watched, "How sure are you?", "Medium")
    page.get_by_label("Why do you say so?").fill(reason)
    page.get_by_label("I looked and found none").check()
    for select in page.locator(".marks select").all():
        select.select_option(str(step))


def score_all(watched, path, step, *, look=False):
    """Every factor in turn, from the home page's task to handing in."""
    watched.open(path)
    press(watched, "Score")
    press(watched, "Go on with factor 1")
    for number in range(1, 15):
        score_one(watched, step, f"Seen in the north, factor {number}.")
        if look and number in {1, 7}:
            looks_right(watched, f"score-{number}")
        if number < 14:
            press(watched, f"Save, and go on to factor {number + 1}")
        else:
            press(watched, "Save, and see all factors")
    if look:
        looks_right(watched, "score-overview")
    press(watched, "Hand in")
    assert "You have handed in." in text(watched)


def is_saved_as_typed(watched, path):
    watched.open(f"{path}score/1/")
    page = watched.page
    page.get_by_label("Why do you say so?").fill("Typed, and not sent.")
    page.locator(".save-state").filter(has_text="Saved as you typed").wait_for(timeout=10_000)
    watched.open(f"{path}score/1/")
    assert page.get_by_label("Why do you say so?").input_value() == "Typed, and not sent."


def first_round(cast, path):
    for place, watched in enumerate(cast.panel):
        score_all(watched, path, (2, 3, 1, 2)[place], look=place == 1)
    finds_nothing(cast.judged, path)
    cast.second.open(f"{path}factors/1/")
    assert "The scores are not shown yet" in text(cast.second)
    cast.owner.open(path)
    assert text(cast.owner).lower().count("has handed in") == 4
    looks_right(cast.owner, "scoring")
    show(cast.owner, path, look=True)
    assert "What changed since the last assessment?" in text(cast.owner)
    looks_right(cast.owner, "shown")


def show(watched, path, *, look=False):
    watched.open(path)
    press(watched, "Show the scores")
    if look:
        looks_right(watched, "reveal")
    press(watched, "Show all scores now")


def second_round(cast, path):
    cast.second.open(f"{path}factors/10/")
    cast.second.page.get_by_label("What do you say about these answers?").fill("The leaflet is older.")
    press(cast.second, "Say it")
    assert "The leaflet is older." in text(cast.second)
    cast.owner.open(path)
    press(cast.owner, "Open a second round")
    cast.owner.page.get_by_label("Scores are waited for until the end of").fill(SOON)
    looks_right(cast.owner, "second")
    press(cast.owner, "Open the second round")
    for watched in cast.panel:
        watched.open(f"{path}score/")
        if watched is cast.second:
            watched.open(f"{path}score/10/")
            choose(watched, "Is this factor there?", "Present")
            looks_right(watched, "score-again")
            press(watched, "Save, and see all factors")
        press(watched, "Hand in")
    show(cast.owner, path)


def dissent(watched, path):
    watched.open(f"{path}factors/10/")
    assert "First round" in text(watched)
    assert "Second round" in text(watched)
    looks_right(watched, "factor")
    watched.open(path)
    press(watched, "Keep a minority view")
    watched.page.locator("textarea").fill("I see more intent than the others do.")
    looks_right(watched, "minority")
    press(watched, "Keep it")


def conclude(watched, path):
    watched.open(path)
    press(watched, "Conclude")
    watched.page.locator("textarea").fill("Help with the protection of villages before the election.")
    looks_right(watched, "conclude")
    press(watched, "Conclude it now")
    assert "I see more intent than the others do." in text(watched)
    looks_right(watched, "concluded")
    with watched.page.expect_download() as taken:
        watched.page.get_by_role("link", name="Take a copy: PDF with signature").click()
    assert taken.value.suggested_filename.endswith(".zip")


def test_a_state_is_judged_in_two_rounds_by_four_assessors(cast):
    path = prepare(cast)
    cast.first.page.set_viewport_size({"width": 360, "height": 740})
    is_saved_as_typed(cast.first, path)
    cast.first.open("/")
    assert "Score by the Framework: Ildony before the election" in text(cast.first)
    first_round(cast, path)
    second_round(cast, path)
    dissent(cast.third, path)
    conclude(cast.owner, path)
    finds_nothing(cast.judged, path)
    assert all(one.complaints == [] for one in (*cast.panel, cast.judged))


def test_the_framework_is_read_searched_and_printed(cast):
    cast.judged.open("/situation/framework/")
    assert "our paraphrase, not the wording of the United Nations" in text(cast.judged)
    looks_right(cast.judged, "framework")
    cast.judged.page.get_by_label("Find in the Framework").fill("forced transfer")
    press(cast.judged, "Find")
    assert "7.10" in text(cast.judged)
    looks_right(cast.judged, "framework-found")
    cast.judged.page.emulate_media(media="print")
    keep_picture(cast.judged.page, "assessments-framework-print")
    assert cast.judged.complaints == []

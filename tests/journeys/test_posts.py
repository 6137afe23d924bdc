"""Who is who, a post handed over and a drill answered, in a real browser."""

import re
import time

import pytest

from tests.journeys.conftest import Watched
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
LETTER = re.compile(r"http://\S+(/network/here/\S+/)")


@pytest.fixture(scope="module")
def holders(installation):
    """The two focal points, the secretariat and the analyst of the exercise."""
    names = list(installation.links[EXERCISE])
    return {"first": names[0], "second": names[1], "secretariat": names[2], "analyst": names[3]}


def open_own_post(page):
    page.locator(".posts__item", has=page.get_by_text("You", exact=True)).get_by_role("link").first.click()


def looks_right(watched, name, width):
    page = watched.page
    keep_picture(page, f"{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of_access(page) == []
    assert watched.complaints == []


def test_contact_is_kept_and_shown_in_the_directory(session_of, holders):
    watched = session_of(holders["second"])
    watched.open("/network/")
    page = watched.page
    open_own_post(page)
    page.get_by_role("link", name="Change how it is reached").click()
    looks_right(watched, "network-contact", 1280)
    page.get_by_label("Telephone").first.fill("+999 5550 100")
    page.get_by_label("Telephone").last.fill("+999 5550 199")
    for day in ("Monday", "Tuesday", "Wednesday"):
        page.get_by_label(f"{day} from").fill("08:00")
        page.get_by_label(f"{day} until").fill("17:00")
    page.get_by_label("English").check()
    page.get_by_role("button", name="Keep and confirm").click()
    looks_right(watched, "network-post", 1280)
    assert "Mon\N{EN DASH}Wed 08:00\N{EN DASH}17:00" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Card for an address book").click()
    assert download.value.suggested_filename.endswith(".vcf")
    for width in (1280, 360):
        watched = session_of(holders["second"], width=width)
        for name, path in (("network-directory", "/network/"), ("network-readiness", "/network/readiness/")):
            watched.open(path)
            looks_right(watched, name, width)


def test_a_post_is_handed_over_at_a_set_hour_and_kept_after_all(session_of, holders):
    watched = session_of(holders["analyst"])
    page = watched.page
    watched.open("/network/")
    open_own_post(page)
    page.get_by_role("button", name="Hand the post over").click()
    page.get_by_label("Who takes over").select_option(index=0)
    page.get_by_label("Day", exact=True).fill("2099-03-01")
    page.get_by_label("Hour", exact=True).fill("09:00")
    page.get_by_label("Note for whoever takes over").fill("The keys are in the drawer.")
    looks_right(watched, "network-hand-over", 1280)
    page.get_by_role("button", name="Go on").click()
    assert "1 March 2099, 09:00" in page.locator("h1").inner_text()
    looks_right(watched, "network-hand-over-check", 1280)
    page.get_by_role("button", name="Set the hand-over").click()
    open_own_post(page)
    looks_right(watched, "network-post-pending", 1280)
    page.get_by_role("button", name="Cancel the hand-over").click()
    assert "takes over on" not in page.locator("main").inner_text()


def letter_with_link(installation, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := LETTER.findall("".join(installation.said)):
            return found[-1]
        time.sleep(0.5)
    raise AssertionError("no letter came")


def test_a_drill_is_answered_by_the_link_in_its_letter(session_of, holders, browser, installation):
    office = session_of(holders["secretariat"])
    office.open("/network/drills/new/")
    office.page.get_by_label("Title").fill("Spring drill")
    looks_right(office, "network-drill-new", 1280)
    office.page.get_by_role("button", name="Start or plan the drill").click()
    address = office.page.url
    path = letter_with_link(installation)
    stranger = Watched(
        browser.new_context(viewport={"width": 360, "height": 800}).new_page(), installation.address
    )
    stranger.open(path)
    looks_right(stranger, "network-here", 360)
    stranger.page.get_by_role("button", name="I am here").click()
    assert stranger.page.locator("h1").inner_text() == "Thank you"
    office.page.goto(address)
    looks_right(office, "network-drill", 1280)
    assert re.search(r"\d (minutes?|seconds?)|0 minutes", office.page.locator("table").inner_text())
    answering = session_of(holders["first"])
    answering.open("/network/readiness/")
    looks_right(answering, "network-readiness-asked", 1280)
